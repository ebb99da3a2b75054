import {
  add,
  div,
  equal,
  matmul,
  mul,
  reshape,
  sqrt,
  square,
  stopGradient,
  sum,
  type Tensor,
  toFloat,
  where,
} from "../engine/index.js";
import { InputError } from "../errors.js";
import { noSettings } from "../settings.js";
import { defineConstraint, type LipschitzConstraint } from "./constraint.js";
import { topSingularVectors } from "./singularVectors.js";

/** How well the largest singular values are known. */
export interface SpectralNormOptions {
  /** Power iterations in each update of the critic. Default: 1. */
  readonly iterations?: number;
}

/**
 * Spectral normalisation (Miyato et al. 2018, arXiv:1802.05957, algorithm 1): the critic uses W / sigma(W), equation 8, for each
 * parameter W of two axes or more, as a matrix of its first axis against all others (dense `[in, out]`, kernels `[out, height * width * in]`).
 * sigma(W) = u^T W v with u and v from power iterations that go on from update to update; the gradient flows through W in it and not
 * through u and v (equation 11).
 *
 * Each dense layer then has Lipschitz constant 1, and so has a critic of such layers with ReLUs between. It may be far flatter than 1,
 * because the top singular vectors of successive layers seldom line up. For a convolution sigma is not the norm of the layer's map:
 * one whose kernel of k * k has stride s may stretch by up to k / s (rounded up) times sigma. Gains of normalisation layers are left alone.
 *
 * A weight that becomes 0 later has no norm to be divided by: it is used as it is, its gradient with it, and u and v stay as they were
 * until the weight is something again. PyTorch, which divides by sigma all the same, makes NaN of it. u and v stay too while the squares
 * of u W cannot be told in float32, at weights below some 1e-19 and above 1e19; W is then divided by their u^T W v.
 *
 * @param options the power iterations
 * @throws InputError where `iterations` is not a whole number from 1; from `initialise`, where a weight is all 0
 */
export function spectralNorm({ iterations = 1 }: SpectralNormOptions = {}): LipschitzConstraint {
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new InputError(
      `The power iterations of spectral normalisation must be a whole number from 1, not ${iterations}.`,
    );
  }
  return {
    name: "sn",
    title: "spectral normalisation",
    initialise(parameters, rng) {
      const weights = Object.entries(parameters).filter(([, { shape }]) => shape.length >= 2);
      return Object.fromEntries(
        weights.flatMap(([name, weight]) => {
          const { u, v } = topSingularVectors(name, weight, rng);
          return [
            [`${name}.u`, u],
            [`${name}.v`, v],
          ];
        }),
      );
    },
    reparametrise(parameters, buffers, training) {
      const used: Record<string, Tensor> = { ...parameters };
      const next: Record<string, Tensor> = { ...buffers };
      for (const [name, weight] of Object.entries(parameters)) {
        if (weight.shape.length < 2) continue;
        const matrix = reshape(weight, [weight.shape[0]!, -1]);
        const stored = { u: buffers[`${name}.u`]!, v: buffers[`${name}.v`]! };
        const { u, v } = training ? iterate(stopGradient(matrix), stored, iterations) : stored;
        next[`${name}.u`] = u;
        next[`${name}.v`] = v;
        const sigma = sum(mul(matmul(u, matrix), v));
        used[name] = div(weight, add(sigma, toFloat(equal(sigma, 0))));
      }
      return { parameters: used, buffers: next };
    },
  };
}

interface Vectors {
  readonly u: Tensor;
  readonly v: Tensor;
}

/** Power iterations on W from u, a row: v = u W / |u W|, u = v W^T / |v W^T|. */
function iterate(matrix: Tensor, start: Vectors, iterations: number): Vectors {
  let u = stopGradient(start.u);
  let v = stopGradient(start.v);
  for (let i = 0; i < iterations; i++) {
    v = unit(matmul(u, matrix), v);
    u = unit(matmul(v, matrix, { transposeB: true }), u);
  }
  return { u, v };
}

/** x / |x|, or `otherwise` where |x|^2 is 0 or infinite. */
function unit(x: Tensor, otherwise: Tensor): Tensor {
  const squares = sum(square(x));
  return where(equal(div(squares, squares), 1), div(x, sqrt(squares)), otherwise);
}

export const sn = defineConstraint({
  name: "sn",
  title: "spectral normalisation",
  summary: "Each weight is divided by its largest singular value, so that no dense layer stretches anything.",
  formula: String.raw`W \leftarrow W / \sigma(W)`,
  source: "Miyato et al. 2018, arXiv:1802.05957, algorithm 1",
  stroke: { color: "#7b8d58", dash: "dotted" },
  slope: "one",
  isPenalty: false,
  settings: noSettings,
  make: () => spectralNorm(),
});
