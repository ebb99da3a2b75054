import type { ColumnSchema } from "./schema.js";

/** The values that a column of numbers, days or times can be written with. */
export interface Grid {
  /** How far apart two neighbours are at most; 0 where all numbers can be written. */
  readonly unit: number;
  /** The nearest of them; in columns of months and years, the first day of the same. */
  readonly round: (value: number) => number;
}

/** All numbers. */
export const EXACT: Grid = { unit: 0, round: (value) => value };

const MILLISECONDS_PER_DAY = 86_400_000;
/** A float64 has no more decimal digits than this for certain. */
const MOST_DECIMALS = 15;

/** What the values of a column are rounded to when they are written. */
export function gridOf(column: ColumnSchema): Grid {
  switch (column.type) {
    case "decimal":
      return column.decimals === null || column.decimals > MOST_DECIMALS ? EXACT : decimals(column.decimals);
    case "integer":
    case "time":
    case "timestamp":
      return multiples(column.step);
    case "date":
      return { day: multiples(1), month: { unit: 31, round: firstOfMonth }, year: { unit: 366, round: firstOfYear } }[
        column.step
      ];
    default:
      return EXACT;
  }
}

function multiples(unit: number): Grid {
  return { unit, round: (value) => Math.round(value / unit) * unit };
}

function decimals(count: number): Grid {
  // A whole number over a power of ten is the float64 nearest to the decimal number.
  const perUnit = 10 ** count;
  const round = (value: number) => {
    const units = Math.round(value * perUnit);
    return Number.isSafeInteger(units) ? units / perUnit : value;
  };
  return { unit: 1 / perUnit, round };
}

function firstOfMonth(value: number): number {
  const day = dayOf(value);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth()) / MILLISECONDS_PER_DAY;
}

function firstOfYear(value: number): number {
  return Date.UTC(dayOf(value).getUTCFullYear(), 0) / MILLISECONDS_PER_DAY;
}

function dayOf(value: number): Date {
  return new Date(Math.round(value) * MILLISECONDS_PER_DAY);
}
