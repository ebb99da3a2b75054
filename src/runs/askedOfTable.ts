import { givenColumns } from "../data/codecs/givenColumns.js";
import type { TableRows } from "../data/codecs/tableRows.js";
import { InputError } from "../errors.js";
import { quoted } from "../quoting.js";
import { reshapeConditions } from "../tables/reshaping.js";
import { tableConditions } from "../tables/where.js";
import type { SavedRun } from "./runRecord.js";

/** What tells the table that a run was trained on. */
type TableRun = Pick<SavedRun, "directory" | "data">;

/** What conditions ask of the columns of the table, and of those that are modelled. */
export function askedOf(run: TableRun, where: readonly string[]) {
  const { schema, reshaping, codec } = tableOf(run);
  const sets = tableConditions(where, schema);
  const columns = givenColumns(codec, reshapeConditions(reshaping, sets).modelled);
  const none = columns.find(({ share }) => share === 0);
  if (!none) return { sets, columns };
  throw new InputError(
    `No row of the data that ${run.directory} was trained on has what is asked of ${quoted(none.layout.name)}.`,
  );
}

/** The table that a run was trained on. @throws InputError where it was none */
export function tableOf({
  directory,
  data,
}: TableRun): { readonly codec: TableRows } & NonNullable<SavedRun["data"]["table"]> {
  const { codec, table } = data;
  if (codec.kind === "tableRows" && table) return { codec, ...table };
  throw new InputError(`The run in ${directory} was not trained on a table; give one that was.`);
}
