import type { Arithmetic, Comparison } from "./syntax.js";

/** What is true of a row, false, or unknown because a value is missing. */
export type Condition =
  | {
      readonly kind: "comparison";
      readonly operator: Comparison;
      readonly left: Quantity;
      readonly right: Quantity;
      /** How far apart two sides are that count as equal, for "=" and "!=": half of the last decimal that a column is written with. */
      readonly tolerance: number;
    }
  /** A column's text is one of several. */
  | { readonly kind: "among"; readonly column: string; readonly texts: readonly string[] }
  /** Two columns have the same text. */
  | { readonly kind: "same"; readonly left: string; readonly right: string }
  | { readonly kind: "missing"; readonly column: string }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition };

/** A number of a row, in the units of its `Table`; NaN where a value is missing. */
export type Quantity =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "negative"; readonly of: Quantity }
  | { readonly kind: "arithmetic"; readonly operator: Arithmetic; readonly left: Quantity; readonly right: Quantity };

/** The names of the columns of which a quantity is made. */
export function columnsOf(quantity: Quantity): readonly string[] {
  switch (quantity.kind) {
    case "constant":
      return [];
    case "column":
      return [quantity.name];
    case "negative":
      return columnsOf(quantity.of);
    case "arithmetic":
      return [...columnsOf(quantity.left), ...columnsOf(quantity.right)];
  }
}
