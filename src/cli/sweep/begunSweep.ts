import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../../data/dataset.js";
import { openDataset } from "../../data/open.js";
import { InputError } from "../../errors.js";
import { checkHoldsOnly, checkWritable, namesIn } from "../../files.js";
import { removeRun } from "../../runs/keptRuns.js";
import { openOptions } from "../../runs/runData.js";
import { otherPlan, type Planned, planSweep, type SweepAsked } from "../../sweeps/planSweep.js";
import { keptPlan, planIn, RUNS, SWEEP_FILES, type SweepPlan, savePlan } from "../../sweeps/sweepPlan.js";
import { tell } from "../output.js";
import { warn } from "../warn.js";
import { runCount } from "./sweepText.js";

/** A sweep that can begin or go on. */
export interface BegunSweep {
  readonly plan: SweepPlan;
  readonly data: Dataset;
}

export interface BeginOptions {
  /** Replaces what the folder holds of a sweep. */
  readonly force: boolean;
  readonly quiet: boolean;
  /** Called with the plan of a sweep that is to be replaced, before its files go. */
  readonly onReplace: (plan: SweepPlan) => Promise<void>;
}

/**
 * The sweep that `out` keeps, or a new one there.
 * @param asked what it is to train; `undefined` for what the folder keeps
 * @throws InputError where the folder keeps another sweep, or something else
 */
export async function begunSweep(
  out: string,
  asked: SweepAsked | undefined,
  { force, quiet, onReplace }: BeginOptions,
): Promise<BegunSweep> {
  if (!asked) {
    if (force)
      throw new InputError("--force replaces a sweep by a new one: give --data and the other options of the new one.");
    const plan = await planIn(out);
    return { plan, data: await openPlanned(plan) };
  }
  const planned = await planSweep(asked, out);
  const kept = await keptPlan(out).catch((error: unknown) => {
    if (!force) throw error;
  });
  if (kept && !force) {
    const other = otherPlan(kept, planned.plan);
    if (other === undefined) return { plan: kept, data: planned.data };
    throw new InputError(
      `${out} holds another sweep (${other}): give another --out, the settings of that sweep, or --force to replace it.`,
    );
  }
  if (kept) await onReplace(kept);
  if (force) await removeSweep(out);
  else await checkHoldsOnly(out, []);
  await checkWritable(out);
  await savePlan(out, planned.plan);
  warn(planned.warnings);
  if (!quiet) tellPlan(planned);
  return planned;
}

function tellPlan({ plan, merged }: Planned): void {
  const same =
    merged === 0 ? "" : ` (${merged} more would be the same as these, because a setting has no effect on them)`;
  tell(`${runCount(plan.runs.length)}${same}.`);
}

async function openPlanned({ runs: [first] }: SweepPlan): Promise<Dataset> {
  if (!first) throw new InputError("The plan of the sweep has no runs.");
  return await openDataset(first.config.data, openOptions(first.config));
}

async function removeSweep(out: string): Promise<void> {
  for (const name of await namesIn(join(out, RUNS))) await removeRun(join(out, RUNS, name));
  for (const name of SWEEP_FILES) await rm(join(out, name), { recursive: true, force: true });
}
