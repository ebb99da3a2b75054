import { z } from "zod";
import { InputError } from "../../errors.js";
import { listed, quoted } from "../../quoting.js";
import { type ColumnSet, matches } from "../conditions/columnSet.js";
import type { ColumnSchema } from "../schema.js";
import type { CategoryColumn, Column } from "../table.js";

/** Columns that go together: one column of categories, each of which is a combination of their values. */
export const togetherStep = z.strictObject({
  kind: z.literal("together"),
  columns: z.array(z.string()).min(2),
  /** What the column of combinations is called. */
  name: z.string(),
  /** The combinations, a value for each column: a category, a number, or `null` where it is missing. */
  combinations: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

export type TogetherStep = z.output<typeof togetherStep>;

/** Of more combinations each is too rare to be learned, and a copy of a row more than a pattern. */
export const MOST_COMBINATIONS = 10_000;

/** @throws InputError where there are more than 10,000 combinations */
export function learnTogether(columns: readonly Column[], name: string): TogetherStep {
  const { firstRows } = distinctRows(columns);
  const names = columns.map((column) => column.name);
  if (firstRows.length > MOST_COMBINATIONS)
    throw new InputError(
      `The columns ${listed(names)} have ${firstRows.length} combinations, and ${MOST_COMBINATIONS} at most can be kept ` +
        `together: leave out the one of them with the most values.`,
    );
  return { kind: "together", columns: names, name, combinations: firstRows.map((row) => valuesAt(columns, row)) };
}

/** The column of combinations; -1 where a row has one that was not seen. */
export function joinColumns({ name, combinations }: TogetherStep, columns: readonly Column[]): CategoryColumn {
  const categories = combinations.map((values) => JSON.stringify(values));
  const places = new Map(categories.map((category, place) => [category, place]));
  const { codes, firstRows } = distinctRows(columns);
  const placeOf = firstRows.map((row) => places.get(JSON.stringify(valuesAt(columns, row))) ?? -1);
  return { kind: "categories", name, categories, codes: codes.map((code) => placeOf[code] ?? -1) };
}

/** The columns of which a column of combinations was made. */
export function splitColumns(
  { columns, combinations }: TogetherStep,
  joined: CategoryColumn,
  schemaOf: (name: string) => ColumnSchema,
): readonly Column[] {
  return columns.map((name, place): Column => {
    const schema = schemaOf(name);
    const values = combinations.map((combination) => combination[place] ?? null);
    if (schema.type === "category" || schema.type === "boolean") {
      const places = new Map<unknown, number>(schema.categories.map((text, code) => [text, code]));
      const codeOf = values.map((value) => places.get(value) ?? -1);
      const codes = joined.codes.map((code) => codeOf[code] ?? -1);
      return { kind: "categories", name, categories: schema.categories, codes };
    }
    const numberOf = values.map((value) => (typeof value === "number" ? value : NaN));
    return { kind: "numbers", name, values: Float64Array.from(joined.codes, (code) => numberOf[code] ?? NaN) };
  });
}

/**
 * The combinations that conditions on their columns allow.
 * @throws InputError where there is none
 */
export function combinationsThatFit(
  step: TogetherStep,
  sets: readonly ColumnSet[],
  schemaOf: (name: string) => ColumnSchema,
): ColumnSet {
  const { name, combinations } = step;
  const all: CategoryColumn = { kind: "categories", name, categories: [], codes: Int32Array.from(combinations.keys()) };
  const fits = matches(sets, { name, rows: combinations.length, columns: splitColumns(step, all, schemaOf) });
  const codes = [...combinations.keys()].filter((code) => fits[code] === 1);
  if (codes.length > 0) return { column: name, kind: "categories", codes };
  const asked = listed(sets.map(({ column }) => quoted(column)));
  throw new InputError(
    `No row of the data has what is asked of ${asked} together, and only combinations that it has are made.`,
  );
}

export function sentenceOfTogether({ columns, combinations }: TogetherStep): string {
  return `${columns.map(quoted).join(" and ")} go together in the ${combinations.length} combinations that the data has.`;
}

/** Which of the different rows each row is, `[rows]`, and the first row of each. */
function distinctRows(columns: readonly Column[]): { codes: Int32Array; firstRows: readonly number[] } {
  const rows = columns[0] ? lengthOf(columns[0]) : 0;
  const codes = new Int32Array(rows);
  let firstRows = rows > 0 ? [0] : [];
  for (const column of columns) {
    const [values, count] = valueCodes(column);
    const seen = new Map<number, number>();
    firstRows = [];
    for (let row = 0; row < rows; row++) {
      const key = (codes[row] ?? 0) * count + (values[row] ?? 0);
      let code = seen.get(key);
      if (code === undefined) {
        code = seen.size;
        seen.set(key, code);
        firstRows.push(row);
      }
      codes[row] = code;
    }
  }
  return { codes, firstRows };
}

/** A whole number from 0 for each different value, missing ones included, `[rows]`, and how many there may be. */
function valueCodes(column: Column): readonly [Int32Array, number] {
  if (column.kind === "categories") return [column.codes.map((code) => code + 1), column.categories.length + 1];
  const seen = new Map<number, number>();
  const codes = Int32Array.from(column.values, (value) => {
    const code = seen.get(value) ?? seen.size;
    seen.set(value, code);
    return code;
  });
  return [codes, seen.size];
}

function valuesAt(columns: readonly Column[], row: number): (string | number | null)[] {
  return columns.map((column) => {
    if (column.kind === "categories") return column.categories[column.codes[row] ?? -1] ?? null;
    const value = column.values[row] ?? NaN;
    return Number.isNaN(value) ? null : value;
  });
}

function lengthOf(column: Column): number {
  return column.kind === "numbers" ? column.values.length : column.codes.length;
}
