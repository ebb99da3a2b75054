import { z } from "zod";
import type { Dataset } from "../data/dataset.js";
import { InputError } from "../errors.js";
import { pairingByName } from "../game/pairings.js";
import { dcganCritic, dcganGenerator, mlp, type Network } from "../networks/index.js";
import { adam, adamw, constant, cosine, linearDecay, type Optimizer, rmsprop, sgd } from "../optimizers/index.js";
import type { TrainOptions } from "../training/train.js";

const POSITIVE = "it must be above 0";
const SHARE = "it must be 0 or more and below 1";
const positive = z.number(POSITIVE).positive(POSITIVE);
const share = z.number(SHARE).min(0, SHARE).lt(1, SHARE);

function whole(least: number, most: number) {
  const error = `it must be a whole number from ${least} to ${most}`;
  return z.int(error).min(least, error).max(most, error);
}

/** Seeds are whole numbers from 0 to this. */
export const LARGEST_SEED = 0x7fffffff;
/** Above these a step is too large to be written as a graph, or a run too long to end. */
const WIDEST = 8192;
const DEEPEST = 100;
const MOST_CRITIC_STEPS = 100;
const MOST_WARM_UP = 10_000;
const MOST_SETTLING = 100_000;
const LARGEST_BATCH = 1_000_000;
const IMAGES_IN_BATCH = 64;
const POINTS_IN_BATCH = 256;
const MOST_ITERATIONS = 1_000_000_000;

/** Everything that determines a run, as plain data: what a checkpoint stores and the command line sets. */
export const runConfigSchema = z.strictObject({
  /** A named data set or a path. */
  data: z.string(),
  /** How images are read: pixels along a side, channels, what shows through transparent ones, whether broken ones are left out. */
  imageSize: z.int().optional(),
  channels: z.union([z.literal(1), z.literal(3)]).optional(),
  background: z.string().optional(),
  skipBroken: z.boolean().optional(),
  /** For tables: whether the first row holds the names of the columns; told by its cells where absent. */
  header: z.boolean().optional(),
  /** A pairing of loss and Lipschitz constraint, such as "w-gp". */
  loss: z.string(),
  network: z.enum(["mlp", "dcgan"]),
  /** Neurons of a hidden layer (mlp), or channels of the layer nearest to the image (dcgan). */
  width: whole(1, WIDEST),
  /** Hidden layers (mlp). */
  depth: whole(1, DEEPEST),
  /** Of the generator, and of the critic. */
  normalisation: z.enum(["none", "batch", "layer"]),
  criticNormalisation: z.enum(["none", "batch", "layer"]),
  /** Between the critic's layers (mlp). */
  criticActivation: z.enum(["relu", "leaky-relu", "elu", "softplus", "tanh", "maxmin", "fullsort"]).default("relu"),
  latent: whole(1, WIDEST),
  batch: whole(1, LARGEST_BATCH),
  /** Weight of the gradient penalty. */
  lambda: z.number().min(0, "it must be 0 or more"),
  /** Limit of the weights under clipping. */
  clip: positive,
  criticSteps: whole(1, MOST_CRITIC_STEPS),
  warmUp: z.strictObject({ iterations: whole(1, MOST_ITERATIONS), criticSteps: whole(1, MOST_WARM_UP) }).nullable(),
  optimizer: z.enum(["adam", "adamw", "rmsprop", "sgd"]),
  learningRate: positive,
  beta1: share,
  beta2: share,
  schedule: z.enum(["constant", "linear", "cosine"]),
  ema: share.nullable(),
  iterations: whole(1, MOST_ITERATIONS),
  seed: whole(0, LARGEST_SEED),
  evaluateEvery: whole(0, MOST_ITERATIONS),
  /** Most updates of the copy of the critic that settles at each evaluation; 0 for none. */
  settle: whole(0, MOST_SETTLING).default(0),
  checkpointEvery: whole(0, MOST_ITERATIONS),
  device: z.enum(["cpu", "webgpu", "cuda"]),
});

export type RunConfig = z.infer<typeof runConfigSchema>;

/** What a user sets; the rest follows from the data and the loss. */
export type RunSettings = Partial<RunConfig> & Pick<RunConfig, "data" | "loss">;

/**
 * The configuration of a run: the user's settings, and for what they leave open values that suit such data and such a loss, some of
 * the literature's and some found by trials (docs/method.md says which). A batch larger than the data becomes as large as the data
 * (`batchWarnings` says so).
 * @throws InputError where a setting is out of range or does not fit the data
 */
