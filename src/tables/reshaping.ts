import { z } from "zod";
import { quoted } from "../quoting.js";
import { categoriesIn, columnIn, numbersIn } from "./columnIn.js";
import type { ColumnSet } from "./conditions/columnSet.js";
import { restoreComputed, sentenceOfComputed } from "./reshaping/computed.js";
import { gapColumns, restoreGap, sentenceOfGap } from "./reshaping/gap.js";
import { learnSteps } from "./reshaping/learn.js";
import { derivationOf, ownColumns, reshapingStep } from "./reshaping/step.js";
import { combinationsThatFit, joinColumns, sentenceOfTogether, splitColumns } from "./reshaping/together.js";
import { EXACT, gridOf } from "./rounding.js";
import { columnsOf } from "./rules/condition.js";
import { type ColumnSchema, columnSchema, type TableSchema } from "./schema.js";
import type { Column, Table } from "./table.js";

export { type ObeyingOptions, obeys } from "./rules/obeys.js";

/** How the columns of a table become those that are modelled, so that what comes back keeps the table's rules. Plain data, saved with a run. */
export const reshapingSchema = z.strictObject({
  /** What is known of the columns of the table, in its order. */
  columns: z.array(columnSchema),
  /** What becomes of columns that rules determine, or that only go together. All others are modelled as they are. */
  steps: z.array(reshapingStep),
  /** The rules that no step ensures: rows that break them are to be made anew (`obeys`). */
  enforced: z.array(z.string()),
});

export type Reshaping = z.output<typeof reshapingSchema>;

/**
 * Learns from a table which of its columns rules determine, or which only go together.
 * @throws InputError where a rule is not understood, or a row of the table breaks it: which rule, how many rows and the first of them; where
 *   columns that are to go together are none of the table's, or have more than 10,000 combinations
 */
export function reshapingOf(schema: TableSchema, table: Table): Reshaping {
  const columns = table.columns.flatMap(({ name }) => schema.columns.find((column) => column.name === name) ?? []);
  return { columns, ...learnSteps(schema, table) };
}

/**
 * The table that is modelled. Columns that go together are one column of categories where the first of them was (-1 in rows with a
 * combination that was not seen); a column that is computed is left out; one that is compared is replaced by the gap.
 */
export function reshape({ columns, steps }: Reshaping, table: Table): Table {
  const modelled = table.columns.flatMap((column): readonly Column[] => {
    const step = steps.find((candidate) => ownColumns(candidate).includes(column.name));
    if (!step) return [column];
    if (step.kind === "together") {
      if (step.columns[0] !== column.name) return [];
      return [
        joinColumns(
          step,
          step.columns.map((name) => columnIn(table, name)),
        ),
      ];
    }
    if (step.kind === "computed") return step.isKept ? [column] : [];
    const { gaps, kept } = gapColumns(step, numbersIn(table, column.name), derivationOf(step, columns), table);
    return kept ? [gaps, kept] : [gaps];
  });
  return { ...table, columns: modelled };
}

export interface RestoringOptions {
  /** Whether decimals have as many digits as the data's, so that rules hold of what is written. Default: true. */
  readonly round?: boolean | undefined;
}

/**
 * The table of the original columns, in which values that rules determine are computed: the inverse of `reshape`.
 * `restore(reshaping, reshape(reshaping, table))` is `table` where it obeys the rules.
 */
export function restore({ columns, steps }: Reshaping, table: Table, { round = true }: RestoringOptions = {}): Table {
  const schemaOf = schemaIn(columns);
  const gridFor = (name: string) => (round || schemaOf(name).type !== "decimal" ? gridOf(schemaOf(name)) : EXACT);
  const restored = new Map<string, Column>();
  const add = (column: Column) => restored.set(column.name, column);
  const known = (): Table => ({ ...table, columns: [...restored.values()] });

  const restoreColumn = (name: string): void => {
    if (restored.has(name)) return;
    const step = steps.find((candidate) => ownColumns(candidate).includes(name));
    if (!step) {
      const column = columnIn(table, name);
      add(column.kind === "numbers" ? { ...column, values: column.values.map(gridFor(name).natural) } : column);
    } else if (step.kind === "together") {
      for (const column of splitColumns(step, categoriesIn(table, step.name), schemaOf)) add(column);
    } else {
      const derivation = derivationOf(step, columns);
      for (const base of columnsOf(derivation.base)) restoreColumn(base);
      const kept = step.isKept ? numbersIn(table, name) : undefined;
      add(
        step.kind === "computed"
          ? restoreComputed(step, gridFor(name), derivation.base, known(), kept)
          : restoreGap(step, gridFor(name), derivation, known(), numbersIn(table, step.name), kept),
      );
    }
  };
  return {
    ...table,
    columns: columns.map(({ name }) => {
      restoreColumn(name);
      return columnIn(known(), name);
    }),
  };
}

/** What a person should know of a reshaping, a sentence for each of its steps and for each rule that none ensures. */
export function sentencesOf({ columns, steps, enforced }: Reshaping): readonly string[] {
  const sentences = steps.map((step) => {
    if (step.kind === "together") return sentenceOfTogether(step);
    if (step.kind === "gap") return sentenceOfGap(step);
    return sentenceOfComputed(step, gridOf(schemaIn(columns)(step.column)));
  });
  return [...sentences, ...enforced.map((rule) => `Rows that do not fulfil ${quoted(rule)} are replaced.`)];
}

/** Conditions on a table, as those on what is modelled. */
export interface ReshapedConditions {
  /** What the modelled columns are asked for. */
  readonly modelled: readonly ColumnSet[];
  /** Conditions that the modelled ones do not ensure: rows that do not match them after `restore` are to be made anew. */
  readonly rejected: readonly ColumnSet[];
}

/**
 * Conditions on a table's columns, brought to the columns that are modelled: those on columns that go together ask for the combinations
 * that fit, those on columns that are computed or compared reject rows.
 * @throws InputError where no combination of columns that go together fulfils them
 */
export function reshapeConditions({ columns, steps }: Reshaping, sets: readonly ColumnSet[]): ReshapedConditions {
  const modelled: ColumnSet[] = [];
  const rejected: ColumnSet[] = [];
  for (const set of sets) {
    const step = steps.find((candidate) => ownColumns(candidate).includes(set.column));
    if (!step || (step.kind === "computed" && step.isKept)) modelled.push(set);
    if (step && step.kind !== "together") rejected.push(set);
  }
  for (const step of steps) {
    if (step.kind !== "together") continue;
    const asked = sets.filter(({ column }) => step.columns.includes(column));
    if (asked.length > 0) modelled.push(combinationsThatFit(step, asked, schemaIn(columns)));
  }
  return { modelled, rejected };
}

function schemaIn(columns: readonly ColumnSchema[]): (name: string) => ColumnSchema {
  return (name) => {
    const schema = columns.find((column) => column.name === name);
    if (!schema) throw new RangeError(`the table had no column ${name}`);
    return schema;
  };
}
