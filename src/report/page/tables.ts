import { shownIn } from "../../metrics/catalogue.js";
import type { Comparison, RunResult } from "../../runs/results.js";
import { disjointFeedback, namedCurves } from "../figures/oneDimensional.js";
import { formatCount, formatSpread } from "../format.js";
import { type Group, meanOf } from "../summary.js";
import { exactly, figureOf } from "./figureOf.js";
import { formula } from "./formulas.js";
import { type Html, html } from "./html.js";
import { nameOf } from "./names.js";

interface Row {
  readonly title: string;
  /** Of its numbers. */
  readonly unit?: string | undefined;
  /** `null` where it does not apply to the pairing. */
  readonly cell: (group: Group) => Html | null;
}

interface RunColumn {
  readonly title: string;
  readonly unit?: string | undefined;
  readonly cell: (run: RunResult) => Html;
}

/** The differences between the pairings, in words and in this run's numbers: one column a pairing. */
export function differencesTable(groups: readonly Group[], comparison: Comparison): Html {
  const head = groups.map(({ look }) => html`<th scope="col">${nameOf(look)}</th>`);
  return html`<div class="scroll"><table class="differences">
    <thead><tr><td></td>${head}</tr></thead>
    <tbody><tr class="part"><th colspan="${groups.length + 1}" scope="rowgroup">In words</th></tr>${rowsOf(inWords, groups)}</tbody>
    <tbody><tr class="part"><th colspan="${groups.length + 1}" scope="rowgroup">In numbers of this run</th></tr>${rowsOf(inNumbers(comparison), groups)}</tbody>
  </table></div>`;
}

/** All runs, one a row, with the figures that some run has. */
export function runsTable({ results }: Comparison, groups: readonly Group[]): Html {
  const columns: readonly RunColumn[] = [
    { title: "Seed", cell: ({ seed }) => exactly(seed, String(seed)) },
    { title: "Iterations", cell: ({ iterations }) => exactly(iterations, formatCount(iterations)) },
    { title: "Seconds", cell: ({ seconds }) => exactly(seconds) },
    ...shownIn(results)
      .filter(({ places, of }) => places.includes("runs") && results.runs.some((run) => of(run) !== null))
      .map((metric) => ({
        title: metric.label,
        unit: metric.unit,
        cell: (run: RunResult) => figureOf([run], metric) ?? html`–`,
      })),
  ];
  const rows = groups.flatMap(({ look, runs }) =>
    runs.map(
      (
        run,
      ) => html`<tr><th scope="row">${nameOf(look)}</th>${columns.map(({ cell }) => html`<td>${cell(run)}</td>`)}</tr>
      ${run.stopped !== null && html`<tr class="stopped"><td colspan="${columns.length + 1}"><span class="warning">Stopped:</span> ${run.stopped}</td></tr>`}`,
    ),
  );
  return html`<div class="scroll"><table class="runs">
    <caption>${results.runs.length} runs</caption>
    <thead><tr><th scope="col">Pairing</th>${columns.map(({ title, unit }) => html`<th scope="col">${title}${unit !== undefined && html`<small>${unit}</small>`}</th>`)}</tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`;
}

const inWords: readonly Row[] = [
  {
    title: "Output of the network",
    cell: ({ look }) =>
      look.loss.output === "probability" ? html`a probability, bounded: 0 to 1` : html`a score: any real number`,
  },
  { title: "Last layer", cell: ({ look }) => html`${look.loss.output === "probability" ? "sigmoid" : "linear"}` },
  {
    title: "Value of the game",
    cell: ({ look }) => formula(look.loss.formula),
  },
  {
    title: "The generator minimises",
    cell: ({ look }) => formula(look.loss.generatorFormula),
  },
  { title: "Logarithms", cell: ({ look }) => html`${look.loss.logarithms ? "yes" : "none"}` },
  { title: "1-Lipschitz condition", cell: ({ look }) => html`${look.constraint.title}` },
  { title: "What the value estimates", cell: ({ look }) => html`${withMinus(look.loss.estimates)}` },
  { title: "Reference value", cell: ({ look }) => html`${withMinus(look.loss.referenceValue)}` },
];

function inNumbers({ results, oneDimensional }: Comparison): readonly Row[] {
  const disjoint = oneDimensional ? disjointFeedback(oneDimensional) : [];
  return [
    ...shownIn(results)
      .filter(({ places }) => places.includes("differences"))
      .map((metric) => ({
        title: metric.title,
        unit: metric.unit,
        cell: ({ runs }: Group) => figureOf(runs, metric),
      })),
    {
      title: "Feedback where the supports are disjoint, in one dimension",
      cell: (group) => {
        const named = oneDimensional ? namedCurves(oneDimensional, [group]) : [];
        const at = named.findIndex(({ ran }) => ran);
        const [curve, feedback] = [named[at], disjoint[at]];
        if (curve === undefined || feedback === undefined) return null;
        return html`${exactly(feedback)}${curve.drawnWith !== null && ` (with the ${curve.drawnWith})`}`;
      },
    },
    {
      title: "Seconds of training",
      cell: ({ runs }) => {
        const seconds = meanOf(runs, (run) => run.seconds);
        return seconds && exactly(seconds.mean, formatSpread(seconds));
      },
    },
  ];
}

/** The rows that apply to some pairing. */
function rowsOf(rows: readonly Row[], groups: readonly Group[]): Html[] {
  return rows.flatMap(({ title, unit, cell }) => {
    const cells = groups.map((group) => ({ look: group.look, content: cell(group) }));
    if (cells.every(({ content }) => content === null)) return [];
    return [
      html`<tr><th scope="row">${title}${unit !== undefined && html` <small>${unit}</small>`}</th>${cells.map(({ look, content }) => html`<td><span class="of">${nameOf(look)}</span> <span>${content ?? "–"}</span></td>`)}</tr>`,
    ];
  });
}

/** A text whose minus signs are hyphens, with true ones. */
function withMinus(text: string): string {
  return text.replace(/(^|\s)-(?=\s|\d|log)/g, "$1−");
}
