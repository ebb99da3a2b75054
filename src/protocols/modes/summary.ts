import { type Spread, spreadOf } from "../../report/summary.js";
import { type ReportedRow, reported } from "./reported.js";
import type { ModesResults, Trial } from "./results.js";

/** The trials of one pairing: mean and standard error of each figure, `null` where it does not apply. */
export interface ModesRow {
  readonly loss: string;
  readonly trials: number;
  /** Trials that ended early because a loss was not finite. */
  readonly diverged: number;
  readonly modes: Spread | null;
  readonly highQualityShare: Spread | null;
  readonly emd: Spread | null;
  readonly klDivergence: Spread | null;
}

/** A row for each pairing, in the order of the trials. */
export function rowsOf({ trials }: Pick<ModesResults, "trials">): ModesRow[] {
  const losses = [...new Set(trials.map(({ config }) => config.loss))];
  return losses.map((loss) =>
    rowOf(
      loss,
      trials.filter(({ config }) => config.loss === loss),
    ),
  );
}

function rowOf(loss: string, trials: readonly Trial[]): ModesRow {
  const over = (figure: (trial: Trial) => number | null) =>
    spreadOf(trials.map(figure).filter((value) => value !== null));
  return {
    loss,
    trials: trials.length,
    diverged: trials.filter(({ stopped }) => stopped !== null).length,
    modes: over(({ modes }) => modes),
    highQualityShare: over(({ highQualityShare }) => highQualityShare),
    emd: over(({ emd }) => emd),
    klDivergence: over(({ klDivergence }) => klDivergence),
  };
}

/** What `results.json` holds: the trials, and what they come to beside the papers' figures. */
export function modesReport(results: ModesResults): ModesResults & {
  readonly reproduced: readonly ModesRow[];
  readonly reported: readonly ReportedRow[];
} {
  return { ...results, reproduced: rowsOf(results), reported: reported[results.protocol] };
}