export function resolveConfig(settings: RunSettings, data: Dataset): RunConfig {
  const images = data.kind === "images";
  const { name: loss, constraint } = pairingByName(settings.loss);
  const clipped = constraint === "clip";
  const byKind = images
    ? {
        network: "dcgan" as const,
        normalisation: "batch" as const,
        width: 32,
        latent: 64,
        batch: IMAGES_IN_BATCH,
        lambda: 10,
        criticSteps: 5,
        beta1: 0.5,
        beta2: 0.9,
        iterations: 2000,
        evaluateEvery: 100,
        settle: 0,
      }
    : {
        network: "mlp" as const,
        normalisation: "none" as const,
        width: 128,
        latent: 2,
        batch: POINTS_IN_BATCH,
        lambda: 0.3,
        criticSteps: 3,
        beta1: 0,
        beta2: 0.99,
        iterations: 6000,
        evaluateEvery: 200,
        settle: 300,
      };
  const optimisation = clipped
    ? { optimizer: "rmsprop" as const, learningRate: images ? 2e-4 : 5e-4 }
    : { optimizer: "adam" as const, learningRate: images ? 5e-4 : 3e-3 };
  const merged = {
    depth: 5,
    criticNormalisation: "none" as const,
    criticActivation: constraint === "orth" ? ("maxmin" as const) : ("relu" as const),
    ema: null,
    clip: images ? 0.01 : 0.1,
    warmUp: null,
    schedule: "cosine" as const,
    seed: 0,
    checkpointEvery: 500,
    device: "cpu" as const,
    ...byKind,
    ...optimisation,
    ...withoutUndefined(settings),
    loss,
  };
  const parsed = runConfigSchema.safeParse(merged);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const value = JSON.stringify(issue!.path.reduce<unknown>((of, name) => Object(of)[name], merged));
    const message = issue!.message.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
    throw new InputError(`${issue!.path.join(".")} cannot be ${value}: ${message}.`);
  }
  return { ...parsed.data, batch: Math.min(parsed.data.batch, data.size) };
}

/** A sentence where `resolveConfig` makes the batch as small as the data. */
export function batchWarnings({ batch }: Pick<Partial<RunConfig>, "batch">, { name, kind, size }: Dataset): string[] {
  const wanted = batch ?? (kind === "images" ? IMAGES_IN_BATCH : POINTS_IN_BATCH);
  if (wanted <= size) return [];
  return [`The batch is ${size}, not ${wanted}: "${name}" has no more samples to train on.`];
}

/** The parts that a configuration names, ready for `train`. */
export function trainOptions(config: RunConfig, data: Dataset): TrainOptions {
  const { loss, makeConstraint } = pairingByName(config.loss);
  const { generator, critic } = networks(config, data);
  const makeOptimizer = (updates: number) => optimizer(config, updates);
  return {
    data,
    sampleShape: data.fields.sample.shape,
    loss,
    constraint: makeConstraint({ lambda: config.lambda, limit: config.clip }),
    generator,
    critic,
    generatorOptimizer: makeOptimizer(config.iterations),
    criticOptimizer: makeOptimizer(config.iterations * config.criticSteps),
    latent: config.latent,
    batch: config.batch,
    ema: config.ema,
    iterations: config.iterations,
    criticSteps: config.criticSteps,
    warmUp: config.warmUp ?? undefined,
    seed: config.seed,
    evaluateEvery: config.evaluateEvery,
    settle: config.settle,
    checkpointEvery: config.checkpointEvery,
    device: config.device,
  };
}

function networks(config: RunConfig, data: Dataset): { readonly generator: Network; readonly critic: Network } {
  const { network, width, depth, latent, normalisation, criticNormalisation, criticActivation } = config;
  const { shape } = data.fields.sample;
  if (network === "mlp") {
    const hidden = Array<number>(depth).fill(width);
    return {
      generator: mlp({
        input: latent,
        output: shape,
        hidden,
        normalisation,
        outputActivation: data.range ? "tanh" : "linear",
      }),
      critic: mlp({
        input: shape,
        output: 1,
        hidden,
        normalisation: criticNormalisation,
        activation: criticActivation,
      }),
    };
  }
  const [size, across, channels] = shape;
  if (size === undefined || size !== across) {
    throw new InputError(
      `the dcgan network needs square images, and the samples of "${data.name}" have shape [${shape}]; choose --network mlp`,
    );
  }
  return {
    generator: dcganGenerator({ latent, size, channels: channels!, width, normalisation }),
    critic: dcganCritic({ size, channels: channels!, width, normalisation: criticNormalisation }),
  };
}

/** A player's optimizer; its schedule ends with its last update, `updates`. */
function optimizer(config: RunConfig, updates: number): Optimizer {
  const { learningRate: initial, beta1, beta2 } = config;
  const schedule = { constant: constant(), linear: linearDecay({ over: updates }), cosine: cosine({ over: updates }) }[
    config.schedule
  ];
  const learningRate = { initial, schedule };
  switch (config.optimizer) {
    case "adam":
      return adam({ learningRate, beta1, beta2 });
    case "adamw":
      return adamw({ learningRate, beta1, beta2 });
    case "rmsprop":
      return rmsprop({ learningRate });
    case "sgd":
      return sgd({ learningRate, momentum: beta1 });
  }
}

function withoutUndefined<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}
