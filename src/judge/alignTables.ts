import { InputError } from "../errors.js";
import { quoted } from "../quoting.js";
import { knownColumn } from "../tables/knownColumn.js";
import type { CategoryColumn, Column, Table } from "../tables/table.js";

/**
 * The differences of another table from the real one that keep them from being compared: a sentence for each column that is missing, too many
 * or of another kind. None where they have the same columns, in whatever order.
 */
export function tableDifferences(real: Table, other: Table): string[] {
  const kinds = new Map(other.columns.map(({ name, kind }) => [name, kind]));
  const names = new Set(real.columns.map(({ name }) => name));
  const differing = real.columns.flatMap(({ name, kind }) => {
    const found = kinds.get(name);
    if (found === kind) return [];
    if (found === undefined) return [`${quoted(other.name)} has no column ${quoted(name)}.`];
    return [`The column ${quoted(name)} holds ${kind} in ${quoted(real.name)} and ${found} in ${quoted(other.name)}.`];
  });
  const more = other.columns.flatMap(({ name }) =>
    names.has(name) ? [] : [`${quoted(other.name)} has a column ${quoted(name)} that ${quoted(real.name)} has not.`],
  );
  return [...differing, ...more];
}

/** Tables with the same columns in the same order, and the same list of categories of each. */
export interface AlignedTables {
  readonly real: Table;
  readonly synthetic: Table;
  readonly holdout: Table | undefined;
}

/**
 * The tables with their columns in the order of the real one's, and one list of categories for each column: those of the real table, then those
 * that only others have.
 * @throws InputError where a table has no rows, or other columns than the real one
 */
export function alignTables(real: Table, synthetic: Table, holdout: Table | undefined): AlignedTables {
  const others = holdout ? [synthetic, holdout] : [synthetic];
  const empty = [real, ...others].find(({ rows }) => rows === 0);
  if (empty) throw new InputError(`The table ${quoted(empty.name)} has no rows; there is nothing to judge.`);
  if (real.columns.length === 0)
    throw new InputError(`The table ${quoted(real.name)} has no columns that can be compared.`);
  for (const other of others) {
    const differences = tableDifferences(real, other);
    const more = differences.length - SHOWN;
    if (differences.length > 0)
      throw new InputError(
        `The tables cannot be compared: ${differences.slice(0, SHOWN).join(" ")}${more > 0 ? ` There are ${more} more differences.` : ""}`,
      );
  }
  const columns = real.columns.map((column) => alignColumn(column, others));
  const aligned = (table: Table, k: number): Table => ({ ...table, columns: columns.map((all) => all[k]!) });
  return { real: aligned(real, 0), synthetic: aligned(synthetic, 1), holdout: holdout && aligned(holdout, 2) };
}

const SHOWN = 8;

function alignColumn(column: Column, others: readonly Table[]): Column[] {
  const same = others.map((table) => table.columns.find(({ name }) => name === column.name)!);
  if (column.kind === "numbers") return [column, ...same];
  const all = [column, ...same].filter((one) => one.kind === "categories");
  const places = new Map<string, number>();
  for (const { categories } of all)
    for (const category of categories) if (!places.has(category)) places.set(category, places.size);
  const categories = [...places.keys()];
  return all.map((one) => ({ ...one, categories, codes: recoded(one, places) }));
}

function recoded({ categories, codes }: CategoryColumn, places: ReadonlyMap<string, number>): Int32Array {
  const moved = categories.map((category) => places.get(category)!);
  return codes.map((code) => (code < 0 ? -1 : moved[code]!));
}

/**
 * The place of a column among those of a table.
 * @throws InputError where it has none of that name, with the nearest
 */
export function columnPlace({ name: table, columns }: Table, name: string): number {
  return columns.indexOf(knownColumn(name, columns, `The table ${quoted(table)}`));
}
