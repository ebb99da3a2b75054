import type { ColumnSchema } from "../schema.js";
import type { Condition } from "./condition.js";
import { syntaxOf } from "./syntax.js";
import { conditionOf } from "./typed.js";

/** One of the conditions that a rule consists of: those that "and" joins are apart. */
export interface Clause {
  /** As it is written, a rule by itself. */
  readonly text: string;
  readonly condition: Condition;
}

/**
 * Reads a rule about columns of the given types: the clauses that it joins by "and", all of which are to hold.
 * @throws InputError where it is not understood, names no column, or compares what cannot be compared
 */
export function clausesOf(rule: string, columns: readonly ColumnSchema[]): readonly Clause[] {
  const names = columns.map(({ name }) => name);
  const clauses = (syntax: ReturnType<typeof syntaxOf>): Clause[] =>
    syntax.kind === "and"
      ? [...clauses(syntax.left), ...clauses(syntax.right)]
      : [{ text: rule.slice(syntax.from, syntax.to), condition: conditionOf(rule, syntax, columns) }];
  return clauses(syntaxOf(rule, names));
}
