import { add, compile, matmul, minimum, mul, relu, reshape, type TensorData } from "../engine/index.js";
import { dense, dropout, type Network, type ParameterSet, sequential } from "../networks/index.js";
import type { Thinning } from "./thinning.js";

/** What rows of a generator weigh, by a classifier of real and generated ones. */
export interface RowWeights {
  /** Numbers of an encoded row. */
  readonly width: number;
  /** The classifier's. */
  readonly parameters: ParameterSet;
  /** What the classifier's part of a weight's logarithm is cut to. */
  readonly limit: number;
  /** What makes the means of columns right, `[width]` (`balancingTilt`). */
  readonly tilt: TensorData;
}

/** How many rows of a generator are to count, and how they are let through. Plain data and named tensors. */
export interface Acceptance extends RowWeights, Thinning {}

/** Gives rows their weights. */
export interface AcceptanceScorer {
  /**
   * @param rows `[n, width]`
   * @returns the logarithms of the rows' weights, `[n]`, for `accept`
   */
  score(rows: Float32Array): Promise<Float32Array>;
  release(): Promise<void>;
}

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

/** Rows that are scored at a time. */
const BATCH = 2048;

/**
 * Prepares to weigh rows. With the classifier's logit l, which estimates log(real density / generated density), a row x has the weight
 *
 *     exp(min(1.1 l, limit) + x tilt)
 */
export async function acceptanceScorer({ width, parameters, limit, tilt }: RowWeights): Promise<AcceptanceScorer> {
  const network = acceptanceNetwork(width);
  const context = { training: false, noise: {}, buffers: {}, update: () => {} };
  const shape = [BATCH, width];
  const program = await compile(
    ({ parameters, rows, tilt }) => {
      const ratio = minimum(mul(network.apply(parameters, rows, context), POWER), limit);
      return { logWeights: add(ratio, matmul(rows, reshape(tilt, [width, 1]))) };
    },
    { parameters, rows: { shape }, tilt },
  );
  return {
    async score(rows) {
      const scores = new Float32Array(rows.length / width);
      for (let start = 0; start < scores.length; start += BATCH) {
        const data = new Float32Array(BATCH * width);
        data.set(rows.subarray(start * width, (start + BATCH) * width));
        const { logWeights } = await program.run({ parameters, rows: { shape, data }, tilt });
        scores.set(logWeights.data.subarray(0, scores.length - start), start);
      }
      return scores;
    },
    release: () => program.release(),
  };
}
