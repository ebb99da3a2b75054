import { join } from "node:path";
import { InputError } from "../errors.js";
import { removeTemporaries, writeFileAtomically } from "../files.js";
import type { LoggedRun } from "../logging/logger.js";
import { openRunLog } from "../logging/runLog.js";
import type { Evaluation } from "../metrics/metric.js";
import type { TurnOptions } from "../parallel/turns.js";
import { type Finish, finishRows, type PartProgress } from "../synthesis/finishRows.js";
import { checkOptions, type Progress, type TrainEvent, type TrainOptions, train } from "../training/train.js";
import { bestAfter, generatorToFinish } from "./bestGenerator.js";
import { checkpointsMark, saveCheckpoint } from "./checkpoint.js";
import { earlyEndSentence } from "./earlyEnd.js";
import { withFittedPrior } from "./firstProgress.js";
import { type FolderLock, lockFolder } from "./folderLock.js";
import { featuresOf } from "./pictureFeatures.js";
import type { Run } from "./run.js";
import { checkpointContent, type RunRecord } from "./runRecord.js";
import { type RunStatus, saveStatus } from "./runStatus.js";
import { trainOptions } from "./trainOptions.js";

const HISTORY = "history.json";
/** What the last event of a run makes of it. */
const ENDINGS: Readonly<Partial<Record<TrainEvent["type"], RunStatus["state"]>>> = {
  end: "finished",
  stopped: "stopped",
  diverged: "diverged",
};

/** `onProgress` tells how far what takes long besides training is: the fit of a prior, and the finish of rows. */
export type TrainRunOptions = Pick<TrainOptions, "threads" | "metrics" | "ranks"> &
  LogOptions &
  TurnOptions<PartProgress>;

/** Where a run is logged to besides its folder. */
export interface LogOptions {
  /** Where it is logged to, by the names of `loggers`: "tensorboard", "csv=FOLDER", "mlflow=URL". Default: nowhere. */
  readonly logs?: readonly string[] | undefined;
  /** Iterations between two whose losses are logged. Default: 10. */
  readonly logEvery?: number | undefined;
}

/**
 * Trains a run to its end from where it stands, and keeps it in its folder, which is locked meanwhile: a checkpoint before the first
 * iteration of a new run or one with changed settings, so that a folder that cannot be written is known before it is trained; one each
 * `checkpointEvery` iterations, at the end, and when `signal` stops it; `history.json`, the evaluations so far; and `status.json`, whether
 * it is under way and how it ended. An event is passed on after what it stands for was written.
 *
 * Where it is logged to is found out before anything is written; what cannot be logged later is told by a warning, and training goes on.
 *
 * Of `ranks` that train it together this is the first; the others have it by `takeRun`.
 *
 * The prior of a new run on a table is fitted before anything is written. At the end its rows get their finish; a run that is stopped
 * during that ends as stopped, with what there is of it, and gets the rest when it is resumed.
 * @param run as `newRun` or `resumeRun` prepares it
 * @param options a signal, a function that is told of progress, threads, metrics of your own, and ranks
 * @throws InputError where the settings do not fit each other or the data (nothing is written then), the folder cannot be written, or
 * another process works in it or has done so since the run was prepared
 * @throws the signal's reason where it ends the fit of the prior
 */
