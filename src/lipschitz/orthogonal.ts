import {
  abs,
  add,
  div,
  equal,
  matmul,
  max,
  mul,
  sqrt,
  sub,
  sum,
  type Tensor,
  type TensorData,
  toFloat,
} from "../engine/index.js";
import { InputError } from "../errors.js";
import { noSettings } from "../settings.js";
import { defineConstraint, type LipschitzConstraint } from "./constraint.js";
import { orthonormal } from "./orthonormal.js";

/** Each takes a singular value 1 - e to about 1 - 1.5 e^2; an update that moves a weight by a third of its norm is undone to 1e-6. */
const ITERATIONS = 5;

/**
 * Orthogonal weights (Anil, Lucas and Grosse 2019, arXiv:1811.05381, section 4.2): every dense weight W `[in, out]` has all its singular
 * values at 1, its columns orthonormal, or its rows where those are fewer. After each update W is brought back there by iterations of
 * Bjorck and Bowie (1971, "An iterative algorithm for computing the best estimate of an orthogonal matrix", order 1),
 *
 *     W <- W (3/2 I - 1/2 W^T W)
 *
 * which keep the singular vectors and take a singular value s to s (3 - s^2) / 2. Before them W is divided by the root of the largest
 * sum of magnitudes in a row of W^T W, which is at least its norm: so s <= 1, from where s rises to 1 and never passes it.
 *
 * Anil et al. differentiate through many iterations from a free W. Here the critic is applied with one more iteration, whose derivative
 * at an orthogonal W is the projection on the directions that keep it orthogonal: the optimizer gets the same gradient at a
 * fraction of the cost, and without it would spend most of its step on what the iterations take back.
 *
 * A dense layer then keeps lengths, or shrinks them where it has fewer outputs than inputs, and a critic of such layers is 1-Lipschitz.
 * It needs an activation that keeps the norm of gradients, `groupSort` or `fullSort`; behind ReLUs such a critic is far flatter than 1.
 * Biases are free. Gains of normalisation layers are left alone. A weight that an update takes to exactly 0 stays 0, since every
 * orthogonal one is as near, until the next update leads away from there.
 *
 * @throws InputError from `start`, where a weight has more than two axes: an orthogonal kernel bounds what a convolution does to one
 * window, and windows overlap, so that the whole may stretch. Also where rows or columns of a weight depend on each other.
 */
export function orthogonalWeights(): LipschitzConstraint {
  return {
    name: "orth",
    title: "orthogonal weights",
    start(parameters) {
      const kernel = Object.keys(parameters).find((name) => parameters[name]!.shape.length > 2);
      if (kernel !== undefined) {
        throw new InputError(
          `Orthogonal weights bound the slope of dense layers, and "${kernel}" is of a convolution: choose the mlp network, or another constraint such as w-gp.`,
        );
      }
      return mapped(parameters, orthonormal);
    },
    reparametrise: (parameters, buffers) => ({
      parameters: mapped(parameters, (_, weight) => iterated(weight)),
      buffers: { ...buffers },
    }),
    project: (parameters) =>
      mapped(parameters, (_, weight) => {
        const bound = sqrt(max(sum(abs(gram(weight)), 1)));
        let w = div(weight, add(bound, toFloat(equal(bound, 0))));
        for (let i = 0; i < ITERATIONS; i++) w = iterated(w);
        return w;
      }),
  };
}

/** The parameters with their matrices, the weights, exchanged. */
function mapped<T extends Tensor | TensorData>(
  parameters: Readonly<Record<string, T>>,
  exchange: (name: string, weight: T) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, value.shape.length === 2 ? exchange(name, value) : value]),
  );
}

/** W (3/2 I - 1/2 W^T W), the products of whichever are fewer, rows or columns. */
function iterated(weight: Tensor): Tensor {
  const product = isWide(weight) ? matmul(gram(weight), weight) : matmul(weight, gram(weight));
  return sub(mul(weight, 1.5), mul(product, 0.5));
}

function gram(weight: Tensor): Tensor {
  return matmul(weight, weight, isWide(weight) ? { transposeB: true } : { transposeA: true });
}

function isWide({ shape }: Tensor): boolean {
  return shape[0]! < shape[1]!;
}

export const orth = defineConstraint({
  name: "orth",
  title: "orthogonal weights",
  summary:
    "Every dense weight keeps all its singular values at 1, so that no layer stretches or flattens what passes through it.",
  formula: String.raw`W \leftarrow W \bigl(\tfrac32 I - \tfrac12 W^{\mathsf T} W\bigr)`,
  source: "Anil, Lucas and Grosse 2019, arXiv:1811.05381, section 4.2",
  stroke: { color: "#9b7cf7", dash: "dotted" },
  slope: "one",
  isPenalty: false,
  settings: noSettings,
  make: orthogonalWeights,
});
