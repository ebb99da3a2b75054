import type { Comparison, Evaluation, RunResult } from "../../runs/results.js";
import { disjointFeedback, namedCurves } from "../figures/oneDimensional.js";
import {
  formatCorrelation,
  formatCount,
  formatModes,
  formatNumber,
  formatPercent,
  formatRange,
  formatSpread,
  UNITS,
} from "../format.js";
import { conditionSlack, criticLag } from "../gaps.js";
import { type Group, meanOf, type Spread, widest } from "../summary.js";
import { formula } from "./formulas.js";
import { type Html, html } from "./html.js";
import { nameOf } from "./names.js";

interface Row {
  readonly title: string;
  /** Of its numbers. */
  readonly unit?: string;
  /** `null` where it does not apply to the pairing. */
  readonly cell: (group: Group) => Html | null;
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

/** All runs, one a row. */
export function runsTable({ results }: Comparison, groups: readonly Group[]): Html {
  const columns: readonly {
    readonly title: string;
    readonly unit?: string;
    readonly cell: (run: RunResult) => Html;
  }[] = [
    { title: "Seed", cell: ({ seed }) => exactly(seed, String(seed)) },
    { title: "Iterations", cell: ({ iterations }) => exactly(iterations, formatCount(iterations)) },
    { title: "Seconds", cell: ({ seconds }) => exactly(seconds) },
    { title: "Estimate", unit: UNITS, cell: ({ wassersteinEstimate }) => exactly(wassersteinEstimate) },
    { title: "Held-out", unit: UNITS, cell: ({ heldOutEstimate }) => exactly(heldOutEstimate) },
    { title: "Settled", unit: UNITS, cell: ({ settledEstimate }) => exactly(settledEstimate) },
    { title: "Exact distance", unit: UNITS, cell: ({ emd }) => exactly(emd) },
    { title: "Its floor", unit: UNITS, cell: ({ emdFloor }) => exactly(emdFloor) },
    { title: "Debiased", unit: UNITS, cell: ({ debiasedEmd }) => exactly(debiasedEmd) },
    { title: "Pearson", cell: (run) => correlation(run.estimateCorrelation?.pearson) },
    { title: "Spearman", cell: (run) => correlation(run.estimateCorrelation?.spearman) },
    { title: "Pearson, second half", cell: (run) => correlation(run.lateEstimateCorrelation?.pearson) },
    { title: "Spearman, second half", cell: (run) => correlation(run.lateEstimateCorrelation?.spearman) },
    { title: "Pearson, settled", cell: (run) => correlation(run.settledCorrelation?.pearson) },
    {
      title: "Modes",
      cell: ({ modesCaptured: modes, modesTotal }) =>
        exactly(modes, modes === null ? "–" : formatModes({ mean: modes, error: null }, modesTotal ?? 0)),
    },
    { title: "High quality", cell: ({ highQualityShare }) => exactly(highQualityShare, percent(highQualityShare)) },
    { title: "Feedback, first", cell: ({ feedbackFirst }) => exactly(feedbackFirst) },
    { title: "Feedback, last", cell: ({ feedbackLast }) => exactly(feedbackLast) },
    { title: "Starved", cell: ({ starvedShare }) => exactly(starvedShare, percent(starvedShare)) },
    { title: "Slope, mean", cell: ({ slopeMean }) => exactly(slopeMean) },
    { title: "Slope, largest", cell: ({ slopeMax }) => exactly(slopeMax) },
    { title: "Output on real", cell: ({ realScoreRange }) => html`${formatRange(realScoreRange)}` },
    { title: "Output on generated", cell: ({ fakeScoreRange }) => html`${formatRange(fakeScoreRange)}` },
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

function inNumbers({ oneDimensional }: Comparison): readonly Row[] {
  const disjoint = oneDimensional ? disjointFeedback(oneDimensional) : [];
  return [
    { title: "Value at the end", cell: (group) => measured(meanOf(group, (run) => lastOf(run).value)) },
    inUnits("Running estimate, on training samples", (run) => run.wassersteinEstimate),
    inUnits("Running estimate, on held-out samples", (run) => run.heldOutEstimate),
    inUnits("Settled estimate", (run) => run.settledEstimate),
    inUnits("Exact Earth mover's distance", (run) => run.emd),
    inUnits("Its floor: two real samples of that size", (run) => run.emdFloor),
    inUnits("Exact distance, debiased", (run) => run.debiasedEmd),
    inUnits("The critic's lag: settled less running", criticLag),
    inUnits("The condition's slack: settled less debiased exact", conditionSlack),
    {
      title: "Critic updates until it was settled",
      cell: (group) => measured(meanOf(group, (run) => run.settledUpdates)),
    },
    correlationRow("Correlation of running and exact, Pearson", (run) => run.estimateCorrelation?.pearson),
    correlationRow("Correlation of running and exact, Spearman", (run) => run.estimateCorrelation?.spearman),
    correlationRow("Pearson, second half of the run", (run) => run.lateEstimateCorrelation?.pearson),
    correlationRow("Spearman, second half of the run", (run) => run.lateEstimateCorrelation?.spearman),
    correlationRow("Correlation of settled and debiased exact, Pearson", (run) => run.settledCorrelation?.pearson),
    correlationRow("Correlation of settled and debiased exact, Spearman", (run) => run.settledCorrelation?.spearman),
    {
      title: "Settled off debiased exact, where that is above the floor",
      cell: (group) => {
        const share = meanOf(group, (run) => run.settledError?.mean ?? null);
        return share && measured(share, formatPercent(share));
      },
    },
    {
      title: "Outputs on real samples",
      cell: (group) => html`${formatRange(widest(group, (run) => run.realScoreRange))}`,
    },
    {
      title: "Outputs on generated samples",
      cell: (group) => html`${formatRange(widest(group, (run) => run.fakeScoreRange))}`,
    },
    { title: "Generator feedback, first tenth", cell: (group) => measured(meanOf(group, (run) => run.feedbackFirst)) },
    { title: "Generator feedback, last tenth", cell: (group) => measured(meanOf(group, (run) => run.feedbackLast)) },
    {
      title: "Samples that starve, feedback below 0.001",
      cell: (group) => {
        const share = meanOf(group, (run) => run.starvedShare);
        return share && measured(share, formatPercent(share));
      },
    },
    {
      title: "Feedback where the supports are disjoint, in one dimension",
      cell: (group) => {
        const named = oneDimensional ? namedCurves(oneDimensional, [group]) : [];
        const at = named.findIndex(({ ran }) => ran);
        if (at < 0) return null;
        const { drawnWith } = named[at]!;
        return html`${exactly(disjoint[at]!)}${drawnWith !== null && ` (with the ${drawnWith})`}`;
      },
    },
    { title: "Slope of the output, mean", cell: (group) => measured(meanOf(group, (run) => run.slopeMean)) },
    { title: "Slope of the output, largest", cell: (group) => measured(meanOf(group, (run) => run.slopeMax)) },
    {
      title: "Modes captured",
      cell: (group) => {
        const modes = meanOf(group, (run) => run.modesCaptured);
        return modes && measured(modes, formatModes(modes, group.runs[0]!.modesTotal ?? 0));
      },
    },
    {
      title: "High-quality samples",
      cell: (group) => {
        const share = meanOf(group, (run) => run.highQualityShare);
        return share && measured(share, formatPercent(share));
      },
    },
    { title: "Seconds of training", cell: (group) => measured(meanOf(group, ({ seconds }) => seconds)) },
  ];
}

function inUnits(title: string, of: (run: RunResult) => number | null): Row {
  return { title, unit: UNITS, cell: (group) => measured(meanOf(group, of)) };
}

function correlationRow(title: string, of: (run: RunResult) => number | undefined): Row {
  return {
    title,
    cell: (group) => {
      const correlation = meanOf(group, (run) => of(run) ?? null);
      return correlation && measured(correlation, formatCorrelation(correlation));
    },
  };
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

function measured(spread: Spread | null, text = formatSpread(spread)): Html | null {
  return spread && exactly(spread.mean, text);
}

/** A number as a reader wants it, with the number as it is for machines. */
function exactly(value: number | null, text = formatNumber(value)): Html {
  return value === null ? html`–` : html`<data value="${value}">${text}</data>`;
}

function correlation(mean: number | undefined): Html {
  return mean === undefined ? html`–` : exactly(mean, formatCorrelation({ mean, error: null }));
}

function percent(share: number | null): string {
  return formatPercent(share === null ? null : { mean: share, error: null });
}

function lastOf({ history }: RunResult): Evaluation {
  return history.at(-1)!;
}

/** A text whose minus signs are hyphens, with true ones. */
function withMinus(text: string): string {
  return text.replace(/(^|\s)-(?=\s|\d|log)/g, "$1−");
}
