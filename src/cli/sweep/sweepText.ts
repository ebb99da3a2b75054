import { optionOf } from "../../settings.js";
import { valueText } from "../../sweeps/settingChoice.js";
import type { PlannedRun, SweepPlan } from "../../sweeps/sweepPlan.js";

/** What tells a run from the others of its sweep: "w-gp lambda=0.1 seed 2". */
export function runText({ settings, config: { loss, seed } }: PlannedRun, { runs }: Pick<SweepPlan, "runs">): string {
  const seeds = runs.some(({ config }) => config.seed !== seed);
  const values = Object.entries(settings).map(([name, value]) => `${optionOf(name)}=${valueText(value)}`);
  return [loss, ...values, ...(seeds ? [`seed ${seed}`] : [])].join(" ");
}

/** "12 runs", "1 run". */
export function runCount(count: number): string {
  return count === 1 ? "1 run" : `${count} runs`;
}
