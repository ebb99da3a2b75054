import { conv2d, convTranspose2d, matmul, type Shape, sizeOf } from "../engine/index.js";
import { glorotUniform, type Initialiser } from "./initialisers.js";
import type { Network } from "./network.js";

/** How a layer begins, and whether it has a bias. */
export interface LayerOptions {
  /** How the weights start. Biases start at 0. Default: Glorot uniform. */
  readonly initialisation?: Initialiser;
  /** Whether there is a bias. Default: true. */
  readonly bias?: boolean;
}

/** The kernel of a convolution, and how it moves. */
export interface KernelOptions extends LayerOptions {
  /** Length of the square kernel. */
  readonly kernel: number;
  /** The step of the kernel. Default: 1. */
  readonly stride?: number;
  /** Zeros around the image on each side. Default: 0. */
  readonly padding?: number;
}

/**
 * x W + b: `[n, inputs]` to `[n, outputs]`. Parameters: `weight` `[inputs, outputs]`, `bias` `[outputs]`.
 * @param inputs numbers of a sample that goes in
 * @param outputs numbers that come out
 * @param options bias and first values. Default: with bias, Glorot uniform
 */
export function dense(inputs: number, outputs: number, options: LayerOptions = {}): Network {
  return {
    init: weights([inputs, outputs], { in: inputs, out: outputs }, outputs, options),
    apply: ({ weight, bias }, x) => matmul(x, weight!, bias && { addend: bias }),
  };
}

/**
 * A convolution: `[n, height, width, inputs]` to `[n, ..., outputs]`. Parameters: `weight` `[outputs, kernel, kernel, inputs]`, `bias`
 * `[outputs]`.
 * @param inputs channels that go in
 * @param outputs channels that come out
 * @param options kernel, stride, padding, bias and first values
 */
export function conv(inputs: number, outputs: number, options: KernelOptions): Network {
  const { kernel, stride = 1, padding = 0 } = options;
  const fans = { in: inputs * kernel ** 2, out: (outputs * kernel ** 2) / stride ** 2 };
  return {
    init: weights([outputs, kernel, kernel, inputs], fans, outputs, options),
    apply: ({ weight, bias }, x) => conv2d(x, weight!, { stride, padding, ...(bias && { bias }) }),
  };
}

/**
 * A transposed convolution: `[n, height, width, inputs]` to `[n, (height - 1) stride - 2 padding + kernel, ..., outputs]`. Parameters:
 * `weight` `[inputs, kernel, kernel, outputs]`, `bias` `[outputs]`.
 * @param inputs channels that go in
 * @param outputs channels that come out
 * @param options kernel, stride, padding, bias and first values
 */
export function convTranspose(inputs: number, outputs: number, options: KernelOptions): Network {
  const { kernel, stride = 1, padding = 0 } = options;
  const fans = { in: (inputs * kernel ** 2) / stride ** 2, out: outputs * kernel ** 2 };
  return {
    init: weights([inputs, kernel, kernel, outputs], fans, outputs, options),
    apply: ({ weight, bias }, x) => convTranspose2d(x, weight!, { stride, padding, ...(bias && { bias }) }),
  };
}

function weights(
  shape: Shape,
  fans: { readonly in: number; readonly out: number },
  outputs: number,
  { initialisation = glorotUniform, bias = true }: LayerOptions,
): Network["init"] {
  return (rng) => ({
    parameters: {
      weight: { shape, data: initialisation(rng, sizeOf(shape), fans) },
      ...(bias && { bias: { shape: [outputs], data: new Float32Array(outputs) } }),
    },
  });
}
