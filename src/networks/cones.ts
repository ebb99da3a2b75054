import {
  add,
  div,
  equal,
  matmul,
  max,
  mul,
  relu,
  reshape,
  type Shape,
  sizeOf,
  sqrt,
  square,
  stopGradient,
  sub,
  sum,
  type Tensor,
  toFloat,
} from "../engine/index.js";
import type { Rng } from "../random.js";
import { checkCounts } from "./counts.js";
import { inFloat32 } from "./inFloat32.js";
import type { Network } from "./network.js";

/** How many cones a cone critic has, and which way they point. */
export interface ConeCriticOptions {
  /** Shape of one input, or its length. */
  readonly input: number | Shape;
  /** How many cones there are. */
  readonly cones: number;
  /**
   * Default: "peaks", the upper envelope of cones that point up. It falls in every direction far away, so that a generator's stray
   * samples are called home. "funnels" is the lower envelope of cones that point down, and rises far away.
   */
  readonly envelope?: "peaks" | "funnels";
  /** Draws the first apexes, `[count, ...input]` flat, such as `data.batch`. Default: uniform in [-1, 1]. */
  readonly centres?: (rng: Rng, count: number) => Float32Array;
}

/** The derivative of the root at 0 is infinite; so far inside it, no distance above 1e-5 is changed by this. */
const INSIDE_ROOT = 1e-12;

/**
 * A critic that is 1-Lipschitz by its form, whatever its parameters: `[n, ...input]` to `[n, 1]`,
 *
 *     peaks:   c(x) = max_j h_j - |x - a_j|          funnels:   c(x) = min_j h_j + |x - a_j|
 *
 * with an apex `a_j` and a height `h_j` for each cone. Every cone has slope 1, and so has their envelope almost everywhere, as the best
 * critic has on the lines along which mass moves. No penalty, projection or normalisation is needed; pair it with no constraint (`w-none`).
 *
 * Any 1-Lipschitz function is such an envelope of enough cones: f(x) = max_y f(y) - |x - y| = min_y f(y) + |x - y| (McShane 1934,
 * "Extension of range of functions"). How many are enough grows fast with the dimension; in few dimensions a few hundred go far.
 *
 * Parameters: `centres` `[cones, input]`, `heights` `[cones]`. Each update moves only cones that win somewhere in the batch.
 * @param options input, number of cones and which way they point
 * @throws InputError where a length or the number of cones is not a whole number from 1
 */
export function coneCritic({ input, cones, envelope = "peaks", centres: drawCentres }: ConeCriticOptions): Network {
  const dimension = typeof input === "number" ? input : sizeOf(input);
  checkCounts("cone", { input: dimension, "number of cones": cones });
  const sign = envelope === "peaks" ? -1 : 1;
  const draw = drawCentres ?? ((rng: Rng, count: number) => rng.uniforms(count * dimension).map((u) => 2 * u - 1));
  return inFloat32({
    init: (rng) => ({
      parameters: {
        centres: { shape: [cones, dimension], data: draw(rng, cones) },
        heights: { shape: [cones], data: new Float32Array(cones) },
      },
    }),
    apply({ centres, heights }, x) {
      const points = reshape(x, [x.shape[0]!, dimension]);
      const column = reshape(heights!, [cones, 1]);
      const winners = winningCones(points, centres!, mul(sign, column));
      // The distance to the winner is computed by differences: that of `squaredDistances` has lost its last digits, and its slope.
      const away = sum(square(sub(points, matmul(winners, centres!))), 1, { keepDims: true });
      return add(matmul(winners, column), mul(sign, sqrt(add(away, INSIDE_ROOT))));
    },
  });
}

/** For each point a row with 1 at the cone that makes the envelope there, `[n, cones]`; cones that tie share it. */
function winningCones(points: Tensor, centres: Tensor, signedHeights: Tensor): Tensor {
  const lowered = add(sqrt(relu(squaredDistances(points, centres))), reshape(signedHeights, [1, -1]));
  const depth = mul(-1, lowered);
  const winners = toFloat(equal(depth, max(depth, 1, { keepDims: true })));
  return stopGradient(div(winners, sum(winners, 1, { keepDims: true })));
}

/** `|x - a|^2 = |x|^2 - 2 x a + |a|^2`, `[n, cones]`: one product instead of `n * cones` differences. */
function squaredDistances(points: Tensor, centres: Tensor): Tensor {
  const ofPoints = sum(square(points), 1, { keepDims: true });
  const ofCentres = reshape(sum(square(centres), 1), [1, -1]);
  return add(add(ofPoints, ofCentres), mul(-2, matmul(points, centres, { transposeB: true })));
}
