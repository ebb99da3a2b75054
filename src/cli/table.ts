import Table from "cli-table3";
import { printable } from "../quoting.js";
import { conditionSlack, criticLag, exceedsFloor, runningEstimate } from "../report/gaps.js";
import type { RunResult } from "../runs/results.js";

/** A column of a table of runs. A figure that a run does not have is `null`. */
interface Column {
  readonly head: string;
  readonly cell: (run: RunResult) => string | null;
}

const LOSS: Column = { head: "loss", cell: ({ loss }) => loss };
const SEED: Column = { head: "seed", cell: ({ seed }) => String(seed) };

/** How near the generator has come, and what says so. */
const OUTCOME: readonly Column[] = [
  { head: "loss", cell: ({ loss, stopped }) => (stopped === null ? loss : `${loss} (diverged)`) },
  SEED,
  { head: "running", cell: (run) => optional(runningEstimate(run)) },
  { head: "settled", cell: ({ settledEstimate }) => optional(settledEstimate) },
  { head: "debiased", cell: ({ debiasedEmd }) => optional(debiasedEmd) },
  { head: "EMD", cell: ({ emd }) => optional(emd) },
  { head: "floor", cell: ({ emdFloor }) => optional(emdFloor) },
  { head: "modes", cell: (run) => (run.modesCaptured === null ? null : `${run.modesCaptured}/${run.modesTotal}`) },
  { head: "HQ", cell: ({ highQualityShare: share }) => (share === null ? null : percent(share)) },
];

/** What the two networks were to each other. */
const TRAINING: readonly Column[] = [
  LOSS,
  SEED,
  { head: "feedback", cell: (run) => `${figure(run.feedbackFirst, 2)} → ${figure(run.feedbackLast, 2)}` },
  { head: "slope", cell: ({ slopeMean }) => figure(slopeMean, 2) },
  { head: "real scores", cell: ({ realScoreRange }) => range(realScoreRange) },
  { head: "fake scores", cell: ({ fakeScoreRange }) => range(fakeScoreRange) },
  { head: "s", cell: ({ seconds }) => seconds.toFixed(0) },
];

/** No upright lines: they would take a tenth of a line. */
const UPRIGHT = ["left", "right", "middle", "top-left", "top-mid", "top-right", "left-mid", "mid-mid", "right-mid"];
const CHARACTERS = Object.fromEntries(
  [...UPRIGHT, "bottom-left", "bottom-mid", "bottom-right"].map((name) => [name, ""]),
);

/**
 * The figures of a comparison in two tables of at most 80 columns, a run a line, those of a loss together. A column that no run has a
 * figure for is left out.
 */
export function resultsTable(runs: readonly RunResult[]): string {
  const losses = [...new Set(runs.map(({ loss }) => loss))];
  const ordered = losses.flatMap((loss) => runs.filter((one) => one.loss === loss));
  return [OUTCOME, TRAINING].map((columns) => tableOf(columns, ordered)).join("\n");
}

function tableOf(columns: readonly Column[], runs: readonly RunResult[]): string {
  const used = columns.filter(({ cell }) => runs.some((run) => cell(run) !== null));
  const style = { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 1 };
  const table = new Table({ head: used.map(({ head }) => head), style, chars: CHARACTERS });
  for (const run of runs) table.push(used.map(({ cell }) => cell(run) ?? "-"));
  return table.toString();
}

/** What the columns of these runs mean. */
export function resultsLegend(runs: readonly RunResult[]): string {
  const some = (figure: (run: RunResult) => unknown) => runs.some((run) => figure(run) !== null);
  return [
    ...(some(runningEstimate) ? ["running: mean c(real) - mean c(fake), held-out, of the critic as it is."] : []),
    ...(some(({ settledEstimate }) => settledEstimate)
      ? ["settled: the same of a copy, trained on while the generator stands still until it rises no more."]
      : []),
    ...(some(({ emd }) => emd) ? ["EMD: the exact Earth mover's distance between real samples and fakes."] : []),
    ...(some(({ emdFloor }) => emdFloor)
      ? ["floor: the EMD between two real samples of that size. debiased: the EMD less what chance adds to it."]
      : []),
    ...(some(({ highQualityShare }) => highQualityShare) ? ["HQ: samples within 3 deviations of a mode."] : []),
    "feedback: the norm of the generator's gradient per sample, at first → at last. slope: the critic's, mean. scores: smallest..largest. s: seconds. Distances and slopes are in training units.",
  ]
    .map(wrapped)
    .join("\n");
}

