import { maximum, minimum } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { LipschitzConstraint } from "./constraint.js";

export interface ClipOptions {
  /** Largest magnitude of a parameter; 0.01 unless told. */
  readonly limit?: number;
}

/**
 * Weight clipping (Arjovsky et al. 2017, arXiv:1701.07875, algorithm 1): after each update every parameter w, biases included, becomes
 * min(max(w, -limit), limit).
 *
 * It makes the critic K-Lipschitz for some K that depends on the limit and on the layers, and is mostly far from 1: the W-loss's value
 * is then K times a distance. A small limit starves the generator, a large one lets the slope explode (Gulrajani et al. 2017, section 3).
 *
 * @throws InputError where the limit is not above 0
 */
export function weightClipping({ limit = 0.01 }: ClipOptions = {}): LipschitzConstraint {
  if (!(limit > 0 && limit < Infinity)) {
    throw new InputError(`The limit of weight clipping must be a number above 0, not ${limit}.`);
  }
  return {
    name: "clip",
    title: `weights clipped to ${limit}`,
    project: (parameters) =>
      Object.fromEntries(
        Object.entries(parameters).map(([name, parameter]) => [name, minimum(maximum(parameter, -limit), limit)]),
      ),
  };
}
