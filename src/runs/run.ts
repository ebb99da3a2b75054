import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import type { Dataset } from "../data/dataset.js";
import { openDataset } from "../data/open.js";
import { isTableFile } from "../data/tableFile.js";
import type { TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { checkHoldsOnly, namesIn, removeTemporaries, writeFileAtomically } from "../files.js";
import { startGame } from "../game/start.js";
import type { State, StateLayout } from "../game/state.js";
import { namedTensors } from "../game/tensorNames.js";
import type { Evaluation } from "../metrics/metric.js";
import { priorBuffers } from "../networks/rowPrior.js";
import { createRng } from "../random.js";
import { type Finish, finishRows } from "../synthesis/finishRows.js";
import { fitPrior } from "../synthesis/fitPrior.js";
import type { TableChoices } from "../tables/tableChoices.js";
import { type Progress, type TrainEvent, type TrainOptions, train } from "../training/train.js";
import { type BestGenerator, scoreOf } from "./bestGenerator.js";
import { changeSettings } from "./changeSettings.js";
import { checkpointsMark, saveCheckpoint } from "./checkpoint.js";
import { batchWarnings, type RunConfig, type RunSettings, resolveConfig, withinRows } from "./config.js";
import { checkUnlocked, type FolderLock, lockFolder } from "./folderLock.js";
import { weightsOf } from "./initialWeights.js";
import { checkKeepable, checkMemory } from "./memory.js";
import { networkSettings } from "./networkSettings.js";
import { dataPlace, openOptions, openRunData } from "./runData.js";
import { type RunStatus, saveStatus } from "./runStatus.js";
import {
  bestParts,
  type CheckpointChoice,
  describeData,
  finishParts,
  loadRun,
  type RunRecord,
  type SavedRun,
} from "./savedRun.js";
import { trainOptions } from "./trainOptions.js";
import { unusedSettings } from "./unusedSettings.js";

const HISTORY = "history.json";
/** What the last event of a run makes of it. */
const ENDINGS: Readonly<Partial<Record<TrainEvent["type"], RunStatus["state"]>>> = {
  end: "finished",
  stopped: "stopped",
  diverged: "diverged",
};

/** A run that is kept in a folder, ready to be trained. */
export interface Run {
  readonly directory: string;
  readonly config: RunRecord["config"];
  /** What is kept of it besides its state. */
  readonly record: RunRecord;
  readonly data: Dataset;
  /** Where it stands. */
  readonly progress: Progress;
  readonly layout: StateLayout;
  /** Whether it is a new one. */
  readonly isNew: boolean;
  /** Whether its folder has it in another way: nothing of it yet, with other settings, or from a later checkpoint on. */
  readonly isUnsaved: boolean;
  /** Whose generator makes its samples so far; `null`: none was chosen. */
  readonly best: BestGenerator | null;
  /** Of the checkpoints that the folder held when the run was prepared; `null` where they do not matter. */
  readonly mark: string | null;
  /** What a user should know, such as a damaged checkpoint that was passed over, or a setting without effect. */
  readonly warnings: readonly string[];
}

export interface NewRunOptions {
  /** Take a folder that is not empty; a run that it holds is replaced once the new one has begun. Default: false. */
  readonly force?: boolean;
  /** A run whose networks and weights the new one begins with; its optimizers and all else are new. Default: none. */
  readonly init?: SavedRun | undefined;
  /** What is decided of the columns of a table. Default: all is inferred. */
  readonly table?: TableChoices | undefined;
}

/**
 * Prepares a new run in `directory`. A file of rows is taken as a table, unless the settings say `as: "points"` or `init` was trained on
 * points. Nothing is written yet, and what the folder holds is not touched yet.
 * @throws InputError where a setting or the data is wrong, the folder is in use, or it is not empty and `force` is not given
 */
export async function newRun(given: RunSettings, directory: string, options: NewRunOptions = {}): Promise<Run> {
  const { init } = options;
  const as = given.as ?? (init ? init.config.as : await usualReading(given.data));
  return preparedRun({ ...given, ...(as && { as }) }, directory, options);
}

/** As `newRun`, with a file of rows taken as points, unless the settings say `as: "table"`. */
export async function preparedRun(
  given: RunSettings,
  directory: string,
  { force = false, init, table }: NewRunOptions = {},
): Promise<Run> {
  await checkUnlocked(directory);
  if (!force) await checkEmpty(directory);
  const mark = force ? null : await checkpointsMark(directory);
  const settings = { ...(init && networkSettings(init.config)), ...given };
  // Weights are made for columns as they were taken.
  const columns = init?.data.table ? { schema: init.data.table.schema, ...table } : table;
  const data = await openDataset(settings.data, { ...openOptions(settings), table: columns });
  const place = dataPlace(directory, settings.data, data);
  const resolved = { ...resolveConfig(settings, data), data: place.data };
  const config = init ? resolved : withinRows(resolved, data);
  checkMemory(config, data);
  const { progress, layout } = await firstProgress(config, data, init);
  const record = {
    id: randomUUID(),
    config,
    data: describeData(data),
    dataPlace: place.dataPlace,
    begunFrom: init ? { directory: resolve(init.directory), iteration: init.progress.iteration } : null,
    changes: [],
  };
  const warnings = [
    ...(init?.warnings ?? []),
    ...(data.warnings ?? []),
    ...batchWarnings(settings, data),
    ...unusedSettings(given, config),
  ];
  return {
    directory,
    config,
    record,
    data,
    progress,
    layout,
    best: null,
    isNew: true,
    isUnsaved: true,
    mark,
    warnings,
  };
}

/** Where a run begins: with first values, or the weights of another run. */
export async function firstProgress(
  config: RunConfig,
  data: Dataset,
  init?: SavedRun,
): Promise<{ readonly progress: Progress; readonly layout: StateLayout }> {
  const rng = createRng(config.seed);
  const parts = trainOptions(config, data);
  const drawn = startGame(parts, rng);
  const { layout } = drawn;
  checkKeepable(config, data, drawn.state);
  const { state } = init ? startGame(parts, rng, weightsOf(init, layout)) : await startedFromPrior(drawn, config, data);
  return { progress: { iteration: 0, criticUpdates: 0, seconds: 0, rng: rng.state(), state, history: [] }, layout };
}

/** The first state of a game, with the generator's prior fitted to the data where it has one. */
async function startedFromPrior<Started extends { readonly state: State<TensorData> }>(
  started: Started,
  { prior = 0, seed }: RunConfig,
  data: Dataset,
): Promise<Pick<Started, "state">> {
  if (prior === 0) return started;
  const { generator, critic } = started.state;
  const fitted = priorBuffers(await fitPrior(data, { classes: prior, seed }));
  return { state: { critic, generator: { ...generator, buffers: { ...generator.buffers, ...fitted } } } };
}

async function usualReading(nameOrPath: string): Promise<"table" | undefined> {
  return (await isTableFile(nameOrPath)) ? "table" : undefined;
}

/**
 * Prepares to go on with the run in `directory` from its last whole checkpoint, or from the one that is chosen: the later one is then
 * removed once it goes on. A run that is at its end already is prepared too, so that what it lacks of its files can be written.
 * @param settings what it goes on with from here; the others stay. Given `seed`, its further draws are those of that seed. `data` is
 * where its data lies now.
 * @throws InputError where it has no usable checkpoint, the folder is in use, a setting is given that cannot change or is out of range, or
 * its data is not there or has another content
 */
export async function resumeRun(
  directory: string,
  { data: moved, ...settings }: Partial<RunSettings> = {},
  { checkpoint }: CheckpointChoice = {},
): Promise<Run> {
  await checkUnlocked(directory);
  const mark = await checkpointsMark(directory);
  const saved = await loadRun(directory, { checkpoint });
  const { iteration } = saved.progress;
  const { data, place } = await openRunData(saved, moved);
  const before = { ...saved.config, data: place.data };
  const { config, changes } = changeSettings(directory, before, iteration, settings, data);
  checkMemory(config, data);
  if (iteration > config.iterations) {
    throw new InputError(
      `${directory} is at iteration ${iteration} already; give a larger --iterations to go on, or go back with --checkpoint.`,
    );
  }
  const given = { ...settings, data: config.data, loss: config.loss };
  const reseeded = changes.some(({ setting }) => setting === "seed");
  const rng = reseeded ? createRng(config.seed).state() : saved.progress.rng;
  const record = {
    id: saved.id,
    config,
    data: saved.data,
    dataPlace: place.dataPlace,
    begunFrom: saved.begunFrom,
    changes: [...saved.changes, ...changes],
  };
  return {
    directory,
    config,
    record,
    data,
    progress: { ...saved.progress, rng },
    layout: saved.model.layout,
    best: saved.best,
    isNew: false,
    isUnsaved: checkpoint !== undefined || changes.length > 0 || before.data !== saved.config.data,
    mark,
    warnings: [
      ...saved.warnings,
      ...(data.warnings ?? []),
      ...batchWarnings({ batch: settings.batch ?? before.batch }, data),
      ...unusedSettings(given, config),
    ],
  };
}

/**
 * Trains a run to its end from where it stands, and keeps it in its folder, which is locked meanwhile: a checkpoint before the first
 * iteration of a new run or one with changed settings, so that a folder that cannot be written is known before any work is done; one each
 * `checkpointEvery` iterations, at the end, and when `signal` stops it; `history.json`, the evaluations so far; and `status.json`, whether
 * it is under way and how it ended. An event is passed on after what it stands for was written.
 * @throws InputError where the settings do not fit each other or the data (nothing is written then), the folder cannot be written, or
 * another process works in it or has done so since the run was prepared
 */
export async function* trainRun(
  run: Run,
  { signal, threads, metrics }: Pick<TrainOptions, "signal" | "threads" | "metrics"> = {},
): AsyncGenerator<TrainEvent, void> {
  const { directory, config, record, data, progress, layout, isUnsaved } = run;
  const { iterations } = config;
  let savedAt = isUnsaved ? undefined : progress.iteration;
  let best = run.best;
  const write = async ({ state, iteration, ...rest }: Progress, finish: Finish | null) => {
    const [finished, chosen] = [finish && finishParts(finish), best && bestParts(best, layout)];
    const tensors = { ...namedTensors(state, layout), ...finished?.tensors, ...chosen?.tensors };
    const run = {
      ...{ ...record, ...rest },
      ...(finished && { finish: finished.finish }),
      ...(chosen && { best: chosen.best }),
    };
    await saveCheckpoint(directory, iteration, { tensors, run });
    savedAt = iteration;
  };
  const save = async (progress: Progress) => {
    if (progress.iteration !== savedAt) await write(progress, null);
  };
  /** Rows get their finish once their generator stays as it is. */
  const saveAtRest = async ({ model, progress, type }: AtRest) => {
    await save(progress);
    if (data.codec.kind !== "tableRows") return;
    // Whoever stops a run does not wait for its classifier.
    const { seed } = config;
    const resample = type === "end" && config.resample === true;
    const { game, layout, state } = model;
    const latest = { iteration: progress.iteration, score: null, generator: state.generator };
    const chosen = best && best.score !== null ? best : latest;
    const finishing = { game, layout, state: { ...state, generator: chosen.generator } };
    const { generator, finish } = await finishRows(finishing, data.codec, data, { seed, resample });
    best = { ...chosen, generator };
    await write(progress, finish);
  };
  const history = [...progress.history];
  let lock: FolderLock | undefined;
  try {
    for await (const event of train({ ...trainOptions(config, data), resume: progress, signal, threads, metrics })) {
      if (event.type === "start") {
        lock = await lockFolder(directory);
        await checkUntouched(run);
        await removeTemporaries(directory);
        await save(progress);
        await saveHistory(directory, history);
        await saveStatus(directory, { state: "training", iterations, message: null });
      }
      if (event.type === "evaluation") {
        history.push(event.evaluation);
        const score = scoreOf(event.evaluation);
        if (score !== null && score > (best?.score ?? Number.NEGATIVE_INFINITY)) {
          const { generator } = await event.state();
          best = { iteration: event.evaluation.iteration, score, generator };
        }
        await saveHistory(directory, history);
      }
      if (event.type === "checkpoint") await save(event.progress);
      if (event.type === "stopped" || event.type === "end") await saveAtRest(event);
      const state = ENDINGS[event.type];
      if (state) await saveStatus(directory, { state, iterations, message: "message" in event ? event.message : null });
      yield event;
    }
  } finally {
    await lock?.release();
  }
}

type AtRest = Extract<TrainEvent, { readonly type: "end" | "stopped" }>;

/** Checks, once the folder is locked, that nobody trained there since the run was prepared. */
async function checkUntouched({ directory, mark }: Run): Promise<void> {
  if (mark === null || (await checkpointsMark(directory)) === mark) return;
  throw new InputError(`Another process has trained in ${directory} meanwhile: start again to go on from there.`);
}

async function saveHistory(directory: string, history: readonly Evaluation[]): Promise<void> {
  await writeFileAtomically(join(directory, HISTORY), `${JSON.stringify(history, null, 2)}\n`);
}

async function checkEmpty(directory: string): Promise<void> {
  if ((await namesIn(directory)).includes("checkpoints")) {
    throw new InputError(
      `${directory} holds a run already: give --resume ${directory} to go on with it, --force to replace it, or another --out.`,
    );
  }
  await checkHoldsOnly(directory, [], ", or --force to use it all the same");
}
