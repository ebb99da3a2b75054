import type { Tensor, TensorData } from "../engine/index.js";
import type { Rng } from "../random.js";

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
  /** Draws the first parameters. Equal states of `rng` give equal values. */
  init(rng: Rng): InitialValues;
  /**
   * The output for a batch: a generator takes latents `[batch, latent]` to samples `[batch, ...sample]`, a critic takes samples to raw
   * outputs `[batch, 1]`. A network without buffers leaves `context` alone.
   */
  apply(parameters: Readonly<Record<string, Tensor>>, x: Tensor, context: ApplyContext): Tensor;
  /** Whether an output in training depends on the rest of its batch, as under batch normalisation. */
  readonly usesBatchStatistics?: boolean;
}

/** The circumstances of one application of a network. */
export interface ApplyContext {
  /** In training; otherwise in use, with the buffers as they are. */
  readonly training: boolean;
  readonly buffers: Readonly<Record<string, Tensor>>;
  /** Sets a buffer's next value. */
  update(name: string, value: Tensor): void;
}

/** A choice that both players have: none, over the batch (generators; discriminators without a gradient penalty), or within a sample. */
export type Normalisation = "none" | "batch" | "layer";
