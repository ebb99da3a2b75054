import { Divergence } from "../game/divergence.js";
import type { TurnOptions } from "../parallel/turns.js";
import type { PartProgress } from "../synthesis/finishRows.js";
import { featuresOf } from "./pictureFeatures.js";
import { iterationsIn, type Rehearsal, rehearsal } from "./rehearsal.js";
import type { Run } from "./run.js";
import { withIterations, withPrior } from "./trainRun.js";

/** A run with as many iterations as a time has room for. */
export interface TimedRun {
  /** The run, with the iterations that there is time for. */
  readonly run: Run;
  /** How long its parts take; `null` where they were not timed: it is at its end, or diverged that soon. */
  readonly takes: Rehearsal | null;
  /** Whether the time is too short for the run even without iterations. */
  readonly isTooShort: boolean;
}

/** The share of the time that is planned with; what it takes to keep the run and to make its first samples is not timed. */
const PLANNED = 0.95;

/**
 * Gives a run as many iterations as can be trained until a moment, evaluations and the finish of its rows included, and no more than it has:
 * its parts are timed, and it is then exactly a run of so many iterations, its schedule among it. Should the machine become slower than
 * it was, training ends at the iteration at which what is left of the time is needed for the finish. A prior is fitted meanwhile.
 * @param given the run with the most iterations that it may have
 * @param end the moment, as `performance.now()` tells time
 * @param work a signal that ends the work, and a function that is told of progress
 * @throws the signal's reason
 */
export async function withinTime(given: Run, end: number, work: TurnOptions<PartProgress> = {}): Promise<TimedRun> {
  const begun = performance.now();
  const untimed = { takes: null, isTooShort: false };
  if (given.progress.iteration >= given.config.iterations) return { run: given, ...untimed };
  const run = await withPrior(given, work);
  const takes = await rehearsal({ ...run, features: featuresOf(run.config, run.data) }, work).catch(
    (error: unknown) => {
      if (error instanceof Divergence) return null;
      throw error;
    },
  );
  if (!takes) return { run, ...untimed };
  const planned = begun + PLANNED * (end - begun);
  const room = iterationsIn((planned - performance.now()) / 1000, run.config, takes);
  const iterations = Math.min(run.config.iterations, run.progress.iteration + Math.max(1, room));
  const endsAt = end - 1000 * (takes.finish + takes.evaluation);
  return { run: { ...lasting(run, iterations), endsAt }, takes, isTooShort: room < 1 };
}

/** A run that is to have so many iterations in all: for one that goes on, a change that is kept. */
function lasting(run: Run, iterations: number): Run {
  if (iterations === run.config.iterations) return run;
  const config = { ...run.config, iterations };
  if (run.isNew) return { ...run, config, record: { ...run.record, config } };
  const record = withIterations(run.record, run.progress.iteration, iterations);
  return { ...run, config, record, isUnsaved: true, finish: null };
}
