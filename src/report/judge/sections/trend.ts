import type { Trend } from "../../../judge/results.js";
import { formatCorrelation, formatCount } from "../../format.js";
import { exactly } from "../../page/figureOf.js";
import { type Html, html } from "../../page/html.js";
import { picture } from "../../page/picture.js";
import { ABOVE, BELOW, differenceOf, drawMatrix, type Matrix, partOf } from "../matrix.js";
import { dataText } from "../names.js";

const PAIRS = 10;
/** Columns of a matrix: of more, those that differ the most are drawn. */
const COLUMNS = 40;
/** Differences below this are drawn as weak as they are. */
const LEAST_RANGE = 0.1;

/** How columns go together in both tables, the difference, and the worst pairs. */
export function trendSection({ associations, pairs, counted, possible }: Trend): Html {
  const all = differenceOf(associations.synthetic, associations.real);
  const places = mostDifferent(all);
  const names = places.map((place) => associations.columns[place] ?? "");
  const [real, synthetic, difference] = [associations.real, associations.synthetic, all].map((matrix) =>
    partOf(matrix, places),
  );
  const largest = Math.max(LEAST_RANGE, ...absolute(all));
  const part =
    names.length < associations.columns.length
      ? ` Of ${formatCount(associations.columns.length)} columns, the ${COLUMNS} that differ the most are drawn.`
      : "";
  const matrix = (
    title: string,
    values: Matrix | undefined,
    range: number,
  ) => html`<figure class="matrix"><figcaption><b>${title}</b><span>${scaleKey(range)}</span></figcaption>
    ${picture(drawMatrix(names, values ?? [], range), `${title}: how strongly each two of ${names.length} columns go together.`)}</figure>`;
  return html`<p class="caption">How strongly each two columns go together: Pearson's correlation of two columns of numbers, Cramér's V otherwise. The first two pictures should be alike, and the third empty.${part}</p>
    <div class="row">${matrix("Real", real, 1)}${matrix("Synthetic", synthetic, 1)}${matrix("Synthetic less real", difference, largest)}</div>
    <h3>The worst pairs</h3>
    <div class="scroll" role="region" aria-label="The worst pairs of columns" tabindex="0"><table class="plain">
      <thead><tr><th scope="col">Columns</th><th scope="col">Score</th><th scope="col">Independent</th><th scope="col">Real rows</th></tr></thead>
      <tbody>${pairs
        .slice(0, PAIRS)
        .map(
          ({ columns: [one, other], score }) =>
            html`<tr><th scope="row">${dataText(one)} <span class="with">with</span> ${dataText(other)}</th>${[score.synthetic, score.independent, score.real].map((value) => html`<td>${exactly(value, value.toFixed(3))}</td>`)}</tr>`,
        )}</tbody></table></div>
    ${counted < possible && html`<p class="caption">The score is the mean over ${formatCount(counted)} of ${formatCount(possible)} pairs, drawn at random.</p>`}`;
}

/** From below 0 through 0 to above it. */
function scaleKey(range: number): Html {
  const text = formatCorrelation({ mean: range, error: null }).replace(".00", "");
  return html`<span class="range">−${text} <i style="--below:${BELOW};--above:${ABOVE}" aria-hidden="true"></i> ${text}</span>`;
}

/** The places of the columns that are drawn, in their order. */
function mostDifferent(differences: Matrix): number[] {
  const sums = differences.map((row, place) => ({
    place,
    sum: row.reduce<number>((total, value) => total + Math.abs(value ?? 0), 0),
  }));
  return sums
    .sort((a, b) => b.sum - a.sum)
    .slice(0, COLUMNS)
    .map(({ place }) => place)
    .sort((a, b) => a - b);
}

function absolute(matrix: Matrix): number[] {
  return matrix.flatMap((row) => row.map((value) => Math.abs(value ?? 0)));
}
