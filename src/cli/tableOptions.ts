import { InvalidArgumentError, Option } from "commander";
import { firstRows } from "../data/sources/rows.js";
import { InputError } from "../errors.js";
import { readSchemaFile } from "../runs/schemaFile.js";
import { MOST_CATEGORIES } from "../tables/inferSchema.js";
import type { ColumnType } from "../tables/schema.js";
import type { TableChoices } from "../tables/tableChoices.js";
import { columnTypes } from "../tables/types/catalogue.js";
import { wholeFrom } from "./options.js";

/** What the options of a table give. */
export interface TableFlags {
  readonly schema?: string | undefined;
  readonly column?: ReadonlyMap<string, ColumnType> | undefined;
  readonly drop?: readonly string[] | undefined;
  readonly key?: string | undefined;
  readonly personal?: "replace" | "omit" | undefined;
  readonly mostCategories?: number | undefined;
  readonly rule?: readonly string[] | undefined;
  readonly together?: readonly (readonly string[])[] | undefined;
}

/** What a table's columns are taken for: shared by the commands that read tables. */
export const tableOptions: readonly Option[] = [
  new Option(
    "--schema <file>",
    "the file of types that monge describe -o wrote (default: types are found from the cells)",
  ),
  new Option(
    "--column <name=type>",
    `the type of a column: ${columnTypes.names.join(", ")}; repeatable (default: found from its cells)`,
  ).argParser(columnType),
  new Option("--drop <names>", "columns to leave out, such as id,notes (default: none)").argParser(
    (text, before: readonly string[] = []) => [...before, ...nameList(text)],
  ),
  new Option(
    "--key <name>",
    "the column that identifies rows; new rows get new values (default: found from its cells)",
  ),
  new Option(
    "--personal <how>",
    "personal data and free text: replaced by made-up values, or left out (default: replace)",
  ).choices(["replace", "omit"]),
  new Option(
    "--most-categories <n>",
    `categories that a column may have; the rarest of more are pooled as one (default: ${MOST_CATEGORIES})`,
  ).argParser(wholeFrom(2)),
  new Option(
    "--rule <text>",
    'a condition that every row fulfils, such as "start <= end"; repeatable (default: none)',
  ).argParser((text, before: readonly string[] = []) => [...before, text]),
  new Option(
    "--together <names>",
    "columns whose combinations in new rows all occur in the data, such as city,country; repeatable (default: none)",
  ).argParser((text, before: readonly (readonly string[])[] = []) => [...before, nameList(text)]),
];

/**
 * The choices that options stand for.
 * @throws InputError where the schema file cannot be read
 */
export async function tableChoices(flags: TableFlags): Promise<TableChoices> {
  const { schema, column, drop, key, personal, mostCategories, rule, together } = flags;
  return {
    ...(schema !== undefined && { schema: await readSchemaFile(schema) }),
    ...{ types: column, drop, key, personal, mostCategories, rules: rule, together },
  };
}

function columnType(
  text: string,
  before: ReadonlyMap<string, ColumnType> = new Map(),
): ReadonlyMap<string, ColumnType> {
  // Names may have an equals sign in them, types have none.
  const at = text.lastIndexOf("=");
  if (at < 1) throw new InvalidArgumentError("It must be a name and a type, such as age=integer.");
  return new Map([...before, [text.slice(0, at), columnTypes.get(text.slice(at + 1)).name]]);
}

/** The flags of a command, parted into those of tables and all others. */
export function partedFlags<Flags extends TableFlags>(flags: Flags) {
  const { schema, column, drop, key, personal, mostCategories, rule, together, ...others } = flags;
  return { table: { schema, column, drop, key, personal, mostCategories, rule, together }, others };
}

/**
 * Checks that no option of a table was given where it has no use.
 * @param why where that is, as it begins a sentence
 * @throws InputError with the option
 */
export function refuseTableOptions(flags: TableFlags, why: string): void {
  const given = new Map(Object.entries(flags));
  const option = tableOptions.find((one) => given.get(one.attributeName()) !== undefined);
  if (option) throw new InputError(`${why}: leave out ${option.long}.`);
}

/** Names with commas between them; one that has a comma in it stands in quotation marks. */
function nameList(text: string): readonly string[] {
  const [row] = firstRows(new TextEncoder().encode(text), ",", 1);
  if (!row || row.cells.includes("")) throw new InvalidArgumentError("It must be a list of names such as a,b,c.");
  return row.cells;
}
