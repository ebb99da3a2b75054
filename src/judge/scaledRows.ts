import type { NumberColumn, Table } from "../tables/table.js";
import { distribution } from "./levels.js";

/** Rows whose distances can be measured fast. */
export interface ScaledRows {
  readonly rows: number;
  /** `[rows, codeCount]`; -1 where missing. */
  readonly codes: Int32Array;
  readonly codeCount: number;
  /** `[rows, numberCount]`, those of the real table from 0 to 1, missing ones far below. */
  readonly numbers: Float32Array;
  readonly numberCount: number;
}

/** How numbers are brought to about 0 to 1: by the range of the real column, or to its quantiles. */
export type Scaling = "range" | "quantile";

/** More than 1 from all others, so that it differs wholly from them, and not at all from itself. */
const MISSING = -4;

/**
 * Prepares tables for `rowDistance`.
 * @param real sets the scale of numbers
 */
export function rowScaler(real: Table, scaling: Scaling): (table: Table) => ScaledRows {
  const scales = real.columns.map((column) => {
    if (column.kind === "categories") return null;
    return scaling === "range" ? rangeScale(column) : distribution(column.values).quantile;
  });
  return ({ rows, columns }) => {
    const codeCount = columns.filter(({ kind }) => kind === "categories").length;
    const numberCount = columns.length - codeCount;
    const codes = new Int32Array(rows * codeCount);
    const numbers = new Float32Array(rows * numberCount);
    let [code, number] = [0, 0];
    columns.forEach((column, k) => {
      const scale = scales[k];
      if (column.kind === "categories") {
        for (let i = 0; i < rows; i++) codes[i * codeCount + code] = column.codes[i]!;
        code++;
      } else if (scale) {
        for (let i = 0; i < rows; i++) {
          const value = column.values[i]!;
          // No real number is further than 1 from those beyond -1 and 2.
          numbers[i * numberCount + number] = Number.isNaN(value) ? MISSING : Math.min(2, Math.max(-1, scale(value)));
        }
        number++;
      }
    });
    return { rows, codes, codeCount, numbers, numberCount };
  };
}

function rangeScale({ values }: NumberColumn): (value: number) => number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  // All other numbers are wholly different from the only one of a constant column.
  if (!(least < most)) return (value) => (value === least ? 0 : 2);
  return (value) => (value - least) / (most - least);
}

/**
 * Gower's distance of two rows, the mean over the columns of what differs: of numbers the scaled difference, at most 1; of categories 1 where
 * they differ; 1 where one is missing and 0 where both are.
 * @param enough from where on the distance need not be exact, only no less. Default: 1, so that it always is.
 * @returns from 0 for equal rows to 1
 *
 * Source: Gower, "A general coefficient of similarity and some of its properties", Biometrics 27(4), 1971.
 */
export function rowDistance(a: ScaledRows, i: number, b: ScaledRows, j: number, enough = 1): number {
  const { codeCount, numberCount } = a;
  const columns = codeCount + numberCount;
  const [ac, bc, an, bn] = [i * codeCount, j * codeCount, i * numberCount, j * numberCount];
  const end = enough * columns;
  let sum = 0;
  for (let k = 0; k < codeCount && sum < end; k++) if (a.codes[ac + k] !== b.codes[bc + k]) sum++;
  for (let k = 0; k < numberCount && sum < end; k++) {
    const difference = Math.abs(a.numbers[an + k]! - b.numbers[bn + k]!);
    sum += difference < 1 ? difference : 1;
  }
  return sum / columns;
}
