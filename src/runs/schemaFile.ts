import { z } from "zod";
import { InputError } from "../errors.js";
import { readTextFile, writeFileAtomically } from "../files.js";
import { quoted, shortened, uncapitalised } from "../quoting.js";
import { type TableSchema, tableSchema } from "../tables/schema.js";

const REMEDY = "correct it, or write it again with monge describe FILE -o";

/**
 * Writes what is known of a table to a file that a person can edit: JSON, a column a line as far as it is short.
 * @throws InputError where it cannot be written
 */
export async function writeSchemaFile(path: string, schema: TableSchema): Promise<void> {
  await writeFileAtomically(path, schemaText(schema));
}

/**
 * What a schema file says of a table.
 * @throws InputError where it cannot be read, is no JSON, or says something that a schema cannot, with the column and the member
 */
export async function readSchemaFile(path: string): Promise<TableSchema> {
  const text = await readTextFile(path);
  if (text === undefined)
    throw new InputError(`There is no file ${path}; write one with monge describe FILE -o ${path}.`);
  return parseSchema(text, path);
}

/** The text of a schema file: its members, and each column, in a line of their own. */
export function schemaText({ columns, ...others }: TableSchema): string {
  const lines = columns.map((column) => `    ${JSON.stringify(column)}`);
  const members = Object.entries(others).map(
    ([name, value]) => `,\n  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `{\n  "columns": [\n${lines.join(",\n")}\n  ]${members.join("")}\n}\n`;
}

/**
 * The schema in the text of a schema file.
 * @param path of the file, for messages
 * @throws InputError as `readSchemaFile` does
 */
export function parseSchema(text: string, path: string): TableSchema {
  const value = jsonOf(text, path);
  const { data, error } = tableSchema.safeParse(value);
  const issue = error?.issues[0];
  if (issue) throw new InputError(`${path}${placeIn(value, issue.path)}: ${problemOf(issue)}; ${REMEDY} ${path}.`);
  const names = new Set<string>();
  for (const { name } of data?.columns ?? []) {
    if (names.has(name)) throw new InputError(`${path}: two columns are named ${quoted(name)}; remove one of them.`);
    names.add(name);
  }
  if (!data) throw new RangeError("a schema without problems is there");
  return data;
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? shortened(error.message.replaceAll(/\s+/g, " ")) : "";
    throw new InputError(`${path} is not JSON (${reason}); ${REMEDY} ${path}.`);
  }
}

type Path = readonly PropertyKey[];

/** ", column "age", range": the column by its name where it has one. */
function placeIn(value: unknown, [first, second, ...others]: Path): string {
  if (first !== "columns" || typeof second !== "number")
    return [first, second, ...others].flatMap((key) => (key === undefined ? [] : `, ${String(key)}`)).join("");
  const named = z.object({ columns: z.array(z.looseObject({ name: z.string().optional() })) }).safeParse(value);
  const name = named.data?.columns[second]?.name;
  const column = name === undefined ? `column ${second + 1}` : `column ${quoted(name)}`;
  return [`, ${column}`, ...others.map((key) => `, ${String(key)}`)].join("");
}

/** What is wrong there, as it goes on in a sentence. */
function problemOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `it has no ${issue.keys.map(quoted).join(", ")}`;
  return uncapitalised(issue.message);
}
