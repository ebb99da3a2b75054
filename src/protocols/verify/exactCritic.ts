import { cTransformAt } from "../../transport/cTransform.js";
import { exactTransportSync } from "../../transport/exact.js";
import { euclideanDistance } from "../../transport/pointDistance.js";
import type { PointSet } from "../../transport/pointSet.js";
import { type CriticFigures, criticFigures } from "./measure.js";
import { drawPairs } from "./pairs.js";
import type { CellSamples } from "./samples.js";

/** Points of each side that the transport problem is solved for, as many as a batch of the trained critics has. */
const POINTS = 1024;

/** From which side of the batch the potential is extended to the rest of the space. */
export type Extension = "reals" | "fakes";

/**
 * The best critic of one batch, by exact optimal transport, on the held-out fakes. Its estimate is the Earth mover's distance of the
 * batch. The dual potentials say what the critic is on the batch; between its points two extensions are 1-Lipschitz, and anything between
 * them (McShane 1934):
 *
 *     from the reals x_i with u_i:   c(p) = max_i (u_i - |x_i - p|)       from the fakes y_j with v_j:   c(p) = min_j (|p - y_j| - v_j)
 *
 * The gradient of the first points to a real, that of the second away from another fake.
 */
export function exactCriticFigures(samples: CellSamples, extension: Extension): CriticFigures {
  const { pair, heldOut } = samples;
  const { dimension } = pair;
  const rng = samples.rng();
  const { real } = drawPairs(pair, rng, POINTS);
  const { fake } = drawPairs(pair, rng, POINTS);
  const [a, b] = [
    { points: real, dimension },
    { points: fake, dimension },
  ];
  const { cost, potentials } = exactTransportSync({ a, b });
  const gradients =
    extension === "reals"
      ? directions(heldOut.fake, a, potentials.u, -1)
      : directions(heldOut.fake, b, potentials.v, 1);
  return criticFigures(pair, heldOut, gradients, cost);
}

/**
 * For each point `p` the gradient of `min_j (|p - a_j| - h_j)` times `sign`: the unit vector from the anchor that makes the least, and 0
 * at that anchor.
 */
function directions(points: Float32Array, anchors: PointSet, heights: Float64Array, sign: 1 | -1): Float64Array {
  const { dimension } = anchors;
  const result = new Float64Array(points.length);
  const { nearest } = cTransformAt(points, anchors, heights);
  nearest.forEach((anchor, i) => {
    const length = euclideanDistance(points, i, anchors.points, anchor, dimension);
    if (length === 0) return;
    for (let k = 0; k < dimension; k++) {
      const difference = points[i * dimension + k]! - anchors.points[anchor * dimension + k]!;
      result[i * dimension + k] = (sign * difference) / length;
    }
  });
  return result;
}
