import {
  add,
  type CompileOptions,
  constant,
  mapTree,
  matmul,
  minimum,
  mul,
  relu,
  reshape,
  type TensorData,
} from "../engine/index.js";
import { dense, dropout, type Network, type ParameterSet, sequential } from "../networks/index.js";
import { type RowFunction, type RowView, rowFunction } from "./rowFunction.js";
import type { Thinning } from "./thinning.js";

/** What rows of a generator weigh, by a classifier of real and generated ones. */
export interface RowWeights {
  /** Numbers of an encoded row. */
  readonly width: number;
  /** The classifier's. */
  readonly parameters: ParameterSet;
  /** What the classifier's part of a weight's logarithm is cut to. */
  readonly limit: number;
  /** What makes the means of what is seen right (`balancingTilt`), `[width of the view]`. */
  readonly tilt: TensorData;
}

/** How many rows of a generator are to count, and how they are let through. Plain data and named tensors. */
export interface Acceptance extends RowWeights, Thinning {}

/**
 * The power of the estimated ratio of densities that weights are. Above 1 it makes up for smoothed labels, which hold logits back.
 */
const POWER = 1.1;

/** Neurons of each of the two hidden layers, and the share of them that each update of training leaves out. */
const HIDDEN = 256;
const LEFT_OUT = 0.2;

/** The classifier: `[n, width]` to logits `[n, 1]`. */
export function acceptanceNetwork(width: number): Network {
  return sequential(
    ["dense1", dense(width, HIDDEN)],
    relu,
    ["dropout1", dropout(HIDDEN, LEFT_OUT)],
    ["dense2", dense(HIDDEN, HIDDEN)],
    relu,
    ["dropout2", dropout(HIDDEN, LEFT_OUT)],
    ["dense3", dense(HIDDEN, 1)],
  );
}

/**
 * Prepares to weigh rows: `run` gives the logarithms of their weights, `[n]`, for `accept`. With the classifier's logit l, which estimates
 * log(real density / generated density), and what is seen of a row, x, the weight is
 *
 *     exp(min(1.1 l, limit) + x tilt)
 *
 * @param view that it was trained with. Default: the row as it is.
 */
export function acceptanceScorer(
  weights: RowWeights,
  view: RowView = plainView(weights.width),
  options: Pick<CompileOptions, "threads"> = {},
): Promise<RowFunction> {
  const network = acceptanceNetwork(view.width);
  const context = { training: false, noise: {}, buffers: {}, update: () => {} };
  const logWeights: RowView = {
    width: 1,
    of(rows) {
      const seen = view.of(rows);
      const parameters = mapTree(weights.parameters, (value: TensorData) => constant(value));
      const ratio = minimum(mul(network.apply(parameters, seen, context), POWER), weights.limit);
      return add(ratio, matmul(seen, reshape(constant(weights.tilt), [view.width, 1])));
    },
  };
  return rowFunction(weights.width, logWeights, options);
}

/** Rows as they are. */
export function plainView(width: number): RowView {
  return { width, of: (rows) => rows };
}