export async function* trainRun(
  run: Run,
  { signal, onProgress, threads, metrics, ranks, logs = [], logEvery }: TrainRunOptions = {},
): AsyncGenerator<TrainEvent, void> {
  const { directory, config, data, layout, isUnsaved, endsAt } = run;
  const { iterations } = config;
  const options = trainOptions(config, data);
  const features = featuresOf(config, data);
  checkOptions({ ...options, metrics });
  const log = await openRunLog(logs, { run: loggedRun(run), data, layout, every: logEvery });
  const { progress: resume } = await withPrior(run, { signal, onProgress });
  let { record } = run;
  let savedAt = isUnsaved ? undefined : resume.iteration;
  let best = run.best;
  const write = async (progress: Progress, finish: Finish | null) => {
    await saveCheckpoint(directory, progress.iteration, checkpointContent({ record, progress, layout, finish, best }));
    savedAt = progress.iteration;
  };
  const save = async (progress: Progress) => {
    if (progress.iteration !== savedAt) await write(progress, null);
  };
  /** Rows get their finish once their generator stays as it is. */
  const finish = async ({ model, progress, type }: AtRest) => {
    if (data.codec.kind !== "tableRows" || (progress.iteration === resume.iteration && isFinished(run))) return;
    const { game, layout, state } = model;
    const chosen = generatorToFinish(best, model, progress.iteration);
    const finishing = { game, layout, state: { ...state, generator: chosen.generator } };
    const finishes = finishRows(finishing, data.codec, data, {
      ...{ seed: config.seed, onProgress },
      // Whoever stops a run does not wait for its classifier.
      ...(type === "end" ? { resample: config.resample === true, signal } : { resample: false }),
    });
    for await (const { generator, finish } of finishes) {
      best = { ...chosen, generator };
      await write(progress, finish);
    }
  };
  /** How a run ends that has come to rest. */
  const ended = async (event: AtRest): Promise<AtRest> => {
    const { iteration } = event.progress;
    const isLate = event.type === "end" && event.reason === undefined && iteration < iterations;
    if (isLate) {
      record = withIterations(record, iteration, iteration);
      savedAt = undefined;
    }
    await save(event.progress);
    try {
      await finish(event);
      return event;
    } catch (error) {
      if (!signal?.aborted) throw error;
      return { ...event, type: "stopped" };
    }
  };
  const history = [...resume.history];
  let lock: FolderLock | undefined;
  try {
    for await (const event of train({ ...options, features, resume, endsAt, signal, threads, metrics, ranks })) {
      if (event.type === "start") {
        lock = await lockFolder(directory);
        await checkUntouched(run);
        await removeTemporaries(directory);
        await log.begin();
        await save(resume);
        await saveHistory(directory, history);
        await saveStatus(directory, { state: "training", iterations, message: null });
      }
      if (event.type === "evaluation") {
        history.push(event.evaluation);
        best = await bestAfter(best, event);
        await saveHistory(directory, history);
      }
      if (event.type === "checkpoint") await save(event.progress);
      const passed = event.type === "stopped" || event.type === "end" ? await ended(event) : event;
      const state = ENDINGS[passed.type];
      if (state) {
        await saveStatus(directory, { state, ...restOf(passed, iterations) });
      }
      for (const message of await log.note(passed)) yield { type: "warning", message };
      yield passed;
    }
  } finally {
    await log.close();
    await lock?.release();
  }
}

function loggedRun({ directory, record, config, isNew, isUnsaved, progress }: Run): LoggedRun {
  const { iteration } = progress;
  return { directory, id: record.id, settings: config, isNew, iteration, isChanged: isUnsaved };
}

/** A run with its prior fitted, where that was not done yet. */
export async function withPrior(run: Run, work: TurnOptions<PartProgress> = {}): Promise<Run> {
  if (!run.isPriorOpen) return run;
  const progress = await withFittedPrior(run.progress, run.config, run.data, work);
  return { ...run, progress, isPriorOpen: false };
}

/** How long a run was to be in the end, and what is to be said of that. */
function restOf(event: TrainEvent, iterations: number): Pick<RunStatus, "iterations" | "message"> {
  if (event.type === "diverged") return { iterations, message: event.message };
  if (event.type !== "end" || event.reason === undefined) return { iterations, message: null };
  const { iteration } = event.progress;
  return { iterations: iteration, message: earlyEndSentence(event.reason, iteration, iterations) };
}

type AtRest = Extract<TrainEvent, { readonly type: "end" | "stopped" }>;

/** A record of a run that is to have another number of iterations from `at` on. */
export function withIterations(record: RunRecord, at: number, iterations: number): RunRecord {
  const { config, changes } = record;
  const change = { iteration: at, setting: "iterations", from: config.iterations, to: iterations };
  return { ...record, config: { ...config, iterations }, changes: [...changes, change] };
}

/** Whether the rows of a run that is kept have all of their finish. */
function isFinished({ finish, config }: Run): boolean {
  return finish !== null && (finish.acceptance !== null || config.resample !== true);
}

/** Checks, once the folder is locked, that nobody trained there since the run was prepared. */
async function checkUntouched({ directory, mark }: Run): Promise<void> {
  if (mark === null || (await checkpointsMark(directory)) === mark) return;
  throw new InputError(
    `Another process has trained in ${directory} in the meantime: start again to resume from there.`,
  );
}

async function saveHistory(directory: string, history: readonly Evaluation[]): Promise<void> {
  await writeFileAtomically(join(directory, HISTORY), `${JSON.stringify(history, null, 2)}\n`);
}
