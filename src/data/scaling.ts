/** How each of `center.length` columns goes to training units: `(value - center) / spread`. */
export interface Scaling {
  readonly center: readonly number[];
  /** Above zero. */
  readonly spread: readonly number[];
}

/** Rows in their own units, flat `[rows, columns]`, to training units. */
export function scale(rows: ArrayLike<number>, { center, spread }: Scaling): Float32Array {
  const columns = center.length;
  return Float32Array.from(rows, (value, i) => (value - center[i % columns]!) / spread[i % columns]!);
}

/** Undoes `scale`: rows in training units, flat `[rows, columns]`, to their own. */
export function unscale(rows: Float32Array, { center, spread }: Scaling): Float32Array {
  const columns = center.length;
  return rows.map((value, i) => value * spread[i % columns]! + center[i % columns]!);
}
