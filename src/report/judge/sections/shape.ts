import type { Marginal } from "../../../figures/marginals.js";
import type { Shape } from "../../../judge/results.js";
import { printable } from "../../../quoting.js";
import type { ColumnSchema, TableSchema } from "../../../tables/schema.js";
import { formatCount } from "../../format.js";
import { exactly } from "../../page/figureOf.js";
import { type Html, html } from "../../page/html.js";
import { picture } from "../../page/picture.js";
import { type PairOfBars, pairsOfBars, percent } from "../bars.js";
import { drawMarginal } from "../histogram.js";
import { markLegend } from "../legend.js";
import { dataText } from "../names.js";
import { valueStyleOf } from "../values.js";

type ColumnShape = Shape["columns"][number];

/** Columns whose pictures are seen at once, and those that are drawn at all. */
const SHOWN = 12;
const DRAWN = 100;
/** The share of the rows beyond a picture that is worth a sentence. */
const TOLD = 0.01;

/** A picture for each column, the worst first. */
export function shapeSection({ columns }: Shape, marginals: readonly Marginal[], schema: TableSchema): Html {
  const marginalOf = new Map(marginals.map((marginal) => [marginal.name, marginal]));
  const schemaOf = new Map(schema.columns.map((column) => [column.name, column]));
  const cards = columns.slice(0, DRAWN).map((column) => {
    const marginal = marginalOf.get(column.name);
    return card(column, marginal, schemaOf.get(column.name));
  });
  const [first, rest] = [cards.slice(0, SHOWN), cards.slice(SHOWN)];
  const left = columns.length - cards.length;
  return html`${markLegend(["real", "synthetic"])}
    <p class="caption">The worst column first. Of numbers, the upper picture shows how many rows have which value, and the lower one the share of rows up to each value, with an upright line where the two are furthest apart: the score is 1 less its length.</p>
    <div class="row cards">${first}</div>
    ${rest.length > 0 && html`<details><summary>The other ${formatCount(rest.length)} columns${left > 0 && ` that are drawn; ${formatCount(left)} with better scores are not`}</summary><div class="row cards">${rest}</div></details>`}`;
}

function card(column: ColumnShape, marginal: Marginal | undefined, schema: ColumnSchema | undefined): Html {
  const { value } = column.score.synthetic;
  return html`<article class="card"><header><h3>${dataText(column.name)}</h3><p>${exactly(value, value.toFixed(3))}</p></header>
    ${marginal !== undefined && distribution(marginal, schema)}${facts(column, marginal, schema)}</article>`;
}

function distribution(marginal: Marginal, schema: ColumnSchema | undefined): Html {
  const { missing } = marginal;
  const rows: PairOfBars[] =
    missing.real > 0 || missing.synthetic > 0 ? [{ label: html`<em>missing</em>`, ...missing }] : [];
  if (marginal.kind === "categories") {
    const { bars, others } = marginal;
    const pooled = others ? [{ ...others, label: html`<em>${formatCount(others.count)} others</em>` }] : [];
    return html`${pairsOfBars([...bars.map((bar) => ({ ...bar, label: dataText(bar.label) })), ...pooled, ...rows])}`;
  }
  const { atoms, histogram, gap } = marginal;
  const style = valueStyleOf(schema);
  const single = atoms.map((atom) => ({ ...atom, label: html`<em>exactly ${style.text(atom.value)}</em>` }));
  const largest = gap
    ? ` The largest gap of the shares up to a value is ${percent(Math.abs(gap.real - gap.synthetic))}, at ${style.text(gap.at)}.`
    : "";
  return html`${histogram && picture(drawMarginal(histogram, gap, style), `Histograms of ${printable(marginal.name)}, real and synthetic.${largest}`)}${pairsOfBars([...single, ...rows])}`;
}

/** What the pictures do not say. */
function facts(
  { distance }: ColumnShape,
  marginal: Marginal | undefined,
  schema: ColumnSchema | undefined,
): Html | null {
  if (!distance || marginal?.kind !== "numbers") return null;
  const { difference } = valueStyleOf(schema);
  const beyond = marginal.histogram?.beyond;
  const outside =
    beyond && Math.max(beyond.real, beyond.synthetic) >= TOLD
      ? ` Beyond the picture: ${percent(beyond.real)} of the real rows, ${percent(beyond.synthetic)} of the synthetic ones.`
      : "";
  return html`<p class="facts">Values are off by ${difference(distance.synthetic)} on average; those of real rows by ${difference(distance.real)}.${outside}</p>`;
}
