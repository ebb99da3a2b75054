import { InputError } from "../errors.js";
import { closest } from "../nearest.js";
import { quoted } from "../quoting.js";

/**
 * The column of a name.
 * @throws InputError where there is none, with the nearest name
 */
export function knownColumn<Column extends { readonly name: string }>(
  name: string,
  columns: readonly Column[],
  table: string,
): Column {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  const nearest = closest(
    name,
    columns.map((column) => column.name),
  );
  throw new InputError(`${table} has no column ${quoted(name)}. Did you mean ${quoted(nearest)}?`);
}
