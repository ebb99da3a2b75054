import { z } from "zod";
import type { Described } from "../catalogue.js";
import type { RowLayout } from "../data/codecs/rowLayout.js";
import type { Shape, Tensor, TensorData } from "../engine/index.js";
import type { Rng } from "../random.js";
import { type SettingsShape, whole } from "../settings.js";
import type { Noise } from "./noise.js";

/** Values by name, such as a network's parameters. */
export type ParameterSet = Readonly<Record<string, TensorData>>;

/** What a network starts from. */
export interface InitialValues {
  /** What is trained. */
  readonly parameters: ParameterSet;
  /** What is carried from step to step without being trained, such as running statistics. */
  readonly buffers?: ParameterSet;
}

/**
 * A network, or a layer of one: two functions.
 *
 * ```ts
 * const line: Network = {
 *   init: (rng) => ({ parameters: { slope: { shape: [2, 1], data: rng.normals(2) } } }),
 *   apply: ({ slope }, x) => matmul(x, slope!),
 * };
 * ```
 */
export interface Network {
  /**
   * Draws the first parameters. Equal states of `rng` give equal values.
   * @param rng draws them
   */
  init(rng: Rng): InitialValues;
  /**
   * The output for a batch: a generator takes latents `[batch, latent]` to samples `[batch, ...sample]`, a critic takes samples to raw
   * outputs `[batch, 1]`. A network without buffers leaves `context` alone.
   * @param parameters by name, as `init` gave them their shapes
   * @param x `[batch, ...input]`
   * @param context training or use, condition, noise and buffers
   */
  apply(parameters: Readonly<Record<string, Tensor>>, x: Tensor, context: ApplyContext): Tensor;
  /**
   * Of a network that draws what it gives: what it draws from, without the noise that decides. As `apply`.
   * @param parameters by name, as `init` gave them their shapes
   * @param x `[batch, ...input]`
   * @param context training or use, condition, noise and buffers
   */
  logits?(parameters: Readonly<Record<string, Tensor>>, x: Tensor, context: ApplyContext): Tensor;
  /** The random numbers that it asks for, by name: `context.noise` has them. */
  readonly noise?: Readonly<Record<string, Noise>>;
  /** Whether an output in training depends on the rest of its batch, as under batch normalisation. */
  readonly usesBatchStatistics?: boolean;
}

/** Rows of a batch that several ranks share. */
export interface SharedRows {
  /** How much of the batch they are, in (0, 1]. */
  readonly share: number;
  /** Whether batch normalisation goes over all ranks' rows. */
  readonly syncBatchNorm: boolean;
}

/** The circumstances of one application of a network. */
export interface ApplyContext {
  /** In training; otherwise in use, with the buffers as they are. */
  readonly training: boolean;
  /** What of the batch x is, where several ranks share it. Default: all of it. */
  readonly rows?: SharedRows | undefined;
  /** What is asked of each sample, `[batch, ...condition]`, where the data has conditions. */
  readonly condition?: Tensor | undefined;
  /** What the network asked for in `noise`, `[batch, ...shape]` each. */
  readonly noise: Readonly<Record<string, Tensor>>;
  /** What the network carries from batch to batch, by name, such as running means. */
  readonly buffers: Readonly<Record<string, Tensor>>;
  /**
   * Sets a buffer's next value.
   * @param name of the buffer
   * @param value in the buffer's shape
   */
  update(name: string, value: Tensor): void;
}

const normalisation = z.enum(["none", "batch", "layer"]);

/** A choice that both players have: none, over the batch (generators; discriminators without a gradient penalty), or within a sample. */
export type Normalisation = z.infer<typeof normalisation>;

/** What the two players' networks are to take and give. */
export interface NetworkTask {
  /** The shape of one sample. */
  readonly shape: Shape;
  /** How many numbers a latent has. */
  readonly latent: number;
  /** The range that every element of a sample lies in, where it is bounded. */
  readonly range?: readonly [number, number] | undefined;
  /** Numbers of the condition of each sample. Default: 0, none. */
  readonly condition?: number | undefined;
  /** What the numbers of a sample mean that is a row of a table. Default: it is none. */
  readonly row?: RowLayout | undefined;
}

