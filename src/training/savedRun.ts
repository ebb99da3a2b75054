import { z } from "zod";
import type { Dataset } from "../data/dataset.js";
import { InputError } from "../errors.js";
import { createRng } from "../random.js";
import { evaluationSchema } from "../resultsSchema.js";
import { loadCheckpoint } from "./checkpoint.js";
import { type RunConfig, runConfigSchema, trainOptions } from "./config.js";
import type { Model } from "./model.js";
import { stateFromNamed } from "./names.js";
import { initialState } from "./step.js";
import type { Progress } from "./train.js";

const descriptionSchema = z.strictObject({
  name: z.string(),
  shape: z.array(z.int().min(1)).min(1),
  range: z.tuple([z.number(), z.number()]).nullable(),
  columns: z
    .array(
      z.strictObject({
        name: z.string(),
        decimals: z.int().min(0).nullable(),
        range: z.tuple([z.number(), z.number()]).nullable(),
      }),
    )
    .nullable(),
  /** See `toOriginalUnits`. */
  scaling: z.strictObject({ center: z.array(z.number()), spread: z.array(z.number()) }).nullable(),
});

/** What a run keeps of its data, so that its generator is of use where the data is not. */
export type DataDescription = z.infer<typeof descriptionSchema>;

/** What a checkpoint keeps of a run besides its tensors. */
const runSchema = z.strictObject({
  config: runConfigSchema,
  data: descriptionSchema,
  criticUpdates: z.int().min(0),
  seconds: z.number().min(0),
  rng: z.array(z.int()).length(4),
  history: z.array(evaluationSchema),
});

/** A run as its last whole checkpoint has it. */
export interface SavedRun {
  readonly directory: string;
  readonly config: RunConfig;
  readonly data: DataDescription;
  readonly progress: Progress;
  readonly model: Model;
  /** The folder of the checkpoint. */
  readonly checkpoint: string;
  /** The version of this package that wrote it. */
  readonly version: string;
  /** One sentence for each newer checkpoint that was damaged and passed over. */
  readonly warnings: readonly string[];
}

/**
 * Reads the run in `directory`. Its data need not be there.
 * @throws InputError where the folder holds no usable checkpoint, or one of another version of this package
 */
export async function openRun(directory: string): Promise<SavedRun> {
  const { run, tensors, iteration, path, version, warnings } = await loadCheckpoint(directory);
  const parsed = runSchema.safeParse(run);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const problem = `${issue!.path.join(".") || "run"}: ${issue!.message}`;
    throw new InputError(`${path} was written by monge ${version} and cannot be used by this version (${problem}).`);
  }
  const { config, data, ...rest } = parsed.data;
  const parts = trainOptions(config, standIn(data));
  const { state: like, layout } = initialState(parts, createRng(config.seed));
  const state = stateFromNamed(tensors, like, layout);
  const progress = { ...rest, iteration, state };
  return { directory, config, data, progress, model: { parts, layout, state }, checkpoint: path, version, warnings };
}

/** What a run keeps of `data`. */
export function describeData(data: Dataset): DataDescription {
  return {
    name: data.name,
    shape: [...data.shape],
    range: data.range ? [...data.range] : null,
    columns: data.columns?.map(({ name, decimals, range }) => ({ name, decimals, range: range && [...range] })) ?? null,
    scaling: data.scaling ? { center: [...data.scaling.center], spread: [...data.scaling.spread] } : null,
  };
}

/** A data set that says what its samples are like and has none. */
function standIn({ name, shape, range }: DataDescription): Dataset {
  return {
    name,
    shape,
    range: range ?? undefined,
    size: 0,
    batch() {
      throw new Error("the data of a saved run is not open");
    },
  };
}
