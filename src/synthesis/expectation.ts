import { compile, log, matmul, max, softmax, sub } from "../engine/index.js";
import type { CodedColumn } from "./codedColumn.js";

/** A latent class model while it is fitted. The cells of all columns stand below each other. */
export interface ClassModel {
  readonly classes: number;
  /** `[classes]` */
  readonly weights: Float64Array;
  /** `[cells of all columns, classes]` */
  readonly cells: Float64Array;
}

/** What rows are expected to be, under a model. */
export interface Expectation {
  /** Rows of each class, `[classes]`. */
  readonly members: Float64Array;
  /** Rows of each class in each cell, `[cells of all columns, classes]`. */
  readonly counts: Float64Array;
  /** The sum of log p(row), in nats. */
  readonly logLikelihood: number;
}

/** Rows that are computed at a time, and numbers that they may have in one-hot encoding. */
const BATCH_ROWS = 4096;
const BATCH_NUMBERS = 2 ** 24;
/** What the logarithm of 0 counts as: its product with a 0 must not be NaN. */
const LOWEST = Math.log(1e-38);

/**
 * Prepares the expectation step of latent class models on some rows of columns. With rows in one-hot encoding X, and the logarithms L of
 * the model's cells and W of its weights, a batch is two matrix products:
 *
 *     J = X L + W,    R = softmax of J's rows,    counts = X' R,    log p = max J - log max R
 */
export async function expectation(columns: readonly CodedColumn[], rows: Uint32Array, classes: number) {
  const cells = columns.reduce((sum, column) => sum + column.cells, 0);
  const batch = Math.max(1, Math.min(BATCH_ROWS, rows.length, Math.floor(BATCH_NUMBERS / cells)));
  const program = await compile(
    ({ encoded, cells, weights }) => {
      const joint = matmul(encoded, cells, { addend: weights });
      const responsibilities = softmax(joint);
      return {
        counts: matmul(encoded, responsibilities, { transposeA: true }),
        logLikelihoods: sub(max(joint, 1), log(max(responsibilities, 1))),
      };
    },
    { encoded: { shape: [batch, cells] }, cells: { shape: [cells, classes] }, weights: { shape: [1, classes] } },
  );
  const encoded = { shape: [batch, cells], data: new Float32Array(batch * cells) };

  /** Writes rows from `start` on in one-hot encoding. What is left of the batch stays 0, and counts nowhere. */
  function encode(start: number): number {
    const count = Math.min(batch, rows.length - start);
    encoded.data.fill(0);
    let first = 0;
    for (const column of columns) {
      for (let i = 0; i < count; i++) encoded.data[i * cells + first + column.codes[rows[start + i]!]!] = 1;
      first += column.cells;
    }
    return count;
  }

  return {
    async run(model: ClassModel, signal?: AbortSignal): Promise<Expectation> {
      const logarithms = {
        cells: { shape: [cells, classes], data: logarithmsOf(model.cells) },
        weights: { shape: [1, classes], data: logarithmsOf(model.weights) },
      };
      const counts = new Float64Array(cells * classes);
      let logLikelihood = 0;
      for (let start = 0; start < rows.length; start += batch) {
        signal?.throwIfAborted();
        const count = encode(start);
        const found = await program.run({ encoded, ...logarithms });
        for (let at = 0; at < counts.length; at++) counts[at]! += found.counts.data[at]!;
        for (let i = 0; i < count; i++) logLikelihood += found.logLikelihoods.data[i]!;
      }
      return { members: membersOf(counts), counts, logLikelihood };
    },
    release: () => program.release(),
  };

  /** Every row has one cell of the first column. */
  function membersOf(counts: Float64Array): Float64Array {
    const members = new Float64Array(classes);
    const end = (columns[0]?.cells ?? 0) * classes;
    for (let at = 0; at < end; at++) members[at % classes]! += counts[at]!;
    return members;
  }
}

function logarithmsOf(probabilities: Float64Array): Float32Array {
  const logarithms = new Float32Array(probabilities.length);
  for (let at = 0; at < logarithms.length; at++) logarithms[at] = Math.max(Math.log(probabilities[at]!), LOWEST);
  return logarithms;
}
