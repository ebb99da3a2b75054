import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import { columnIn } from "../columnIn.js";
import { knownColumn } from "../knownColumn.js";
import { gridOf } from "../rounding.js";
import { columnsOf } from "../rules/condition.js";
import { type Derivation, derivationsOf } from "../rules/derivation.js";
import { FALSE, truthOf } from "../rules/evaluate.js";
import { type Clause, clausesOf } from "../rules/rule.js";
import type { TableSchema } from "../schema.js";
import type { Table } from "../table.js";
import { learnComputed } from "./computed.js";
import { learnGap } from "./gap.js";
import { ownColumns, type ReshapingStep } from "./step.js";
import { learnTogether } from "./together.js";

/** A clause, and what it says of the column that is derived by it. */
interface Derived {
  readonly clause: Clause;
  readonly derivation: Derivation;
}

/** The steps that a schema's rules and groups ask for, and the rules that they leave to be enforced. */
export function learnSteps(schema: TableSchema, table: Table): { steps: ReshapingStep[]; enforced: string[] } {
  const clauses = schema.rules.flatMap((rule) => {
    const parts = clausesOf(rule, schema.columns);
    checkRows(rule, parts, table);
    return parts;
  });
  const taken = new Set(table.columns.map(({ name }) => name));
  const newName = (name: string): string => {
    const free = taken.has(name) ? newName(`${name}'`) : name;
    taken.add(free);
    return free;
  };

  const groups = groupsOf(schema, table);
  const enforced: string[] = [];
  const comparisons = clauses.filter(({ condition, text }) => {
    if (condition.kind === "comparison") return true;
    const isFree = (name: string) => !groups.some((group) => group.includes(name));
    if (condition.kind === "same" && isFree(condition.left) && isFree(condition.right))
      groups.push([condition.left, condition.right]);
    else enforced.push(text);
    return false;
  });
  const steps: ReshapingStep[] = groups.map((group) =>
    learnTogether(
      group.map((name) => columnIn(table, name)),
      newName(group.join("+")),
    ),
  );

  const derived = derivedColumns(comparisons, steps.flatMap(ownColumns));
  for (const clause of comparisons) {
    const derivation = derived.find((candidate) => candidate.clause === clause)?.derivation;
    const step = derivation && learnDerived(schema, table, clause, derivation, newName);
    if (step) steps.push(step);
    else enforced.push(clause.text);
  }
  return { steps, enforced };
}

/** @throws InputError where rows break a rule */
function checkRows(rule: string, clauses: readonly Clause[], table: Table): void {
  const broken = new Uint8Array(table.rows);
  for (const { condition } of clauses) {
    const truths = truthOf(condition, table);
    for (let row = 0; row < table.rows; row++) if (truths[row] === FALSE) broken[row] = 1;
  }
  const count = broken.reduce((sum, one) => sum + one, 0);
  if (count === 0) return;
  throw new InputError(
    `The rule ${quoted(rule)} does not hold in ${count} of ${table.rows} rows, the first of which is row ${broken.indexOf(1) + 1}: ` +
      "mend the data, or leave the rule out.",
  );
}

/** @throws InputError where a group names no column that is modelled, or a column is in two groups */
function groupsOf({ columns, together }: TableSchema, table: Table): string[][] {
  const seen = new Set<string>();
  const groups = together.map((group) => {
    const [alone] = group;
    if (alone !== undefined && new Set(group).size === 1)
      throw new InputError(
        `${quoted(alone)} cannot go together with nothing: name the other columns of its group too.`,
      );
    return group.filter((name) => {
      const schema = knownColumn(name, columns, table.name);
      if (schema.type === "identifier" || schema.type === "text")
        throw new InputError(`${quoted(name)} is made up for each row, so it cannot be joined with other columns.`);
      if (schema.type === "category" && schema.pooled)
        throw new InputError(
          `${quoted(name)} has rare texts that are learned as one, which cannot go together with other columns: let more categories be learned.`,
        );
      if (seen.has(name))
        throw new InputError(`${quoted(name)} is in two groups of columns that go together: make one group of them.`);
      seen.add(name);
      return table.columns.some((column) => column.name === name);
    });
  });
  return groups.filter(({ length }) => length > 1);
}

/** For each column the first clause that determines it: equations first, none in a circle. */
function derivedColumns(clauses: readonly Clause[], joined: readonly string[]): readonly Derived[] {
  const derived: Derived[] = [];
  const leadsTo = (name: string, target: string): boolean =>
    name === target ||
    derived.some(
      ({ derivation }) =>
        derivation.column === name && columnsOf(derivation.base).some((base) => leadsTo(base, target)),
    );
  const isFree = ({ column, base }: Derivation) =>
    !joined.includes(column) &&
    !derived.some(({ derivation }) => derivation.column === column) &&
    !columnsOf(base).some((name) => leadsTo(name, column));
  for (const wantsEquation of [true, false])
    for (const clause of clauses) {
      const derivation = derivationsOf(clause.condition).find(
        (candidate) => (candidate.relation === "equal") === wantsEquation && isFree(candidate),
      );
      if (derivation) derived.push({ clause, derivation });
    }
  return derived;
}

function learnDerived(
  schema: TableSchema,
  table: Table,
  { text }: Clause,
  derivation: Derivation,
  newName: (name: string) => string,
): ReshapingStep | undefined {
  const column = columnIn(table, derivation.column);
  const own = schema.columns.find(({ name }) => name === derivation.column);
  if (column.kind !== "numbers" || !own) return undefined;
  if (derivation.relation === "equal") return learnComputed(column, text, derivation.base, table);
  return learnGap(column, gridOf(own), text, derivation, newName(`gap of ${text}`), table);
}
