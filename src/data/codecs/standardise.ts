import { z } from "zod";
import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import type { Coding, Column } from "./coding.js";

/** Every column becomes `(value - mean) / deviation`, in float64. */
export interface Standardise {
  readonly kind: "standardise";
  readonly columns: readonly StandardisedColumn[];
}

export interface StandardisedColumn extends Column {
  readonly mean: number;
  /** Above zero. */
  readonly deviation: number;
}

export const standardiseSchema = z.strictObject({
  kind: z.literal("standardise"),
  columns: z
    .array(
      z.strictObject({
        name: z.string(),
        decimals: z.int().min(0).nullable(),
        range: z.tuple([z.number(), z.number()]).nullable(),
        mean: z.number(),
        deviation: z.number().positive(),
      }),
    )
    .min(1),
}) satisfies z.ZodType<Standardise>;

export function standardiseCoding({ columns }: Standardise): Coding {
  const width = columns.length;
  return {
    encode(rows) {
      const samples = new Float32Array(rows.length);
      for (const [place, { mean, deviation }] of columns.entries())
        for (let i = place; i < samples.length; i += width) samples[i] = (rows[i]! - mean) / deviation;
      return samples;
    },
    decode(samples, { round = true, clamp = true }) {
      const values = new Float64Array(samples.length);
      for (const [place, { mean, deviation, decimals, range }] of columns.entries()) {
        const [lowest, highest] = (clamp ? range : null) ?? [-Infinity, Infinity];
        const parts = round && decimals !== null ? 10 ** decimals : null;
        for (let i = place; i < samples.length; i += width) {
          const value = Math.min(highest, Math.max(lowest, samples[i]! * deviation + mean));
          values[i] = parts === null ? value : nearestPart(value, parts);
        }
      }
      return values;
    },
    columns,
  };
}

/** The multiple of `1 / parts` that is nearest to a number; the number where it is so large that it has no digits to lose. */
function nearestPart(value: number, parts: number): number {
  const multiple = value * parts;
  // Adding zero takes the sign from a zero.
  return Math.abs(multiple) < Number.MAX_SAFE_INTEGER ? Math.round(multiple) / parts + 0 : value;
}

/** A table of numbers. */
export interface NumberTable {
  readonly columns: readonly string[];
  /** `[rows, columns]`, flat, all finite. */
  readonly values: readonly number[] | Float64Array;
}

/** As in SDV: beyond it the digits are those of a measurement that was never rounded, or of arithmetic. */
const MOST_DECIMALS = 14;
/** Below this a float64 has fewer digits. */
const SMALLEST_DEVIATION = 2 ** -1022;

/**
 * The codec that standardises a table by the mean and deviation of each column over all rows, in float64. Of n rows none is further than
 * sqrt(n) from zero then, so every float64 has a place in float32.
 * @param name of the table, for messages
 * @throws InputError for a single row, a column that never changes, and one whose extent is not a normal float64
 */
export function standardise(name: string, { columns: names, values }: NumberTable): Standardise {
  const width = names.length;
  const rows = values.length / width;
  if (rows === 1) throw new InputError(`${name} has one row; give at least two, which differ in every column.`);
  const columns = names.map((column, place) => {
    const of = Float64Array.from({ length: rows }, (_, row) => values[row * width + place]!);
    return { ...describeColumn(column, of), ...momentsOf(`${name}, column ${quoted(column)},`, of) };
  });
  return { kind: "standardise", columns };
}

/** What the values of a column, all finite, have in common. */
export function describeColumn(name: string, values: Float64Array): Column {
  let decimals = 0;
  for (const value of values) while (decimals <= MOST_DECIMALS && !hasDecimals(value, decimals)) decimals++;
  return { name, decimals: decimals > MOST_DECIMALS ? null : decimals, range: rangeOf(values) };
}

/** Whether a number is the float64 that is nearest to one of so many decimals. Both parts of the quotient are exact, so it is. */
function hasDecimals(value: number, decimals: number): boolean {
  return Number.isInteger(value) || Math.round(value * 10 ** decimals) / 10 ** decimals === value;
}

function rangeOf(values: Float64Array): [number, number] {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [lowest, highest] = [Math.min(lowest, value), Math.max(highest, value)];
  return [lowest, highest];
}

function momentsOf(found: string, values: Float64Array): Pick<StandardisedColumn, "mean" | "deviation"> {
  const [lowest, highest] = rangeOf(values);
  const extent = highest - lowest;
  if (extent === 0)
    throw new InputError(
      `${found} holds ${lowest} in each of its ${values.length} rows; remove a column that never changes.`,
    );
  if (extent === Number.POSITIVE_INFINITY)
    throw new InputError(`${found} reaches from ${lowest} to ${highest}, too far for a 64-bit float; divide it by 10.`);
  // Places in the range, from 0 to 1, have squares that neither overflow nor vanish.
  const places = values.map((value) => (value - lowest) / extent);
  const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
  const squares = places.reduce((sum, place) => sum + (place - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / places.length) * extent;
  if (deviation < SMALLEST_DEVIATION)
    throw new InputError(`${found} varies by ${extent} only, which a 64-bit float cannot divide; multiply it by 1e16.`);
  return { mean: lowest + mean * extent, deviation };
}
