import { rangeOf } from "../data/codecs/index.js";
import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { criticUpdatesIn, type TrainOptions } from "../training/train.js";
import type { RunConfig } from "./config.js";
import { partsOf, settingsOf } from "./parts.js";

/**
 * The parts that a configuration names, ready for `train`.
 * @throws InputError where they do not fit each other or the data
 */
export function trainOptions(config: RunConfig, data: Dataset): TrainOptions {
  const { loss, constraint, network, optimizer, schedule } = partsOf(config);
  const { sample, condition } = data.fields;
  const { shape } = sample;
  const refusal = network.refuses?.(shape);
  if (refusal !== undefined) {
    throw new InputError(`The samples of "${data.name}" have shape [${shape.join(", ")}], and ${refusal}.`);
  }
  const { latent, batch, pack, criticSteps, iterations, learningRate: initial } = config;
  const { generator, critic } = network.make(settingsOf(network, config), {
    shape,
    latent,
    range: rangeOf(data.codec),
    condition: condition && sizeOf(condition.shape),
  });
  const warmUp = config.warmUp ?? undefined;
  // A player's schedule ends with its last update.
  const optimizerOf = (updates: number) =>
    optimizer.make(settingsOf(optimizer, config), {
      initial,
      schedule: schedule.make(settingsOf(schedule, config), updates),
    });
  return {
    data,
    loss: loss.make?.(settingsOf(loss, config)) ?? loss,
    generator: { network: generator, optimizer: optimizerOf(iterations), average: config.ema },
    critic: {
      network: critic,
      optimizer: optimizerOf(criticUpdatesIn(iterations, { criticSteps, warmUp })),
      constraint: constraint.make(settingsOf(constraint, config)),
    },
    latent,
    batch,
    pack,
    iterations,
    criticSteps,
    warmUp,
    seed: config.seed,
    evaluateEvery: config.evaluateEvery,
    settle: config.settle,
    checkpointEvery: config.checkpointEvery,
    device: config.device,
  };
}
