import { InputError } from "../../errors.js";
import { nearest } from "../../nearest.js";
import { listed, quoted } from "../../quoting.js";
import { isModelled } from "../isModelled.js";
import { readValue } from "../readValue.js";
import type { ColumnOf, ColumnSchema } from "../schema.js";
import { type Amount, computed, inOneUnit, tolerance, type Unit, unitOf } from "./amount.js";
import type { Condition } from "./condition.js";
import type { Syntax } from "./syntax.js";

type CategorySchema = ColumnOf<"category" | "boolean">;
type Node<Kind extends Syntax["kind"]> = Extract<Syntax, { kind: Kind }>;

/** What stands on one side of a sign. A number may also be the text of a category. */
type Operand =
  | { readonly kind: "amount"; readonly amount: Amount; readonly text?: string }
  | { readonly kind: "category"; readonly column: CategorySchema }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "truth"; readonly isTrue: boolean };

const nouns: Readonly<Record<Unit, string>> = {
  number: "a number",
  date: "a day",
  time: "a time of day",
  timestamp: "a moment",
};

/**
 * The condition that a rule states about columns of the given types.
 * @throws InputError where it names no column, or compares what cannot be compared
 */
export function conditionOf(rule: string, syntax: Syntax, columns: readonly ColumnSchema[]): Condition {
  const refuse = (reason: string) => new InputError(`The rule ${quoted(rule)} cannot be checked: ${reason}.`);
  const shown = ({ from, to }: Syntax) => quoted(rule.slice(from, to));
  const didYouMean = (text: string, names: readonly string[]) => {
    const meant = nearest(text, names);
    return meant === undefined ? "" : `, did you mean ${quoted(meant)}?`;
  };
  const names = columns.map(({ name }) => name);

  const condition = (node: Syntax): Condition => {
    switch (node.kind) {
      case "and":
      case "or":
        return { kind: node.kind, left: condition(node.left), right: condition(node.right) };
      case "not":
        return { kind: "not", of: condition(node.of) };
      case "missing":
        return missing(node.of);
      case "comparison":
        return comparison(node);
      default: {
        const alone = operand(node);
        if (alone.kind === "category" && alone.column.type === "boolean") return among(alone.column, true);
        throw refuse(`${shown(node)} by itself is neither true nor false; compare it with something`);
      }
    }
  };

  const missing = (of: Syntax): Condition => {
    const column = of.kind === "column" ? schemaOf(of.text) : undefined;
    if (of.kind === "word") throw noColumn(of.text);
    if (!column) throw refuse(`${shown(of)} is not a column, and only a column can be missing`);
    if (!isModelled(column)) throw notLearned(column);
    return { kind: "missing", column: column.name };
  };

  const comparison = (node: Node<"comparison">): Condition => {
    const [left, right] = [operand(node.left), operand(node.right)];
    const isEquation = node.operator === "=" || node.operator === "!=";
    const category = [left, right].find((one) => one.kind === "category");
    if (category) {
      if (!isEquation)
        throw refuse(`${shown(node)} asks for the order of texts, which can only be compared by = and !=`);
      const same = category === left ? sameText(category.column, right) : sameText(category.column, left);
      return node.operator === "=" ? same : { kind: "not", of: same };
    }
    const [one, other] = amounts(left, right, node);
    const pair = inOneUnit(one, other);
    if (!pair)
      throw refuse(
        `${shown(node.left)} is ${nouns[one.unit]} and ${shown(node.right)} is ${nouns[other.unit]}; they cannot be compared`,
      );
    return {
      kind: "comparison",
      operator: node.operator,
      left: pair[0].quantity,
      right: pair[1].quantity,
      tolerance: isEquation ? tolerance(...pair) : 0,
    };
  };

  const sameText = (column: CategorySchema, other: Operand): Condition => {
    if (other.kind === "category") return { kind: "same", left: column.name, right: other.column.name };
    if (other.kind === "truth") {
      if (column.type === "boolean") return among(column, other.isTrue);
      throw refuse(`${quoted(column.name)} is text, and never true or false`);
    }
    if (other.text === undefined)
      throw refuse(`${quoted(column.name)} is text, which cannot be compared with a number`);
    const { name } = column;
    const categories: readonly string[] = column.categories;
    if (categories.includes(other.text)) return { kind: "among", column: name, texts: [other.text] };
    if (column.type === "category" && column.pooled?.texts.includes(other.text))
      throw refuse(`${quoted(other.text)} is one of the rare texts of ${quoted(name)} that are learned as one`);
    const guess = didYouMean(other.text, categories) || ".";
    throw refuse(`${quoted(name)} is never ${quoted(other.text)}${guess} It is one of ${listed(categories)}`);
  };

  const among = ({ name, categories: [no = "", yes = ""] }: CategorySchema, isTrue: boolean): Condition => ({
    kind: "among",
    column: name,
    texts: [isTrue ? yes : no],
  });

  const operand = (node: Syntax): Operand => {
    switch (node.kind) {
      case "number":
        return { kind: "amount", amount: constant(Number(node.text), "number"), text: node.text };
      case "text":
        return { kind: "text", text: node.text };
      case "word":
        if (node.text !== "true" && node.text !== "false") throw noColumn(node.text);
        return { kind: "truth", isTrue: node.text === "true" };
      case "column":
        return columnOperand(schemaOf(node.text));
      case "negative": {
        const of = operand(node.of);
        if (of.kind !== "amount" || of.amount.unit !== "number")
          throw refuse(`${shown(node.of)} is not a number, and cannot follow a minus sign`);
        return { kind: "amount", amount: { ...of.amount, quantity: { kind: "negative", of: of.amount.quantity } } };
      }
      case "arithmetic": {
        const [left, right] = amounts(operand(node.left), operand(node.right), node);
        const amount = computed(node.operator, left, right);
        if (amount) return { kind: "amount", amount };
        throw refuse(`${shown(node)} computes with ${nouns[left.unit]} and ${nouns[right.unit]}, which means nothing`);
      }
      default:
        throw refuse(`${shown(node)} is true or false, and cannot be compared or computed with`);
    }
  };

  const columnOperand = (column: ColumnSchema): Operand => {
    const unit = unitOf(column);
    if (unit)
      return { kind: "amount", amount: { quantity: { kind: "column", name: column.name }, unit, like: column } };
    if (column.type === "category" || column.type === "boolean") return { kind: "category", column };
    throw notLearned(column);
  };

  const amounts = (left: Operand, right: Operand, node: Node<"comparison" | "arithmetic">) =>
    [amount(left, right, node.left, node.right), amount(right, left, node.right, node.left)] as const;

  /** An operand as an amount: text is read as the column beside it is written. */
  const amount = (one: Operand, beside: Operand, node: Syntax, besideNode: Syntax): Amount => {
    if (one.kind === "amount") return one.amount;
    if (one.kind !== "text") throw refuse(`${shown(node)} is not a number, day or time, and cannot be computed with`);
    if (beside.kind !== "amount" || !beside.amount.like)
      throw refuse(`the text ${quoted(one.text)} has no column beside it that says what it means`);
    const { like, unit } = beside.amount;
    const value = unit === "number" ? undefined : readValue(like, one.text);
    if (value !== undefined) return constant(value, unit);
    const guess = didYouMean(one.text, names);
    throw refuse(
      `${shown(besideNode)} is ${nouns[unit]}, and the text ${quoted(one.text)} is none and no column either${guess}`,
    );
  };

  const constant = (value: number, unit: Unit): Amount => ({ quantity: { kind: "constant", value }, unit });

  const schemaOf = (name: string): ColumnSchema => {
    const found = columns.find((column) => column.name === name);
    if (!found) throw noColumn(name);
    return found;
  };
  const noColumn = (name: string) => {
    const guess = didYouMean(name, names) || ".";
    return refuse(`there is no column ${quoted(name)}${guess} Text is put in quotes`);
  };
  const notLearned = ({ name, type }: ColumnSchema) =>
    refuse(
      type === "constant"
        ? `${quoted(name)} is the same in all rows`
        : `${quoted(name)} is made up for each row, so it has no known values`,
    );

  return condition(syntax);
}
