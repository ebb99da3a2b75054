import { categoriesIn, columnIn, numbersIn } from "../columnIn.js";
import type { Table } from "../table.js";
import type { Condition, Quantity } from "./condition.js";
import type { Arithmetic, Comparison } from "./syntax.js";

export const FALSE = 0;
export const TRUE = 1;
/** What is said of a missing value. */
export const UNKNOWN = 2;

/** What rounding leaves of an arithmetic expression, relative to the largest of its terms. */
const ROUNDING = 1e-14;

/** What a condition says of each row, `[rows]`: `FALSE`, `TRUE` or `UNKNOWN`. */
export function truthOf(condition: Condition, table: Table): Uint8Array {
  switch (condition.kind) {
    case "comparison": {
      const [left, right] = [valuesOf(condition.left, table), valuesOf(condition.right, table)];
      const isEquation = condition.operator === "=" || condition.operator === "!=";
      const slack = slackOf(condition.left, condition.right, table);
      return compared(condition.operator, left, right, slack, isEquation ? condition.tolerance : 0);
    }
    case "among": {
      const { categories, codes } = categoriesIn(table, condition.column);
      const isAmong = categories.map((text) => (condition.texts.includes(text) ? TRUE : FALSE));
      return truths(table.rows, (row) => isAmong[codes[row] ?? -1] ?? UNKNOWN);
    }
    case "same": {
      const [left, right] = [categoriesIn(table, condition.left), categoriesIn(table, condition.right)];
      const places = new Map(left.categories.map((text, place) => [text, place]));
      const placeInLeft = right.categories.map((text) => places.get(text));
      return truths(table.rows, (row) => {
        const [code, other] = [left.codes[row] ?? -1, right.codes[row] ?? -1];
        if (code < 0 || other < 0) return UNKNOWN;
        return placeInLeft[other] === code ? TRUE : FALSE;
      });
    }
    case "missing": {
      const column = columnIn(table, condition.column);
      return column.kind === "numbers"
        ? truths(table.rows, (row) => (Number.isNaN(column.values[row]) ? TRUE : FALSE))
        : truths(table.rows, (row) => ((column.codes[row] ?? -1) < 0 ? TRUE : FALSE));
    }
    case "not":
      return truthOf(condition.of, table).map((truth) => (truth === UNKNOWN ? UNKNOWN : 1 - truth));
    case "and":
      return joined(truthOf(condition.left, table), truthOf(condition.right, table), FALSE);
    case "or":
      return joined(truthOf(condition.left, table), truthOf(condition.right, table), TRUE);
  }
}

function truths(rows: number, truth: (row: number) => number): Uint8Array {
  const said = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) said[row] = truth(row);
  return said;
}

/** "and" is false where one side is, "or" true where one side is: `decisive` settles it, and else what is unknown stays so. */
function joined(left: Uint8Array, right: Uint8Array, decisive: number): Uint8Array {
  return left.map((one, row) => {
    const other = right[row] ?? UNKNOWN;
    if (one === decisive || other === decisive) return decisive;
    return one === UNKNOWN || other === UNKNOWN ? UNKNOWN : 1 - decisive;
  });
}

/** `slack`, `[rows]` where there is any, is what rounding may have changed; equal values count as equal within it and `tolerance`. */
function compared(
  operator: Comparison,
  left: Float64Array,
  right: Float64Array,
  slack: Float64Array | undefined,
  tolerance: number,
): Uint8Array {
  const holds = holdsBy[operator];
  return truths(left.length, (row) => {
    const difference = (left[row] ?? NaN) - (right[row] ?? NaN);
    if (Number.isNaN(difference)) return UNKNOWN;
    const isEqual = Math.abs(difference) <= tolerance * (1 + 1e-9) + (slack?.[row] ?? 0);
    return holds(isEqual ? 0 : difference) ? TRUE : FALSE;
  });
}

const holdsBy: Readonly<Record<Comparison, (difference: number) => boolean>> = {
  "=": (difference) => difference === 0,
  "!=": (difference) => difference !== 0,
  "<": (difference) => difference < 0,
  "<=": (difference) => difference <= 0,
  ">": (difference) => difference > 0,
  ">=": (difference) => difference >= 0,
};

/** The values of a quantity, `[rows]`: NaN where a value is missing, divided by zero or too large for a float64. */
export function valuesOf(quantity: Quantity, table: Table): Float64Array {
  return evaluated(quantity, table, operations);
}

/**
 * How far apart the values of two quantities may be by rounding alone, `[rows]`, so that 0.1 + 0.2 counts as 0.3; `undefined` where no
 * arithmetic is done and values are compared as they are.
 */
export function slackOf(left: Quantity, right: Quantity, table: Table): Float64Array | undefined {
  if (![left, right].some(({ kind }) => kind === "arithmetic")) return undefined;
  const [one, other] = [evaluated(left, table, magnitudes), evaluated(right, table, magnitudes)];
  return one.map((magnitude, row) => ROUNDING * Math.max(magnitude, other[row] ?? 0));
}

interface Operations extends Readonly<Record<Arithmetic, (left: number, right: number) => number>> {
  /** What becomes of a column's values and of constants; without it they stay as they are. */
  readonly term?: (value: number) => number;
  readonly negative: (value: number) => number;
}

const operations: Operations = {
  negative: (value) => -value,
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
};

/** The same with terms that do not cancel. */
const magnitudes: Operations = {
  ...operations,
  term: Math.abs,
  negative: Math.abs,
  "-": (left, right) => left + right,
};

function evaluated(quantity: Quantity, table: Table, how: Operations): Float64Array {
  switch (quantity.kind) {
    case "constant":
      return new Float64Array(table.rows).fill(how.term?.(quantity.value) ?? quantity.value);
    case "column": {
      const { values } = numbersIn(table, quantity.name);
      return how.term ? values.map(how.term) : values;
    }
    case "negative":
      return evaluated(quantity.of, table, how).map(how.negative);
    case "arithmetic": {
      const [left, right] = [evaluated(quantity.left, table, how), evaluated(quantity.right, table, how)];
      const operation = how[quantity.operator];
      return left.map((value, row) => {
        const result = operation(value, right[row] ?? NaN);
        return Number.isFinite(result) ? result : NaN;
      });
    }
  }
}
