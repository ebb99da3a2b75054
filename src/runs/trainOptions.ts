import { rangeOf, rowOf } from "../data/codecs/index.js";
import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { momentsTerm } from "../game/moments.js";
import { createRng } from "../random.js";
import { criticUpdatesIn, type TrainOptions } from "../training/train.js";
import type { RunConfig } from "./config.js";
import { stopRulesOf } from "./earlyEnd.js";
import { partsOf, settingsOf } from "./parts.js";

/** Rows that moments are computed from: enough that their noise does not count. */
const MOMENT_ROWS = 50_000;
/** ... and no more numbers than this. */
const MOMENT_NUMBERS = 2 ** 24;
const MOMENT_PAIRS = 2 ** 29;

/**
 * The parts that a configuration names, ready for `train`.
 * @param config as `resolveConfig` makes it
 * @param data what is trained on
 * @throws InputError where they do not fit each other or the data
 */
export function trainOptions(config: RunConfig, data: Dataset): TrainOptions {
  const { loss, constraint, network, optimizer, schedule } = partsOf(config);
  const { sample, condition, given } = data.fields;
  const { shape } = sample;
  const refusal = network.refuses?.(shape, rowOf(data.codec));
  if (refusal !== undefined) {
    throw new InputError(`The samples of "${data.name}" have shape [${shape.join(", ")}], and ${refusal}.`);
  }
  const { latent, batch, pack, criticSteps, iterations, learningRate, generatorRate, precision } = config;
  if (precision === "float16" && config.device === "cpu") {
    throw new InputError(
      "Training in float16 gains nothing on a CPU: choose --device webgpu or --device cuda for it, or leave --precision out.",
    );
  }
  const networkSettings = settingsOf(network, config);
  const row = rowOf(data.codec);
  const { generator, critic, view } = network.make(networkSettings, {
    shape,
    latent,
    range: rangeOf(data.codec),
    condition: sizeOf((condition ?? given)?.shape ?? [0]),
    row,
  });
  const { moments = 0 } = config;
  const warmUp = config.warmUp ?? undefined;
  // A player's schedule ends with its last update.
  const optimizerOf = (updates: number, initial: number) =>
    optimizer.make(settingsOf(optimizer, config), {
      initial,
      schedule: schedule.make(settingsOf(schedule, config), updates),
    });
  return {
    data,
    loss: loss.make?.(settingsOf(loss, config)) ?? loss,
    generator: {
      network: generator,
      optimizer: optimizerOf(iterations, generatorRate ?? learningRate),
      average: config.ema,
      precision,
    },
    critic: {
      network: critic,
      optimizer: optimizerOf(criticUpdatesIn(iterations, { criticSteps, warmUp }), learningRate),
      constraint: constraint.make(settingsOf(constraint, config)),
      precision,
    },
    latent,
    batch,
    pack,
    view,
    terms:
      row && moments > 0 && data.size > 0 && batch > 1
        ? [momentsTerm(row, () => someRows(data, row.columns.length, config.seed), moments)]
        : [],
    iterations,
    criticSteps,
    warmUp,
    seed: config.seed,
    evaluateEvery: config.evaluateEvery,
    settle: config.settle,
    stopRules: stopRulesOf(config),
    checkpointEvery: config.checkpointEvery,
    device: config.device,
  };
}

/** Rows enough for moments, fewer the more columns there are: of each row all pairs of columns are counted. */
function someRows(data: Dataset, columns: number, seed: number): Float32Array {
  const rng = createRng(seed);
  const n = Math.min(
    MOMENT_ROWS,
    Math.ceil(MOMENT_NUMBERS / sizeOf(data.fields.sample.shape)),
    Math.ceil(MOMENT_PAIRS / columns ** 2),
    data.size,
  );
  return (data.distinct?.(rng, n) ?? data.batch(rng, n)).sample;
}
