import { shortfall } from "../../metrics/mainFigure.js";
import { type HasFigures, numberNamed, type Shown } from "../../metrics/metric.js";
import type { RunConfig } from "../../runs/config.js";
import type { EndedRun } from "../../sweeps/runSweep.js";
import type { PlannedRun, SweepPlan } from "../../sweeps/sweepPlan.js";
import { type Spread, spreadOf } from "../summary.js";

/** One setting of a sweep: its runs differ in nothing but their seeds. */
export interface RankedSetting extends Pick<PlannedRun, "settings"> {
  readonly loss: string;
  /** Of its first seed. */
  readonly config: RunConfig;
  /** Its runs that have ended. */
  readonly ended: readonly EndedRun[];
  /** How many of these diverged; their figures are in no mean. */
  readonly diverged: number;
  /** How many of its runs have not ended. */
  readonly missing: number;
}

/**
 * The settings of a sweep, best first by the mean of a figure over the seeds: those of which no run diverged, then the others, then those
 * without a mean.
 */
export function rankSettings(plan: SweepPlan, ended: readonly EndedRun[], by: Shown | undefined): RankedSetting[] {
  const groups = new Map<string, PlannedRun[]>();
  for (const run of plan.runs) {
    const key = JSON.stringify({ ...run.config, seed: 0 });
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const results = new Map(ended.map((one) => [one.run.name, one]));
  const ranked = [...groups.values()].flatMap((runs) => {
    const [first] = runs;
    if (!first) return [];
    const own = runs.flatMap(({ name }) => results.get(name) ?? []);
    const diverged = own.filter(({ result }) => result.stopped !== null).length;
    const { settings, config } = first;
    const one = { loss: config.loss, settings, config, ended: own, diverged, missing: runs.length - own.length };
    const mean = by && spreadIn(one, by)?.mean;
    const rank =
      by && mean !== undefined ? { tier: diverged > 0 ? 1 : 0, short: shortfall(by, mean) } : { tier: 2, short: 0 };
    return [{ one, rank }];
  });
  return ranked
    .sort(({ rank: a }, { rank: b }) => a.tier - b.tier || a.short - b.short)
    .map(({ one }): RankedSetting => one);
}

/** The mean and standard error of a figure over the seeds of a setting that did not diverge; `null` where none has it. */
export function spreadIn({ ended }: RankedSetting, { name }: Pick<Shown, "name">): Spread | null {
  return spreadOf(figuresIn(ended, name));
}

/** A figure of each run that did not diverge and has it. */
function figuresIn(ended: readonly EndedRun[], name: string): number[] {
  const of: (one: HasFigures) => number | null = numberNamed(name);
  return ended.flatMap(({ result }) => (result.stopped === null ? (of(result) ?? []) : []));
}
