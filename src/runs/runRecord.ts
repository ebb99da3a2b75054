import { z } from "zod";
import { codecSchema } from "../data/codecs/index.js";
import { type SeenPairs, seenPairsSchema } from "../data/codecs/seenPairs.js";
import type { Dataset } from "../data/dataset.js";
import type { Model } from "../game/model.js";
import type { StateLayout } from "../game/state.js";
import { namedTensors, playerTensors } from "../game/tensorNames.js";
import { type Finish, finishSchema } from "../synthesis/finishRows.js";
import { reshapingSchema } from "../tables/reshaping.js";
import { tableSchema } from "../tables/schema.js";
import type { Progress } from "../training/train.js";
import { type BestGenerator, bestSchema } from "./bestGenerator.js";
import type { CheckpointContent } from "./checkpointFiles.js";
import { runConfigSchema } from "./config.js";
import { evaluationSchema } from "./evaluationSchema.js";

/** What a run keeps of its data, so that its generator is of use where the data is not. */
export interface DataDescription extends Pick<Dataset, "name" | "kind" | "fields" | "codec" | "table"> {
  /** Of what the data holds (`fingerprintOf`); `null` where it does not tell. */
  readonly fingerprint: string | null;
  /** Which values of two columns of a table its rows have together; `null` where it is none. */
  readonly seenPairs: SeenPairs | null;
}

const shapeSchema = z.array(z.int().min(1)).min(1);

const descriptionSchema: z.ZodType<DataDescription> = z
  .strictObject({
    name: z.string(),
    kind: z.enum(["points", "images", "table"]),
    fields: z.strictObject({
      sample: z.strictObject({ shape: shapeSchema }),
      condition: z
        .strictObject({ name: z.string(), categories: z.array(z.string()).min(1), shape: shapeSchema })
        .optional(),
      given: z.strictObject({ shape: shapeSchema }).optional(),
    }),
    codec: codecSchema,
    table: z.strictObject({ schema: tableSchema, reshaping: reshapingSchema }).optional(),
    fingerprint: z.string().nullable(),
    seenPairs: seenPairsSchema.nullable().default(null),
  })
  // Earlier versions called points in a file of rows a table.
  .transform((data) => (data.kind === "table" && data.codec.kind !== "tableRows" ? { ...data, kind: "points" } : data));

const changeSchema = z.strictObject({
  /** Iterations done when it was changed. */
  iteration: z.int().min(0),
  setting: z.string(),
  from: z.json(),
  to: z.json(),
});

/** A setting that a run went on with, where it was another before. */
export type SettingChange = z.infer<typeof changeSchema>;

/** What a run keeps of itself besides its state. */
const recordSchema = z.strictObject({
  /** Tells its checkpoints from those of other runs. */
  id: z.uuid(),
  config: runConfigSchema,
  data: descriptionSchema,
  /** Where the data lies as seen from the run's folder, so that both can move together; `null` for data that goes by a name. */
  dataPlace: z.string().nullable(),
  /** Where the file of its labels lies, likewise; `null` where it has none. */
  labelsPlace: z.string().nullable().default(null),
  /** The run whose weights it began with. */
  begunFrom: z.strictObject({ directory: z.string(), iteration: z.int().min(0) }).nullable(),
  changes: z.array(changeSchema),
});

export type RunRecord = z.infer<typeof recordSchema>;

/** What a checkpoint keeps of a run besides its tensors. */
export const runSchema = recordSchema.extend({
  criticUpdates: z.int().min(0),
  seconds: z.number().min(0),
  rng: z.array(z.int()).length(4),
  history: z.array(evaluationSchema),
  /** What its rows go through (`finishRows`); `null` where it makes no rows, or was still in training. */
  finish: finishSchema.nullable().default(null),
  /** Whose generator makes its rows; `null`: that of the checkpoint itself. */
  best: bestSchema.nullable().default(null),
});

/** A run as one of its checkpoints has it. */
export interface SavedRun extends RunRecord {
  /** The folder that it is kept in. */
  readonly directory: string;
  /** What its rows go through; `null` where it makes no rows, or was still in training. */
  readonly finish: Finish | null;
  /** Whose generator makes its samples; `null`: that of the checkpoint itself, as for all data but tables. */
  readonly best: BestGenerator | null;
  /** Where its training stands. */
  readonly progress: Progress;
  /** Its networks with their trained values. */
  readonly model: Model;
  /** The folder of the checkpoint. */
  readonly checkpoint: string;
  /** The version of this package that wrote it. */
  readonly version: string;
  /** One sentence for each newer checkpoint that was damaged and passed over. */
  readonly warnings: readonly string[];
}

/** What a checkpoint is written of. */
export interface RunContent {
  readonly record: RunRecord;
  readonly progress: Progress;
  readonly layout: StateLayout;
  readonly finish: Finish | null;
  readonly best: BestGenerator | null;
}

/** What a checkpoint holds of a run. */
export function checkpointContent({ record, progress, layout, finish, best }: RunContent): CheckpointContent {
  const { state, iteration: _, ...rest } = progress;
  const [finished, chosen] = [finish && finishParts(finish), best && bestParts(best, layout)];
  const parts = { ...(finished && { finish: finished.finish }), ...(chosen && { best: chosen.best }) };
  return {
    tensors: { ...namedTensors(state, layout), ...finished?.tensors, ...chosen?.tensors },
    run: { ...record, ...rest, ...parts },
  };
}

/** What makes rows of a run. */
export type RowMaker = Pick<SavedRun, "directory" | "data" | "finish" | "model">;

/** What the player of the best evaluation is called among tensors. */
export const BEST = "best";

/** The best generator as a checkpoint has it: plain data, and tensors. */
function bestParts({ generator, ...best }: BestGenerator, layout: StateLayout) {
  return { best, tensors: playerTensors(BEST, generator, layout.generator) };
}

/** The names of the tensors of a finish's classifier begin so. */
export const ACCEPTANCE = "acceptance.";

/** A finish as a checkpoint has it: plain data, and tensors. */
function finishParts(finish: Finish) {
  const { maps, acceptance } = finish;
  if (!acceptance) return { finish: { maps, acceptance }, tensors: {} };
  const { parameters, tilt, ...plain } = acceptance;
  const named = Object.entries({ ...parameters, tilt }).map(
    ([name, tensor]) => [`${ACCEPTANCE}${name}`, tensor] as const,
  );
  return { finish: { maps, acceptance: plain }, tensors: Object.fromEntries(named) };
}

/**
 * What a run keeps of `data`.
 * @param fingerprint of what it holds (`fingerprintOf`)
 */
export function describeData(data: Dataset, fingerprint: string | null): DataDescription {
  const { name, kind, fields, codec, table } = data;
  return { name, kind, fields, codec, table, fingerprint, seenPairs: data.seenPairs?.() ?? null };
}
