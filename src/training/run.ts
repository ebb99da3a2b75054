import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Dataset } from "../data/dataset.js";
import { openDataset } from "../data/open.js";
import { InputError } from "../errors.js";
import { writeFileAtomically } from "../files.js";
import { createRng } from "../random.js";
import { evaluationSchema } from "../resultsSchema.js";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.js";
import { type RunConfig, type RunSettings, resolveConfig, runConfigSchema, trainOptions } from "./config.js";
import type { Model } from "./model.js";
import { namedTensors, stateFromNamed } from "./names.js";
import { initialState } from "./step.js";
import { checkOptions, type Progress, type TrainEvent, type TrainOptions, train } from "./train.js";

/** What a checkpoint keeps of a run besides its tensors. */
const runSchema = z.object({
  config: runConfigSchema,
  criticUpdates: z.int().min(0),
  seconds: z.number().min(0),
  rng: z.array(z.int()).length(4),
  history: z.array(evaluationSchema),
});

const HISTORY = "history.json";

/** A run that lives in a folder. */
export interface Run {
  readonly directory: string;
  readonly config: RunConfig;
  readonly data: Dataset;
  /** The last checkpoint, in a run that has one. */
  readonly progress?: Progress;
  /** What a user should know, such as a damaged checkpoint that was passed over. */
  readonly warnings: readonly string[];
}

/**
 * Prepares a new run in `directory`; nothing is written yet, and with `force` nothing is removed yet.
 * @throws InputError where a setting or the data is wrong, or the folder holds something and `force` is not given
 */
export async function newRun(settings: RunSettings, directory: string, force = false): Promise<Run> {
  const held = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new InputError(
      `${directory} cannot be a run's folder (${error.code === "ENOTDIR" ? "it is a file" : error.code}).`,
    );
  });
  if (held.length > 0 && !force) {
    throw new InputError(
      `${directory} is not empty: give another --out, --force to start anew in it, or --resume ${directory} to go on with the run in it.`,
    );
  }
  const data = await openDataset(settings.data, dataOptions(settings));
  const config = resolveConfig(settings, data);
  checkOptions(trainOptions(config, data));
  return { directory, config, data, warnings: [] };
}

/**
 * Opens the run in `directory` at its last whole checkpoint.
 * @throws InputError where there is none, or its data cannot be opened any more
 */
export async function openRun(directory: string): Promise<Run> {
  const checkpoint = await loadCheckpoint(directory);
  const parsed = runSchema.safeParse(checkpoint.run);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `${checkpoint.path} is of another version of monge: ${issue!.path.join(".")}: ${issue!.message}.`,
    );
  }
  const { config, ...rest } = parsed.data;
  const data = await openDataset(config.data, dataOptions(config));
  const fresh = initialState(trainOptions(config, data), createRng(config.seed));
  const state = stateFromNamed(checkpoint.tensors, fresh.state, fresh.layout);
  const progress = { ...rest, iteration: checkpoint.iteration, state };
  return { directory, config, data, progress, warnings: checkpoint.warnings };
}

/**
 * Trains a run to its end from where it stands. Checkpoints are saved before their event is passed on, and one more when `signal` stops
 * it; after each of them `history.json` holds the evaluations.
 */
export async function* trainRun(
  { directory, config, data, progress }: Run,
  { signal, iterations }: { readonly signal?: AbortSignal; readonly iterations?: number } = {},
): AsyncGenerator<TrainEvent, void> {
  const whole = iterations === undefined ? config : { ...config, iterations };
  const options: TrainOptions = { ...trainOptions(whole, data), resume: progress, signal };
  let begun = progress !== undefined;
  const save = async (now: Progress) => {
    if (!begun) await rm(join(directory, "checkpoints"), { recursive: true, force: true });
    begun = true;
    const { layout } = initialState(options, createRng(config.seed));
    const { state, iteration, ...rest } = now;
    await saveCheckpoint(directory, iteration, {
      tensors: namedTensors(state, layout),
      run: { config: whole, ...rest },
    });
    await writeFileAtomically(join(directory, HISTORY), `${JSON.stringify(now.history, null, 2)}\n`);
  };
  for await (const event of train(options)) {
    if (event.type === "start" && !begun) await writeFileAtomically(join(directory, HISTORY), "[]\n");
    if (event.type === "checkpoint" || event.type === "stopped") await save(event.progress);
    yield event;
  }
}

/** The networks of a run as its last checkpoint has them. */
export function modelOf({ config, data, progress }: Run): Model {
  const parts = trainOptions(config, data);
  const { layout } = initialState(parts, createRng(config.seed));
  return { parts, layout, state: progress!.state };
}

function dataOptions({ imageSize, channels }: Pick<RunSettings, "imageSize" | "channels">) {
  return { ...(imageSize !== undefined && { size: imageSize }), ...(channels !== undefined && { channels }) };
}
