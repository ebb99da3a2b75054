import { InputError } from "../../errors.js";
import type { LogOptions } from "../../runs/trainRun.js";
import { keptResult } from "../../sweeps/runOutcome.js";
import { runSweep } from "../../sweeps/runSweep.js";
import { runFolder } from "../../sweeps/sweepPlan.js";
import { interruptible } from "../interrupt.js";
import { tell } from "../output.js";
import { progressDisplay } from "../progress.js";
import { keepPicture } from "./keepPicture.js";
import { runText } from "./sweepText.js";
import type { KeptSweep } from "./trainSweep.js";

export interface TrainOnlyOptions extends LogOptions {
  /** The place of the run in the plan. */
  readonly index: number;
  readonly modules: readonly string[] | undefined;
}

/**
 * Trains one run of a sweep and touches nothing else, so that any number of processes can do so at a time. That it diverged is its result.
 * @throws InputError where there is no such run, or it cannot be trained
 */
export async function trainOnly(
  { out, plan, data, quiet }: KeptSweep,
  { index, modules, logs, logEvery }: TrainOnlyOptions,
): Promise<void> {
  const run = plan.runs[index];
  if (!run)
    throw new InputError(`${out} has no run ${index}: its runs are 0 to ${plan.runs.length - 1}, choose one of these.`);
  const name = runText(run, plan);
  if (await keptResult(runFolder(out, run))) {
    if (!quiet) tell(`${name} is already finished.`);
    return;
  }
  const display = progressDisplay(quiet);
  await interruptible((signal) =>
    runSweep(out, plan, [run], {
      ...{ workers: 1, modules, logs, logEvery, signal },
      onProgress({ doing, warning, ...progress }) {
        if (warning !== undefined) display.warn(warning);
        display.update({ ...progress, name: doing === undefined ? name : `${name}, ${doing}` });
      },
      async onOutcome(outcome) {
        await keepPicture(runFolder(out, run), outcome, data);
        const { stopped } = outcome.result;
        if (stopped !== null) display.warn(`${stopped} This is its result, which monge sweep show ${out} counts.`);
      },
    }),
  ).finally(() => display.stop());
}
