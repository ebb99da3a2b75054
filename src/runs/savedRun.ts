import { z } from "zod";
import { codecSchema } from "../data/codecs/index.js";
import { type SeenPairs, seenPairsSchema } from "../data/codecs/seenPairs.js";
import type { Dataset } from "../data/dataset.js";
import { fingerprintOf } from "../data/fingerprint.js";
import type { TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { Model } from "../game/model.js";
import { startGame } from "../game/start.js";
import type { StateLayout } from "../game/state.js";
import { playerFromNamed, playerTensors, stateFromNamed } from "../game/tensorNames.js";
import { createRng } from "../random.js";
import { type Finish, finishSchema } from "../synthesis/finishRows.js";
import { reshapingSchema } from "../tables/reshaping.js";
import { tableSchema } from "../tables/schema.js";
import type { Progress } from "../training/train.js";
import { gameOf } from "../training/trainer.js";
import { type BestGenerator, bestSchema } from "./bestGenerator.js";
import { loadCheckpoint } from "./checkpoint.js";
import { type RunConfig, runConfigSchema } from "./config.js";
import { evaluationSchema } from "./evaluationSchema.js";
import { parameterCount } from "./memoryEstimate.js";
import { unknownPart } from "./parts.js";
import { trainOptions } from "./trainOptions.js";

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
const runSchema = recordSchema.extend({
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
  readonly directory: string;
  /** What its rows go through; `null` where it makes no rows, or was still in training. */
  readonly finish: Finish | null;
  /** Whose generator makes its samples; `null`: that of the checkpoint itself, as for all data but tables. */
  readonly best: BestGenerator | null;
  readonly progress: Progress;
  readonly model: Model;
  /** The folder of the checkpoint. */
  readonly checkpoint: string;
  /** The version of this package that wrote it. */
  readonly version: string;
  /** One sentence for each newer checkpoint that was damaged and passed over. */
  readonly warnings: readonly string[];
}

/** Which of a run's checkpoints is read. */
export interface CheckpointChoice {
  /** The iteration of the checkpoint. Default: the newest one that is whole. */
  readonly checkpoint?: number | undefined;
}

/**
 * Reads the run in `directory`. Its data need not be there.
 * @throws InputError where the folder holds no usable checkpoint, or not the one that is chosen, or one of another version of this package
 */
export async function loadRun(directory: string, { checkpoint }: CheckpointChoice = {}): Promise<SavedRun> {
  const { run, tensors, iteration, path, version, warnings } = await loadCheckpoint(directory, {
    iteration: checkpoint,
  });
  const unknown = unknownPart(run);
  if (unknown !== undefined) {
    throw new InputError(
      `${path} was trained with the ${unknown}, which is not known here: if it is an own one, name the module that adds it with --with.`,
    );
  }
  const parsed = runSchema.safeParse(run);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const problem = `${issue!.path.join(".") || "run"}: ${issue!.message}`;
    throw new InputError(`${path} was written by monge ${version} and cannot be used by this version (${problem}).`);
  }
  const { criticUpdates, seconds, rng, history, finish, best: found, ...record } = parsed.data;
  const { config, data } = record;
  checkSize(path, config, data, tensors);
  const game = gameOf(trainOptions(config, standIn(data)));
  const { state: like, layout } = startGame(game, createRng(config.seed));
  const state = stateFromNamed(tensors, like, layout);
  const progress = { iteration, criticUpdates, seconds, rng, history, state };
  const best = found && { ...found, generator: playerFromNamed(BEST, tensors, like.generator, layout.generator) };
  return {
    ...{ directory, ...record, progress, best, checkpoint: path, version, warnings },
    finish: finish && { ...finish, acceptance: finish.acceptance && withTensors(finish.acceptance, tensors) },
    model: { game, layout, state: best ? { ...state, generator: best.generator } : state },
  };
}

/** What the player of the best evaluation is called among tensors. */
const BEST = "best";

/** The best generator as a checkpoint has it: plain data, and tensors. */
export function bestParts({ iteration, score, generator }: BestGenerator, layout: StateLayout) {
  return { best: { iteration, score }, tensors: playerTensors(BEST, generator, layout.generator) };
}

/** The names of the tensors of a finish's classifier begin so. */
const ACCEPTANCE = "acceptance.";

/** A finish as a checkpoint has it: plain data, and tensors. */
export function finishParts(finish: Finish) {
  const { maps, acceptance } = finish;
  if (!acceptance) return { finish: { maps, acceptance }, tensors: {} };
  const { parameters, tilt, ...plain } = acceptance;
  const named = Object.entries({ ...parameters, tilt }).map(
    ([name, tensor]) => [`${ACCEPTANCE}${name}`, tensor] as const,
  );
  return { finish: { maps, acceptance: plain }, tensors: Object.fromEntries(named) };
}

function withTensors<Plain>(plain: Plain, tensors: Readonly<Record<string, TensorData>>) {
  const own = Object.entries(tensors).flatMap(([name, tensor]) =>
    name.startsWith(ACCEPTANCE) ? [[name.slice(ACCEPTANCE.length), tensor] as const] : [],
  );
  const { tilt, ...parameters } = Object.fromEntries(own);
  if (!tilt) throw new InputError("The checkpoint lacks the tensor acceptance.tilt; train the run again.");
  return { ...plain, parameters, tilt };
}

/**
 * Networks are built to know their tensors' shapes: before that, what their settings ask for is compared with what there is.
 */
function checkSize(
  path: string,
  config: RunConfig,
  { fields }: DataDescription,
  tensors: Readonly<Record<string, TensorData>>,
): void {
  const there = Object.values(tensors).reduce((sum, { data }) => sum + data.length, 0);
  const least = parameterCount(config, { fields });
  if (least <= there) return;
  throw new InputError(
    `${path} does not fit its own settings: its networks have ${least} weights at least, and it holds ${there} numbers.`,
  );
}

/** What a run keeps of `data`. */
export function describeData(data: Dataset): DataDescription {
  const { name, kind, fields, codec, table } = data;
  const seenPairs = data.seenPairs?.() ?? null;
  return { name, kind, fields, codec, table, fingerprint: fingerprintOf(data), seenPairs };
}

/** A data set that says what its samples are like and has none. */
function standIn({ name, kind, fields, codec, table }: DataDescription): Dataset {
  return {
    name,
    kind,
    fields,
    codec,
    table,
    size: 0,
    batch() {
      throw new Error("the data of a saved run is not open");
    },
  };
}
