import { join } from "node:path";
import type { Dataset } from "../data/dataset.js";
import { type OpenOptions, openDataset } from "../data/open.js";
import { InputError } from "../errors.js";
import { checkHoldsOnly, namesIn, writeFileAtomically } from "../files.js";
import { createRng } from "../random.js";
import type { Evaluation } from "../results.js";
import { saveCheckpoint } from "./checkpoint.js";
import { type RunConfig, type RunSettings, resolveConfig, trainOptions } from "./config.js";
import { checkMemory } from "./memory.js";
import { namedTensors } from "./names.js";
import { type RunStatus, saveStatus } from "./runStatus.js";
import { describeData, openRun } from "./savedRun.js";
import { initialState, type StateLayout } from "./step.js";
import { type Progress, type TrainEvent, train } from "./train.js";
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
  readonly config: RunConfig;
  readonly data: Dataset;
  /** Where it stands. */
  readonly progress: Progress;
  readonly layout: StateLayout;
  /** Whether nothing of it is saved yet. */
  readonly isNew: boolean;
  /** What a user should know, such as a damaged checkpoint that was passed over, or a setting without effect. */
  readonly warnings: readonly string[];
}

/**
 * Prepares a new run in `directory`. Nothing is written yet, and what the folder holds is not touched yet.
 * @param options.force take a folder that is not empty; a run that it holds is replaced once the new one has begun
 * @throws InputError where a setting or the data is wrong, or the folder is not empty and `force` is not given
 */
export async function newRun(
  settings: RunSettings,
  directory: string,
  { force = false }: { readonly force?: boolean } = {},
): Promise<Run> {
  if (!force) await checkEmpty(directory);
  const data = await openDataset(settings.data, openOptions(settings));
  const config = resolveConfig(settings, data);
  checkMemory(config, data);
  const rng = createRng(config.seed);
  const { state, layout } = initialState(trainOptions(config, data), rng);
  const progress = { iteration: 0, criticUpdates: 0, seconds: 0, rng: rng.state(), state, history: [] };
  const warnings = [...(data.warnings ?? []), ...unusedSettings(settings, config)];
  return { directory, config, data, progress, layout, isNew: true, warnings };
}

/**
 * Prepares to go on with the run in `directory` from its last whole checkpoint.
 * @param options.iterations another length than it was begun with
 * @throws InputError where it has no usable checkpoint or is finished, or its data is missing or has changed
 */
export async function resumeRun(
  directory: string,
  { iterations }: { readonly iterations?: number | undefined } = {},
): Promise<Run> {
  const { config: begun, data: description, progress, model, warnings } = await openRun(directory);
  const config = { ...begun, ...(iterations !== undefined && { iterations }) };
  if (progress.iteration >= config.iterations) {
    throw new InputError(
      `${directory} is at iteration ${progress.iteration} already; give a larger --iterations to go on.`,
    );
  }
  const data = await openDataset(config.data, openOptions(config));
  if (JSON.stringify(describeData(data)) !== JSON.stringify(description)) {
    throw new InputError(
      `${config.data} has changed since the run in ${directory} began: bring the old data back, or start a new run in another folder.`,
    );
  }
  return {
    directory,
    config,
    data,
    progress,
    layout: model.layout,
    isNew: false,
    warnings: [...warnings, ...(data.warnings ?? [])],
  };
}

/**
 * Trains a run to its end from where it stands, and keeps it in its folder: a checkpoint before the first iteration of a new run, so
 * that a folder that cannot be written is known before any work is done; one each `checkpointEvery` iterations, at the end, and when
 * `signal` stops it; `history.json`, the evaluations so far; and `status.json`, whether it is under way and how it ended. An event is
 * passed on after what it stands for was written.
 * @throws InputError where the settings do not fit each other or the data (nothing is written then), or the folder cannot be written
 */
export async function* trainRun(
  { directory, config, data, progress, layout, isNew }: Run,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<TrainEvent, void> {
  const { iterations } = config;
  let savedAt: number | undefined;
  const save = async ({ state, iteration, ...rest }: Progress) => {
    const run = { config, data: describeData(data), ...rest };
    await saveCheckpoint(directory, iteration, { tensors: namedTensors(state, layout), run });
    savedAt = iteration;
  };
  const history = [...progress.history];
  for await (const event of train({ ...trainOptions(config, data), resume: progress, signal })) {
    if (event.type === "start") {
      if (isNew) await save(progress);
      await saveHistory(directory, history);
      await saveStatus(directory, { state: "training", iterations, message: null });
    }
    if (event.type === "evaluation") {
      history.push(event.evaluation);
      await saveHistory(directory, history);
    }
    const due = event.type === "checkpoint" || event.type === "stopped" || event.type === "end";
    if (due && event.progress.iteration !== savedAt) await save(event.progress);
    const state = ENDINGS[event.type];
    if (state) await saveStatus(directory, { state, iterations, message: "message" in event ? event.message : null });
    yield event;
  }
}

/** How the data of a run is opened. */
export function openOptions({
  imageSize,
  channels,
  background,
  skipBroken,
  header,
}: Pick<RunSettings, "imageSize" | "channels" | "background" | "skipBroken" | "header">): OpenOptions {
  return { size: imageSize, channels, background, skipBroken, header };
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
