import Table from "cli-table3";
import { printable } from "../quoting.js";
import type { RunResult } from "../results.js";

const HEAD = ["loss", "seed", "estimate", "EMD", "modes", "HQ", "feedback", "slope", "real scores", "fake scores", "s"];

/** No upright lines: they would take a tenth of a line of 100 characters. */
const UPRIGHT = ["left", "right", "middle", "top-left", "top-mid", "top-right", "left-mid", "mid-mid", "right-mid"];
const CHARACTERS = Object.fromEntries(
  [...UPRIGHT, "bottom-left", "bottom-mid", "bottom-right"].map((name) => [name, ""]),
);

/** The figures of a comparison, a run a line, those of a loss together. */
export function resultsTable(runs: readonly RunResult[]): string {
  const style = { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 1 };
  const table = new Table({ head: HEAD, style, chars: CHARACTERS });
  const losses = [...new Set(runs.map(({ loss }) => loss))];
  for (const run of losses.flatMap((loss) => runs.filter((one) => one.loss === loss))) {
    table.push([
      run.stopped === null ? run.loss : `${run.loss} (diverged)`,
      run.seed,
      figure(run.heldOutEstimate ?? run.wassersteinEstimate),
      figure(run.emd),
      run.modesCaptured === null ? "-" : `${run.modesCaptured}/${run.modesTotal}`,
      run.highQualityShare === null ? "-" : percent(run.highQualityShare),
      `${figure(run.feedbackFirst, 2)} → ${figure(run.feedbackLast, 2)}`,
      figure(run.slopeMean, 2),
      range(run.realScoreRange),
      range(run.fakeScoreRange),
      run.seconds.toFixed(0),
    ]);
  }
  return table.toString();
}

/** What the table's columns mean. */
export const LEGEND =
  "estimate: mean c(real) - mean c(fake), held-out. EMD: the exact Earth mover's distance, which it estimates.\n" +
  "HQ: samples within 3 deviations of a mode. feedback: the norm of the generator's gradient per sample,\n" +
  "at first → at last. slope: the critic's, mean. scores: smallest..largest. s: seconds.";

/** What a table of 100 columns has no room for, a line each: how well estimates follow the EMD, and how many samples starve. */
export function resultsNotes(runs: readonly RunResult[]): string[] {
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  const each = (text: (run: RunResult) => string | null) =>
    runs.flatMap((run) => {
      const value = text(run);
      return value === null ? [] : [`${seeds > 1 ? `${run.loss} (seed ${run.seed})` : run.loss} ${value}`];
    });
  const correlations = each(
    ({ estimateCorrelation: all, lateEstimateCorrelation: late }) =>
      all && `${figure(all.pearson, 2)}${late ? ` (second half ${figure(late.pearson, 2)})` : ""}`,
  );
  const starved = each(({ starvedShare }) => (starvedShare === null ? null : percent(starvedShare)));
  return [
    ...(correlations.length > 0
      ? [`Correlation (Pearson) of estimate and EMD over the run: ${correlations.join(", ")}.`]
      : []),
    ...(starved.length > 0
      ? [`Samples that starve at the end, with feedback below 0.001: ${starved.join(", ")}.`]
      : []),
  ];
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