/**
 * What the tables have no room for, a paragraph each: by how much the critic lags and its condition is slack, how well estimates follow
 * the exact distance, and how many samples starve.
 */
export function resultsNotes(runs: readonly RunResult[]): string[] {
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  const note = (text: (run: RunResult) => string | null, sentence: (list: string) => string) => {
    const found = runs.flatMap((run) => {
      const value = text(run);
      return value === null ? [] : [`${seeds > 1 ? `${run.loss} (seed ${run.seed})` : run.loss} ${value}`];
    });
    return found.length > 0 ? [wrapped(sentence(found.join(", ")))] : [];
  };
  return [
    ...note(
      (run) => besideFloor(criticLag(run), run),
      (list) => `The critic's lag behind its generator, settled - running: ${list}.`,
    ),
    ...note(
      (run) => besideFloor(conditionSlack(run), run),
      (list) => `The slack of its condition, settled - debiased: ${list}.${scaleOf(runs)}`,
    ),
    ...note(
      ({ loss, settledCorrelation: all, settledError: error }) =>
        all &&
        `${figure(all.pearson, 2)}${error && loss !== CLIPPED ? ` (off by ${percent(error.mean)} above the floor)` : ""}`,
      (list) => `Correlation (Pearson) of settled and debiased over the run: ${list}.`,
    ),
    ...note(
      ({ estimateCorrelation: all, lateEstimateCorrelation: late }) =>
        all && `${figure(all.pearson, 2)}${late ? ` (second half ${figure(late.pearson, 2)})` : ""}`,
      (list) => `Correlation (Pearson) of running and EMD over the run: ${list}.`,
    ),
    ...note(
      ({ starvedShare }) => (starvedShare === null ? null : percent(starvedShare)),
      (list) => `Samples that starve at the end, with feedback below 0.001: ${list}.`,
    ),
  ];
}

/** A gap between two distances, and whether it may be chance. */
function besideFloor(gap: number | null, { emdFloor }: RunResult): string | null {
  if (gap === null) return null;
  return `${figure(gap, 2)}${exceedsFloor(gap, emdFloor) ? "" : " (less than the floor)"}`;
}

const CLIPPED = "w-clip";

/** Clipping holds slopes below some number, not below 1, so that its estimates have a scale of their own. */
function scaleOf(runs: readonly RunResult[]): string {
  const clipped = runs.some(({ loss, settledEstimate }) => loss === CLIPPED && settledEstimate !== null);
  return clipped ? ` (Clipping does not hold slopes at 1: ${CLIPPED} has a scale of its own.)` : "";
}

function optional(value: number | null): string | null {
  return value === null ? null : figure(value);
}

/** The columns of a terminal that everything printed fits into. */
const TERMINAL = 80;
/** What a table of two columns takes besides their content: three upright lines, and a space on either side of each content. */
const FRAME = 3 + 4;

/** Names and values, one a line; long values go on below. */
export function factsTable(rows: readonly (readonly [string, string])[]): string {
  // A name with a line end in it would break the table.
  const facts = rows.map(([name, value]) => [printable(name), printable(value)] as const);
  const names = Math.max(...facts.map(([name]) => name.length));
  const values = Math.min(Math.max(...facts.map(([, value]) => value.length)), TERMINAL - FRAME - names);
  const table = new Table({ colWidths: [names + 2, values + 2], style: { head: [], border: [], compact: true } });
  for (const [name, content] of facts) {
    const wrapOnWordBoundary = content.split(" ").every((word) => word.length <= values);
    table.push([name, { content, wordWrap: true, wrapOnWordBoundary }]);
  }
  return table.toString();
}

/** Text in lines that fit into a terminal, broken at spaces. */
export function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= TERMINAL) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines.join("\n");
}

/** A number in three digits, or fewer. */
export function figure(value: number | null, digits = 3): string {
  if (value === null) return "-";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1000 || size < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(digits)));
}

function range([low, high]: readonly [number, number]): string {
  return `${figure(low, 2)}..${figure(high, 2)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
