import type { ColumnSchema } from "./schema.js";
import { kindOf } from "./types/catalogue.js";

/** The values that a column of numbers, days or times can be written with. */
export interface Grid {
  /** How far apart two neighbours are at most; 0 where all numbers can be written. */
  readonly unit: number;
  /** The nearest of them, and never -0. */
  readonly round: (value: number) => number;
  /** One of them that is near and looks like the data's, with fewer decimals as often. */
  readonly natural: (value: number) => number;
}

/** All numbers. */
export const EXACT: Grid = { unit: 0, round: (value) => value, natural: (value) => value };

const DAYS = { day: 1, month: 31, year: 366 };

/** What the values of a column are rounded to when they are written. */
export function gridOf(column: ColumnSchema): Grid {
  const kind = kindOf(column);
  const [round, natural] = [kind.round(column), kind.natural(column)];
  return { unit: unitOf(column), round: (value) => round(value) + 0, natural: (value) => natural(value) + 0 };
}

function unitOf(column: ColumnSchema): number {
  switch (column.type) {
    case "decimal":
      return column.decimals === null ? 0 : 10 ** -column.decimals;
    case "date":
      return DAYS[column.step];
    case "integer":
    case "time":
    case "timestamp":
      return column.step;
    default:
      return 0;
  }
}
