import type { Dataset } from "../data/dataset.js";
import type { TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { startGame } from "../game/start.js";
import { playerFromNamed, stateFromNamed } from "../game/tensorNames.js";
import { createRng } from "../random.js";
import { gameOf } from "../training/trainer.js";
import { loadCheckpoint } from "./checkpoint.js";
import type { RunConfig } from "./config.js";
import { parameterCount } from "./memoryEstimate.js";
import { unknownPart } from "./parts.js";
import { ACCEPTANCE, BEST, type DataDescription, runSchema, type SavedRun } from "./runRecord.js";
import { trainOptions } from "./trainOptions.js";

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
