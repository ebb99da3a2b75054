import { type Condition, columnsOf, type Quantity } from "./condition.js";

/** What a clause says of one column: what it equals, or is at least or at most, as computed from others. */
export interface Derivation {
  readonly column: string;
  readonly relation: "equal" | "above" | "at least" | "below" | "at most";
  /** What it is computed from: at least one other column, and not itself. */
  readonly base: Quantity;
}

/** What a clause says of the columns that stand alone on one of its sides, the one that is best derived first: the left of an equation, the greater. */
export function derivationsOf(condition: Condition): readonly Derivation[] {
  if (condition.kind !== "comparison") return [];
  const { left, right, operator } = condition;
  switch (operator) {
    case "=":
      return [...derived(left, "equal", right), ...derived(right, "equal", left)];
    case "<=":
      return [...derived(right, "at least", left), ...derived(left, "at most", right)];
    case "<":
      return [...derived(right, "above", left), ...derived(left, "below", right)];
    case ">=":
      return [...derived(left, "at least", right), ...derived(right, "at most", left)];
    case ">":
      return [...derived(left, "above", right), ...derived(right, "below", left)];
    case "!=":
      return [];
  }
}

function derived(side: Quantity, relation: Derivation["relation"], base: Quantity): readonly Derivation[] {
  if (side.kind !== "column") return [];
  const bases = columnsOf(base);
  return bases.length === 0 || bases.includes(side.name) ? [] : [{ column: side.name, relation, base }];
}
