import type { Column } from "./columns.js";

/** How each of `center.length` columns goes to training units: `(value - center) / spread`, in float64. */
export interface Scaling {
  readonly center: readonly number[];
  /** Above zero. */
  readonly spread: readonly number[];
}

export interface OriginalUnitsOptions {
  /** Round each column to the decimals that its data has (SDV: `enforce_rounding`). Default: true. */
  readonly round?: boolean | undefined;
  /** Keep each column inside the range of its data (SDV: `enforce_min_max_values`). Default: true. */
  readonly clamp?: boolean | undefined;
}

/** What data says of its units: `null` and `undefined` mean that there is nothing to undo. */
interface Units {
  readonly scaling?: Scaling | null | undefined;
  readonly columns?: readonly Column[] | null | undefined;
}

/** Rows in their own units, flat `[rows, columns]`, to training units. */
export function scale(rows: ArrayLike<number>, { center, spread }: Scaling): Float32Array {
  const columns = center.length;
  return Float32Array.from(rows, (value, i) => (value - center[i % columns]!) / spread[i % columns]!);
}

/**
 * Samples in the units of the data: `value * spread + center` in each column, in float64, rounded and clamped as the data's columns say.
 * Samples of data without scaling (images) are in its units already.
 * @param units a `Dataset`, or what a saved run keeps of one
 * @param samples in training units, flat `[count, ...sample]`
 */
export function toOriginalUnits(
  { scaling, columns }: Units,
  samples: Float32Array,
  { round = true, clamp = true }: OriginalUnitsOptions = {},
): Float64Array {
  if (!scaling) return Float64Array.from(samples);
  const { center, spread } = scaling;
  const width = center.length;
  const values = new Float64Array(samples.length);
  for (let column = 0; column < width; column++) {
    const { decimals = null, range = null } = columns?.[column] ?? {};
    const [lowest, highest] = (clamp ? range : null) ?? [-Infinity, Infinity];
    const parts = round && decimals !== null ? 10 ** decimals : null;
    for (let i = column; i < samples.length; i += width) {
      const value = Math.min(highest, Math.max(lowest, samples[i]! * spread[column]! + center[column]!));
      values[i] = parts === null ? value : nearestPart(value, parts);
    }
  }
  return values;
}

/** The multiple of `1 / parts` that is nearest to a number; the number where it is so large that it has no digits to lose. */
function nearestPart(value: number, parts: number): number {
  const multiple = value * parts;
  // Adding zero takes the sign from a zero.
  return Math.abs(multiple) < Number.MAX_SAFE_INTEGER ? Math.round(multiple) / parts + 0 : value;
}