/** A network for each player. */
export interface Networks {
  readonly generator: Network;
  readonly critic: Network;
  /** What the critic is given of samples, reals and fakes alike: `[n, ...sample]` to what it judges. Default: the samples. */
  readonly view?: ((x: Tensor) => Tensor) | undefined;
}

/** What the memory of training depends on besides the networks' settings. */
export interface TrainingLoad extends Omit<NetworkTask, "range"> {
  readonly batch: number;
  readonly criticSteps: number;
  /** Whether a step differentiates the critic twice. */
  readonly isPenalised: boolean;
  /** Samples that an evaluation is made on; 0 where there is none. */
  readonly evaluated: number;
}

/** What the catalogue knows of a network architecture: one for each player. */
export interface NetworkEntry<Settings extends SettingsShape = SettingsShape> extends Described {
  /** Its settings, each with its range and description. */
  readonly settings: z.ZodObject<Settings>;
  /**
   * Why it cannot do such samples, as the rest of a sentence and what to do; `undefined` where it can. Default: it can do all.
   * @param shape of one sample
   * @param row of a table: what its numbers stand for
   */
  refuses?(shape: Shape, row?: RowLayout): string | undefined;
  /**
   * The network of each player.
   * @param settings a value for each setting
   * @param task shapes of samples, latents and conditions
   * @throws InputError where a setting cannot be
   */
  make(settings: z.output<z.ZodObject<Settings>>, task: NetworkTask): Networks;
  /**
   * Weights of generator and critic together, without biases and normalisation. Default: not known, and memory is not checked.
   * @param settings a value for each setting
   * @param task shapes of samples, latents and conditions
   */
  parameterCount?(settings: z.output<z.ZodObject<Settings>>, task: Omit<NetworkTask, "range">): number;
  /**
   * Numbers that a step keeps of a batch for its backward pass.
   * @param settings a value for each setting
   * @param load shapes of samples, and how many are in a batch
   */
  activationCount?(settings: z.output<z.ZodObject<Settings>>, load: TrainingLoad): number;
}

/**
 * An own network architecture, for `networks.add`: the types of its settings are those of its zod object.
 * @param entry what the catalogue is to know of it
 */
export function defineNetwork<Settings extends SettingsShape>(entry: NetworkEntry<Settings>): NetworkEntry<Settings> {
  return entry;
}

/** Above these a step is too large to be written as a graph. */
export const WIDEST = 8192;
const DEEPEST = 100;

/** The settings that all architectures of the project share. */
export const normalisationSettings = {
  normalisation: normalisation.meta({ title: "Normalisation", description: "normalisation of the generator" }),
  criticNormalisation: normalisation
    .default("none")
    .meta({ title: "Normalisation", description: "normalisation of the critic" }),
};

/** A width, which each architecture describes as what it is there. */
export const width = whole(1, WIDEST);

/** The setting of architectures for images. */
export const augmentation = z.number().min(0).max(1).meta({
  title: "Augmentation",
  description:
    "probability of each augmentation (colour, position, cutout) of the critic's inputs, reals and fakes alike (DiffAugment); 0: none",
});

/** More would leave too few packs of a batch. */
const LARGEST_PACK = 64;

/** The settings of architectures whose hidden layers are all alike. */
export const hiddenLayerSettings = {
  width: width.meta({ title: "Width", unit: "neurons", description: "neurons of a hidden layer" }),
  depth: whole(1, DEEPEST).meta({ title: "Depth", description: "hidden layers, in an mlp or a tabular network" }),
  ...normalisationSettings,
  pack: whole(1, LARGEST_PACK).default(1).meta({
    title: "Pack",
    unit: "samples",
    description: "samples that the critic judges together, in an mlp or a tabular network",
  }),
};
