import { gridOf } from "../rounding.js";
import type { ColumnSchema } from "../schema.js";
import type { Quantity } from "./condition.js";
import type { Arithmetic } from "./syntax.js";

/** What a quantity counts: numbers as they are, days since 1970-01-01, seconds since midnight, milliseconds since 1970-01-01T00:00Z. */
export type Unit = "number" | "date" | "time" | "timestamp";

export interface Amount {
  readonly quantity: Quantity;
  readonly unit: Unit;
  /** The first column that it is made of: text beside it is read as that column is written. */
  readonly like?: ColumnSchema | undefined;
}

const MILLISECONDS_PER_SECOND = 1000;
const MILLISECONDS_PER_DAY = 86_400_000;

/** What the values of a column count; `undefined` where they are text. */
export function unitOf({ type }: ColumnSchema): Unit | undefined {
  if (type === "integer" || type === "decimal") return "number";
  return type === "date" || type === "time" || type === "timestamp" ? type : undefined;
}

/**
 * Two amounts computed with each other; `undefined` where that means nothing. Days differ by days, times and moments by seconds, and as
 * many can be added to them or subtracted.
 */
export function computed(operator: Arithmetic, left: Amount, right: Amount): Amount | undefined {
  const like = left.like ?? right.like;
  const [ofLeft, ofRight] = [left.unit === "number", right.unit === "number"];
  const result = (unit: Unit, one: Quantity, other: Quantity): Amount => ({
    quantity: { kind: "arithmetic", operator, left: one, right: other },
    unit,
    like,
  });
  if (ofLeft && ofRight) return result("number", left.quantity, right.quantity);
  if (operator !== "+" && operator !== "-") return undefined;
  if (ofRight) return result(left.unit, left.quantity, scaled(right.quantity, perSecond(left.unit)));
  if (ofLeft)
    return operator === "+"
      ? result(right.unit, scaled(left.quantity, perSecond(right.unit)), right.quantity)
      : undefined;
  const pair = operator === "-" ? inOneUnit(left, right) : undefined;
  if (!pair) return undefined;
  const difference = result("number", pair[0].quantity, pair[1].quantity);
  return { ...difference, quantity: scaled(difference.quantity, 1 / perSecond(pair[0].unit)) };
}

/** Two amounts that can be compared, in one unit: a day beside a moment is its midnight in UTC. `undefined` where they cannot be. */
export function inOneUnit(left: Amount, right: Amount): readonly [Amount, Amount] | undefined {
  if (left.unit === right.unit) return [left, right];
  if (left.unit === "date" && right.unit === "timestamp") return [atMidnight(left), right];
  if (left.unit === "timestamp" && right.unit === "date") return [left, atMidnight(right)];
  return undefined;
}

/** How far from what is computed a column may be that is written with so many decimals: half of the last; 0 where nothing is computed. */
export function tolerance(left: Amount, right: Amount): number {
  const half = (one: Amount, other: Amount) =>
    one.like && one.quantity.kind === "column" && other.quantity.kind !== "constant" ? gridOf(one.like).unit / 2 : 0;
  return Math.max(half(left, right), half(right, left));
}

function atMidnight(day: Amount): Amount {
  return { ...day, quantity: scaled(day.quantity, MILLISECONDS_PER_DAY), unit: "timestamp" };
}

function perSecond(unit: Unit): number {
  return unit === "timestamp" ? MILLISECONDS_PER_SECOND : 1;
}

function scaled(quantity: Quantity, factor: number): Quantity {
  if (factor === 1) return quantity;
  if (quantity.kind === "constant") return { kind: "constant", value: quantity.value * factor };
  return factor < 1
    ? { kind: "arithmetic", operator: "/", left: quantity, right: { kind: "constant", value: 1 / factor } }
    : { kind: "arithmetic", operator: "*", left: quantity, right: { kind: "constant", value: factor } };
}
