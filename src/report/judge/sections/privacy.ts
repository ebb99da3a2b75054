import type { Privacy } from "../../../judge/results.js";
import type { TableSchema } from "../../../tables/schema.js";
import { formatCount, formatNumber } from "../../format.js";
import { exactly } from "../../page/figureOf.js";
import { type Html, html } from "../../page/html.js";
import { picture } from "../../page/picture.js";
import { percent } from "../bars.js";
import { drawHistograms } from "../histogram.js";
import { markLegend } from "../legend.js";
import { dataText } from "../names.js";
import { valueStyleOf } from "../values.js";

type Pair = Privacy["pairs"][number];
type Cell = Pair["real"]["cells"][number];

const PAIRS = 6;
/** The sides of a measure, and what their columns are called. */
const MEASURED = [
  ["synthetic", "Synthetic"],
  ["independent", "Independent"],
  ["real", "Real rows"],
] as const;
/** The measures that are shares, of rows or of a row. */
const SHARES: ReadonlySet<string> = new Set(["copies", "nearCopies", "closestDistance", "closerToTraining"]);
/** Cells that are the same in both rows of a pair, shown below those that differ. */
const SAME = 16;

/** The measures with their directions, how near rows lie to real ones, and the closest pairs. */
export function privacySection({ measures, distances, rows, columns, pairs }: Privacy, schema: TableSchema): Html {
  const { edges, training, holdout, real } = distances;
  const hasHoldout = holdout !== null;
  const shown = lastFilled([real, training, holdout ?? []]) + 1;
  const against = hasHoldout
    ? html`, and with ${formatCount(rows.holdout)} that were held out`
    : html`. No holdout was given (<code>--holdout</code>), so the measures that need real rows which were not used are left out`;
  return html`<p class="caption">${formatCount(rows.synthetic)} synthetic rows were compared with ${formatCount(rows.training)} real rows that they were made from${against}.</p>
    <div class="scroll" role="region" aria-label="Measures of privacy" tabindex="0"><table class="plain measures">
      <thead><tr><th scope="col">Measure</th>${MEASURED.map(([, name]) => html`<th scope="col">${name}</th>`)}<th scope="col">Score</th></tr></thead>
      <tbody>${measures.map(measureRow)}</tbody></table></div>
    <h3>How near the closest real row is</h3>
    <p class="caption">From each synthetic row to the closest of the rows that it was made from. Where synthetic rows are no closer than new real rows would be, the outline follows the grey; where rows were copied, it leans to the left.</p>
    ${markLegend(["real", "synthetic"], { real: hasHoldout ? "real rows that were held out" : "real rows to other real rows", synthetic: "synthetic rows" })}
    ${holdout && html`<p class="legend"><span><i class="swatch dashed" aria-hidden="true"></i>synthetic rows to those that were held out</span></p>`}
    <div class="figure">${picture(
      drawHistograms(
        edges.slice(0, shown + 1),
        [real, training, holdout ?? []].map((shares) => shares.slice(0, shown)),
        { label: "share of the row that differs", style: valueStyleOf(undefined) },
      ),
      "Histograms of the distance to the closest real row.",
    )}</div>
    ${pairs.length > 0 && closest(pairs, columns, schema)}`;
}

/** The place of the last bin that is not empty in all of several histograms. */
function lastFilled(histograms: readonly (readonly number[])[]): number {
  return Math.max(0, ...histograms.map((shares) => shares.findLastIndex((share) => share > 0)));
}

function measureRow({ name: measure, title, summary, value, score }: Privacy["measures"][number]): Html {
  const textOf = SHARES.has(measure) ? percent : (figure: number) => figure.toFixed(3);
  const rating = score ? exactly(score.synthetic.value, score.synthetic.value.toFixed(3)) : "–";
  return html`<tr><th scope="row">${title}<small>${summary}</small></th>${MEASURED.map(([side, name]) => html`<td data-of="${name}">${exactly(value[side].value, textOf(value[side].value))}</td>`)}<td data-of="Score"><b>${rating}</b></td></tr>`;
}

function closest(pairs: readonly Pair[], columns: readonly string[], schema: TableSchema): Html {
  return html`<h3>The closest pairs</h3>
    <p class="caption">Synthetic rows beside the real row that each is nearest to, cells that differ first. A pair that is nearly equal is no leak where many real rows look like that; it is one where the row is unusual.</p>
    <div class="row cards">${pairs.slice(0, PAIRS).map((pair) => pairCard(pair, columns, schema))}</div>`;
}

function pairCard({ distance, synthetic, real }: Pair, columns: readonly string[], schema: TableSchema): Html {
  const styles = new Map(schema.columns.map((column) => [column.name, valueStyleOf(column)]));
  const text = (cell: Cell | undefined, name: string) => {
    if (cell === null || cell === undefined) return html`<em>missing</em>`;
    return typeof cell === "string" ? dataText(cell) : html`${styles.get(name)?.text(cell) ?? formatNumber(cell)}`;
  };
  const cells = columns.map((name, i) => ({ name, one: synthetic.cells[i], other: real.cells[i] }));
  const differing = cells.filter(({ one, other }) => one !== other);
  const same = cells.filter(({ one, other }) => one === other);
  const line = ({ name, one, other }: (typeof cells)[number], differs: boolean) =>
    html`<tr${differs && html` class="differs"`}><th scope="row">${dataText(name)}</th><td>${differs ? html`<mark>${text(one, name)}</mark>` : text(one, name)}</td><td>${text(other, name)}</td></tr>`;
  const title =
    differing.length === 0 ? "A copy" : `${formatCount(differing.length)} of ${formatCount(cells.length)} cells differ`;
  return html`<article class="card"><header><h4>${title}</h4><p>${exactly(distance, percent(distance))}</p></header>
    <table class="pair"><thead><tr><th scope="col">Column</th><th scope="col">Synthetic row ${formatCount(synthetic.row + 1)}</th><th scope="col">Real row ${formatCount(real.row + 1)}</th></tr></thead>
    <tbody>${differing.map((cell) => line(cell, true))}${same.slice(0, SAME).map((cell) => line(cell, false))}</tbody></table>
    ${same.length > SAME && html`<p class="facts">And ${formatCount(same.length - SAME)} more cells that are equal.</p>`}</article>`;
}
