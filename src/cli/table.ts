import Table from "cli-table3";
import type { RunResult } from "../results.js";

const HEAD = [
  "loss",
  "seed",
  "estimate",
  "EMD",
  "modes",
  "high q.",
  "feedback",
  "slope",
  "real scores",
  "fake scores",
  "s",
];

/** The figures of a comparison, a run a line. */
export function resultsTable(runs: readonly RunResult[]): string {
  const table = new Table({ head: HEAD, style: { head: [], border: [], compact: true, "padding-left": 0 } });
  for (const run of runs) {
    table.push([
      run.stopped === null ? run.loss : `${run.loss} (diverged)`,
      run.seed,
      figure(run.heldOutEstimate ?? run.wassersteinEstimate),
      figure(run.emd),
      run.modesCaptured === null ? "-" : `${run.modesCaptured}/${run.modesTotal}`,
      run.highQualityShare === null ? "-" : `${(100 * run.highQualityShare).toFixed(0)} %`,
      `${figure(run.feedbackFirst)} > ${figure(run.feedbackLast)}`,
      figure(run.slopeMean),
      run.realScoreRange.map(figure).join(" .. "),
      run.fakeScoreRange.map(figure).join(" .. "),
      run.seconds.toFixed(0),
    ]);
  }
  return table.toString();
}

/** Names and values, one a line. */
export function factsTable(facts: readonly (readonly [string, string])[]): string {
  const table = new Table({ style: { head: [], border: [], compact: true } });
  table.push(...facts.map(([name, value]) => [name, value]));
  return table.toString();
}

/** A number in three digits. */
export function figure(value: number | null): string {
  if (value === null) return "-";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1000 || size < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}
