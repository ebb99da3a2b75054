import { compile, relu } from "../engine/index.js";
import { dense, dropout, type Network, type ParameterSet, sequential } from "../networks/index.js";
import type { Thinning } from "./thinning.js";

/** A trained classifier of real and generated rows, with how it lets rows through. Plain data and named tensors. */
export interface Acceptance extends Thinning {
  /** Numbers of an encoded row. */
  readonly width: number;
  readonly parameters: ParameterSet;
}

/** Gives rows the logit that they are real. */
export interface AcceptanceScorer {
  /**
   * @param rows `[n, width]`
   * @returns `[n]`, in natural units: the estimated logarithm of density real / generated
   */
  score(rows: Float32Array): Promise<Float32Array>;
  release(): Promise<void>;
}

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

/** Prepares to score rows. */
export async function acceptanceScorer({
  width,
  parameters,
}: Omit<Acceptance, keyof Thinning>): Promise<AcceptanceScorer> {
  const network = acceptanceNetwork(width);
  const context = { training: false, noise: {}, buffers: {}, update: () => {} };
  const program = await compile(({ parameters, rows }) => ({ logits: network.apply(parameters, rows, context) }), {
    parameters,
    rows: { shape: [BATCH, width] },
  });
  return {
    async score(rows) {
      const scores = new Float32Array(rows.length / width);
      for (let start = 0; start < scores.length; start += BATCH) {
        const data = new Float32Array(BATCH * width);
        data.set(rows.subarray(start * width, (start + BATCH) * width));
        const { logits } = await program.run({ parameters, rows: { shape: [BATCH, width], data } });
        scores.set(Float32Array.from(logits.data.subarray(0, scores.length - start)), start);
      }
      return scores;
    },
    release: () => program.release(),
  };
}
