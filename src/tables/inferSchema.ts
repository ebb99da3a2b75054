import { InputError } from "../errors.js";
import { listed, quoted } from "../quoting.js";
import type { CellColumn, CellTable } from "./cellTable.js";
import { type ColumnFacts, columnFacts } from "./columnFacts.js";
import { isModelled } from "./isModelled.js";
import { knownColumn } from "./knownColumn.js";
import { noteOfOddTexts } from "./oddTexts.js";
import type { ColumnSchema, ColumnType, TableSchema } from "./schema.js";
import type { TableChoices } from "./tableChoices.js";
import { columnTypes } from "./types/catalogue.js";
import type { Recognised } from "./types/columnKind.js";

/** What a table's columns are, and what a person should know of how that was decided. */
export interface InferredSchema {
  readonly schema: TableSchema;
  /** Sentences: what is not obvious, what was left out and why, what was pooled. */
  readonly notes: readonly string[];
}

/** Categories of a column before its rarest are pooled as one. */
export const MOST_CATEGORIES = 1000;

/**
 * Infers what each column of a table is: its type, how it is written, which texts stand for a missing value.
 * @throws InputError where a column that `choices` names does not exist, with the nearest; where cells cannot be read as a type that was
 *   chosen, or a key is not unique; where the table has fewer than 2 rows, or no column is left to learn
 */
export function inferSchema(cells: CellTable, choices: TableChoices = {}): InferredSchema {
  const { schema, types, key, rules = [], together = [] } = choices;
  if (cells.rows < 2) {
    throw new InputError(`${cells.name} has too few rows, ${cells.rows}: a table to learn from has at least 2.`);
  }
  requireColumns(cells, choices);
  const known = new Map(schema?.columns.map((column) => [column.name, column]));
  const notes = new Map<string, string[]>();
  const columns = columnsOf(cells, choices).map((column): ColumnSchema => {
    const { name } = column;
    const given = types?.has(name) || key === name ? undefined : known.get(name);
    if (given) return given;
    const recognised = recognise(column, choices);
    for (const note of recognised.notes) {
      const names = notes.get(note);
      if (names) names.push(name);
      else notes.set(note, [name]);
    }
    return recognised.column;
  });
  if (!columns.some(isModelled)) {
    throw new InputError(
      `Nothing of ${cells.name} can be learned: its columns are left out, constant, identifiers or free text. Choose another type for one, such as category.`,
    );
  }
  return {
    schema: {
      columns,
      rules: [...new Set([...(schema?.rules ?? []), ...rules])],
      together: [...(schema?.together ?? []), ...together.map((group) => [...group])],
    },
    notes: [...notes].map(([note, names]) => `${subject(names)} ${note}.`),
  };
}

/** Refuses choices about columns that do not exist. */
function requireColumns(cells: CellTable, { drop = [], types, key, together = [] }: TableChoices): void {
  for (const name of [...drop, ...(types?.keys() ?? []), ...together.flat(), ...(key === undefined ? [] : [key])]) {
    knownColumn(name, cells.columns, cells.name);
  }
}

/** The columns that are not left out: of the schema where there is one, in its order. */
function columnsOf(cells: CellTable, { schema, drop }: TableChoices): CellColumn[] {
  const dropped = new Set(drop);
  const byName = new Map(cells.columns.map((column) => [column.name, column]));
  const columns = schema
    ? schema.columns.map(({ name }) => byName.get(name) ?? knownColumn(name, cells.columns, cells.name))
    : cells.columns;
  return columns.filter(({ name }) => !dropped.has(name));
}

function subject(names: readonly string[]): string {
  return names.length === 1 ? quoted(names[0] ?? "") : `Each of ${listed(names.map(quoted))}`;
}

function recognise(cells: CellColumn, choices: TableChoices): Recognised {
  const { personal = "replace", together = [] } = choices;
  // A pooled text would not be in the combinations that the data has.
  const mostCategories = together.flat().includes(cells.name) ? Infinity : (choices.mostCategories ?? MOST_CATEGORIES);
  const facts = columnFacts(cells);
  const key = choices.key === cells.name;
  const type = key ? "identifier" : choices.types?.get(cells.name);
  if (key) requireUnique(cells);
  const recognition = { chosen: type !== undefined, mostCategories, personal };
  if (type) {
    const recognised = columnTypes.get(type).recognise(facts, recognition);
    if (recognised) return recognised;
    const some = listed(facts.asNumbers.texts.slice(0, 3).map(quoted));
    throw new InputError(`Column ${quoted(cells.name)} cannot be read as ${type}: its cells are such as ${some}.`);
  }
  for (const kind of columnTypes.entries) {
    const recognised = kind.recognise(facts, recognition);
    if (recognised) return HOLD_ANYTHING.has(recognised.column.type) ? withOddTexts(recognised, facts) : recognised;
  }
  throw new RangeError(`column ${cells.name} is of no type`);
}

/** Types that a column falls back on where a few of its texts keep it from being another. */
const HOLD_ANYTHING: ReadonlySet<ColumnType> = new Set(["category", "text", "identifier"]);

function withOddTexts({ column, notes }: Recognised, { asNumbers }: ColumnFacts): Recognised {
  const odd = noteOfOddTexts(asNumbers);
  return { column, notes: odd === undefined ? notes : [odd, ...notes] };
}

function requireUnique({ name, texts, codes }: CellColumn): void {
  const rows = new Uint8Array(texts.length);
  for (const code of codes) {
    if (rows[code] === 1) {
      throw new InputError(
        `Column ${quoted(name)} is not a key: ${quoted(texts[code] ?? "")} is in more than one row.`,
      );
    }
    rows[code] = 1;
  }
}
