import { join } from "node:path";
import type { Dataset } from "../../data/dataset.js";
import { writeFileAtomically } from "../../files.js";
import { uncapitalised } from "../../quoting.js";
import type { PairingProgress } from "../../runs/pairingRun.js";
import type { RunResult } from "../../runs/results.js";
import type { LogOptions } from "../../runs/trainRun.js";
import { type FollowQueueOptions, followQueue } from "../../sweeps/queue/followQueue.js";
import { endedRuns, runSweep } from "../../sweeps/runSweep.js";
import { type PlannedRun, runFolder, type SweepPlan } from "../../sweeps/sweepPlan.js";
import { interruptible } from "../interrupt.js";
import { tell } from "../output.js";
import { SAMPLES_PICTURE } from "../runPicture.js";
import { warn } from "../warn.js";
import { keepPicture } from "./keepPicture.js";
import { type SweepDisplay, sweepDisplay } from "./sweepDisplay.js";
import { runCount, runText } from "./sweepText.js";

/** The sweep of a folder. */
export interface KeptSweep {
  readonly out: string;
  readonly plan: SweepPlan;
  readonly data: Dataset;
  readonly quiet: boolean;
}

/** Trains on this machine what is not at its end; whether all of it could be: what cannot be is thrown. */
export async function trainHere(
  sweep: KeptSweep,
  options: { readonly workers: number | undefined; readonly modules: readonly string[] | undefined } & LogOptions,
): Promise<true> {
  const { out, plan, data } = sweep;
  await shown(sweep, (open, display, signal) =>
    runSweep(out, plan, open, {
      ...{ ...options, signal },
      onProgress: (progress, run) => tellProgress(display, progress, run, plan),
      async onOutcome(outcome, run) {
        await keepPicture(runFolder(out, run), outcome, data);
        tellResult(display, outcome.result, run, plan);
      },
    }),
  );
  return true;
}

/** Has trained by the workers of a queue what is not at its end; whether all of it could be. */
export async function trainOnQueue(
  sweep: KeptSweep,
  options: Pick<FollowQueueOptions, "queue" | "models" | "priority" | "reconnectSeconds">,
): Promise<boolean> {
  const { out, plan, quiet } = sweep;
  const failed = await shown(sweep, async (open, display, signal) => {
    if (open.length === 0) return [];
    if (!quiet) tell(`The sweep is ${plan.id} in the queue.`);
    return await followQueue(out, plan, open, {
      ...{ ...options, signal },
      onNews: display.warn,
      onProgress: (progress, run) => tellProgress(display, progress, run, plan),
      async onOutcome(result, picture, run) {
        if (picture) await writeFileAtomically(join(runFolder(out, run), SAMPLES_PICTURE), picture);
        tellResult(display, result, run, plan);
      },
    });
  });
  warn(failed.map(({ run, reason }) => `${runText(run, plan)} failed: ${reason}`));
  return failed.length === 0;
}

/** Does work on the runs that have not ended, and shows how it goes. */
async function shown<T>(
  { out, plan, quiet }: KeptSweep,
  work: (open: readonly PlannedRun[], display: SweepDisplay, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const before = new Set((await endedRuns(out, plan)).map(({ run }) => run.name));
  const open = plan.runs.filter(({ name }) => !before.has(name));
  if (before.size > 0 && !quiet) tell(`${runCount(before.size)} of ${plan.runs.length} ended before.`);
  const display = sweepDisplay(plan, before.size, quiet);
  return await interruptible((signal) => work(open, display, signal)).finally(() => display.stop());
}

function tellProgress(display: SweepDisplay, progress: PairingProgress, run: PlannedRun, plan: SweepPlan): void {
  if (progress.warning !== undefined) display.warn(`${runText(run, plan)}: ${uncapitalised(progress.warning)}`);
  display.update(run, progress);
}

function tellResult(display: SweepDisplay, result: RunResult, run: PlannedRun, plan: SweepPlan): void {
  if (result.stopped !== null) display.warn(`${runText(run, plan)}: ${result.stopped}`);
  display.ended(run, result);
}
