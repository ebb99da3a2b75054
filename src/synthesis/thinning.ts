import type { Rng } from "../random.js";

/** How rows are let through by their weights. */
export interface Thinning {
  /** The logarithm of the weight from which on every row is kept. */
  readonly logCap: number;
  /** The share of rows that is kept, in (0, 1]. */
  readonly rate: number;
}

/** The share of all weight that may be lost above the cap. */
const CUT = 0.01;

/**
 * How to let rows through in proportion to weights: each by itself with probability min(1, weight / cap), where 1 % of all weight lies above
 * the cap. A single row of huge weight would otherwise cost almost all others.
 * @param logWeights logarithms of the weights of rows as they are made; without any, every row is kept
 */
export function thinning(logWeights: Float32Array): Thinning {
  if (logWeights.length === 0) return { logCap: -Infinity, rate: 1 };
  const falling = logWeights.toSorted().reverse();
  const weights = Float64Array.from(falling, (logWeight) => Math.exp(logWeight - falling[0]!));
  const most = CUT * weights.reduce((sum, weight) => sum + weight, 0);
  let [cut, above] = [0, 0];
  // The largest weights, cut to the next one, lose what they have in sum above so many times it.
  for (let k = 1; k < weights.length; k++) {
    above += weights[k - 1]!;
    if (above - k * weights[k]! > most) break;
    cut = k;
  }
  const logCap = falling[cut]!;
  const rate = logWeights.reduce((sum, logWeight) => sum + keptAt(logWeight, logCap), 0) / logWeights.length;
  return { logCap, rate };
}

/** Which rows are kept: 1 for those, 0 for the others, each drawn by itself. */
export function accept(logWeights: Float32Array, rng: Rng, { logCap }: Pick<Thinning, "logCap">): Uint8Array {
  return Uint8Array.from(logWeights, (logWeight) => (rng.uniform() < keptAt(logWeight, logCap) ? 1 : 0));
}

/** Those of flat rows, `[n, width]`, that are kept, by their marks. */
export function keptRows(rows: Float32Array, width: number, marks: Uint8Array): Float32Array {
  const kept = new Float32Array(width * marks.reduce((sum, mark) => sum + mark, 0));
  let at = 0;
  for (const [row, mark] of marks.entries()) {
    if (mark === 0) continue;
    kept.set(rows.subarray(row * width, (row + 1) * width), at);
    at += width;
  }
  return kept;
}

function keptAt(logWeight: number, logCap: number): number {
  return logWeight >= logCap ? 1 : Math.exp(logWeight - logCap);
}
