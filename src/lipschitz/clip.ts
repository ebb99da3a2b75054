import { z } from "zod";
import { maximum, minimum } from "../engine/index.js";
import { InputError } from "../errors.js";
import { positive } from "../settings.js";
import { defineConstraint, type LipschitzConstraint } from "./constraint.js";

/** How far weights may go under weight clipping. */
export interface ClipOptions {
  /** Largest magnitude of a parameter; Default: 0.01. */
  readonly limit?: number;
}

/**
 * Weight clipping (Arjovsky et al. 2017, arXiv:1701.07875, algorithm 1): after each update every parameter w, biases included, becomes
 * min(max(w, -limit), limit).
 *
 * It makes the critic K-Lipschitz for some K that depends on the limit and on the layers, and is mostly far from 1: the W-loss's value
 * is then K times a distance. A small limit starves the generator, a large one lets the slope explode (Gulrajani et al. 2017, section 3).
 *
 * @param options the limit
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

export const clip = defineConstraint({
  name: "clip",
  title: "weight clipping",
  summary:
    "Every weight is forced between two limits after each update: simple, but the slope that this allows is mostly far from 1.",
  formula: String.raw`w \leftarrow \min\bigl(\max(w, -k), k\bigr)`,
  source: "Arjovsky, Chintala and Bottou 2017, arXiv:1701.07875, algorithm 1",
  stroke: { color: "#277450", dash: "dashed" },
  slope: "some",
  isPenalty: false,
  settings: z.object({
    clip: positive.meta({ title: "Clip limit", description: "limit of the weights under w-clip", live: true }),
  }),
  make: ({ clip }) => weightClipping({ limit: clip }),
});
