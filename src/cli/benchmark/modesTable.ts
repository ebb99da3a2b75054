import Table from "cli-table3";
import {
  type Figures,
  type ModesResults,
  type ModesRow,
  protocols,
  REPORTED_CAUTION,
  type ReportedRow,
  reported,
  rowsOf,
} from "../../protocols/modes/index.js";
import { formatCount, formatModes, formatPercent, formatSpread } from "../../report/format.js";
import type { Spread } from "../../report/summary.js";
import { wrapped } from "../table.js";

/** What a results' table says: what was reproduced beside what is reported, and how to read it. */
export function modesText(results: ModesResults): string {
  const { title, modes } = protocols[results.protocol];
  const points = results.protocol !== "stacked-mnist";
  const table = new Table({
    head: ["", "modes", ...(points ? ["high quality", "EMD"] : ["KL"])],
    style: { head: [], border: [], compact: true },
  });
  const add = (name: string, { highQualityShare, emd, klDivergence, ...row }: Cells) =>
    table.push([
      name,
      formatModes(row.modes, modes),
      ...(points ? [formatPercent(highQualityShare), formatSpread(emd)] : [klDivergence]),
    ]);
  table.push(["REPRODUCED (this run)"]);
  for (const row of rowsOf(results)) add(`  ${nameOf(row)}`, cellsOf(row));
  add("  real samples", cellsOfReal(results.real));
  table.push(["REPORTED (the papers)"]);
  for (const row of reported[results.protocol]) add(`  ${row.method}, in ${row.source.method}`, cellsOfReported(row));
  return [`Mode coverage, ${title}`, table.toString(), ...legendOf(results)].join("\n");
}

/** "1 trial", "10 trials". */
export function trialsText(count: number): string {
  return `${count} ${count === 1 ? "trial" : "trials"}`;
}

interface Cells {
  readonly modes: Spread;
  readonly highQualityShare: Spread | null;
  readonly emd: Spread | null;
  readonly klDivergence: string;
}

function cellsOf({ modes, highQualityShare, emd, klDivergence }: ModesRow): Cells {
  return { modes: modes!, highQualityShare, emd, klDivergence: formatSpread(klDivergence) };
}

function cellsOfReal({ modes, highQualityShare, emd, klDivergence }: Figures): Cells {
  const alone = (mean: number | null) => (mean === null ? null : { mean, error: null });
  return {
    modes: { mean: modes, error: null },
    highQualityShare: alone(highQualityShare),
    emd: alone(emd),
    klDivergence: formatSpread(alone(klDivergence)),
  };
}

/** A divergence in the digits of its paper. */
function cellsOfReported({ modes, highQualityShare, klDivergence }: ReportedRow): Cells {
  return { modes, highQualityShare, emd: null, klDivergence: String(klDivergence?.mean) };
}

function nameOf({ loss, trials, diverged }: ModesRow): string {
  return `${loss}, ${trialsText(trials)}${diverged > 0 ? `, ${diverged} diverged` : ""}`;
}

function legendOf({ protocol, samples, quick, trials }: ModesResults): string[] {
  const known = protocols[protocol];
  const few = rowsOf({ trials }).some((row) => row.trials < known.trials);
  const measured =
    protocol === "stacked-mnist"
      ? "modes: distinct triples of digits, as a classifier sees them. KL: of the triples from the uniform distribution, in nats."
      : "modes: those with a sample within 3 deviations. high quality: the share of such samples. EMD: the exact Earth mover's " +
        "distance from 1,000 held-out samples, in training units.";
  return [
    `${formatCount(samples)} samples a trial; mean ± standard error over trials with a seed each.`,
    measured,
    REPORTED_CAUTION,
    ...(quick ? ["A quick look (--quick), NOT the protocol: too few iterations to show what a loss can do."] : []),
    ...(few && !quick ? [`NOT the protocol, which has ${known.trials} trials.`] : []),
  ].map(wrapped);
}
