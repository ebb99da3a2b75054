import { InputError } from "../../errors.js";
import { printable } from "../../quoting.js";
import { decoded, encodingOf } from "./encoding.js";
import { isObject, type Rows, tableOfRows, WANTED } from "./records.js";
import { LONGEST_ROW } from "./rowScanner.js";
import type { SourceTable } from "./sourceTable.js";

/** Bytes of a text that is parsed in one piece, which takes many times its size. */
const LARGEST = 2 ** 26;

type Parse = (text: string) => unknown;

/**
 * The table of numbers in a JSON text (`jsonRows`).
 * @param most numbers that it may hold
 * @throws InputError as `jsonRows` does, and where it holds anything but finite numbers
 */
export function parseJsonTable(bytes: Uint8Array, name: string, most: number): SourceTable {
  return tableOfRows(name, jsonRows(bytes, name), most);
}

/**
 * The rows of a JSON text: an array of records, an array of rows, an array of values (one column); one record or row a line (JSON lines); or
 * `{ columns, samples }`, as `monge sample` writes it.
 * @param parse gives the value of a JSON text. Default: `JSON.parse`.
 * @throws InputError where it is no such JSON, or has more than 64 MiB but is not one record a line
 */
export function jsonRows(bytes: Uint8Array, name: string, parse: Parse = JSON.parse): Rows {
  const text = () => decoded(bytes, encodingOf(bytes));
  const isWhole = bytes.length <= LARGEST;
  const whole = isWhole ? attempt(parse, [...text()].join("")) : { problem: "it is longer than 64 MiB" };
  return "value" in whole ? rowsOf(name, whole.value) : { entries: rowsOfLines(name, text(), parse, whole.problem) };
}

function rowsOf(name: string, value: unknown): Rows {
  if (Array.isArray(value)) return { entries: value };
  if (isObject(value)) {
    const { columns, samples } = value;
    if (Array.isArray(samples)) {
      const named = Array.isArray(columns) && columns.every((column) => typeof column === "string");
      return { entries: samples, ...(named && { columns }) };
    }
    if (Object.values(value).every((cell) => typeof cell !== "object" || cell === null)) return { entries: [value] };
  }
  throw new InputError(`${name} holds JSON, but no table; ${WANTED}.`);
}

/**
 * The values of JSON lines.
 * @param problem why the text is no JSON as a whole, which is told where its first line is none either
 */
function* rowsOfLines(name: string, text: Iterable<string>, parse: Parse, problem: string): Generator<unknown> {
  let number = 0;
  for (const line of linesOf(name, text)) {
    number++;
    if (line.trim() === "") continue;
    const read = attempt(parse, line);
    if ("value" in read) yield read.value;
    else
      throw new InputError(
        `${name} is not readable JSON (${number === 1 ? problem : `line ${number}: ${read.problem}`}); ${WANTED}.`,
      );
  }
}

function* linesOf(name: string, text: Iterable<string>): Generator<string> {
  let rest = "";
  for (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    yield* lines;
    if (rest.length > LONGEST_ROW)
      throw new InputError(
        `${name} has JSON of more than 64 MiB that is not one record a line; save it as JSON lines or as CSV.`,
      );
  }
  yield rest;
}

function attempt(parse: Parse, text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: parse(text) };
  } catch (error) {
    // A RangeError comes of nesting that is too deep for the stack.
    if (error instanceof SyntaxError) return { problem: printable(error.message).slice(0, 100) };
    if (error instanceof RangeError) return { problem: "it is nested too deeply" };
    throw error;
  }
}
