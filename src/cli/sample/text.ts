import { stringify } from "csv-stringify/sync";
import { shortestFloat32 } from "../../data/sources/shortestFloat32.js";
import type { SampleTable } from "./sampleTable.js";

/** Rows that are turned into text at a time. */
const ROWS = 1000;

/** A header and a line for each sample, in pieces. Every number reads back as the same one. */
export function* delimitedText(table: SampleTable, delimiter: "," | "\t"): Generator<string> {
  yield stringify([table.columns.map(({ name }) => name)], { delimiter });
  for (const rows of rowsOf(table)) yield rows.map((row) => `${row.join(delimiter)}\n`).join("");
}

/** An array of records, one for each sample, in pieces; of images, their shape and an array of their numbers each. */
export function* jsonText(table: SampleTable): Generator<string> {
  const { kind, shape, columns } = table;
  const names = columns.map(({ name }) => JSON.stringify(name));
  const [begin, textOf, end] =
    kind === "images"
      ? [`{"shape":[${shape}],"columns":[${names}],"samples":[\n`, (row: readonly number[]) => `[${row}]`, "\n]}\n"]
      : ["[\n", (row: readonly number[]) => `{${row.map((value, i) => `${names[i]}:${value}`).join()}}`, "\n]\n"];
  yield begin;
  let first = true;
  for (const rows of rowsOf(table)) {
    yield `${first ? "" : ",\n"}${rows.map(textOf).join(",\n")}`;
    first = false;
  }
  yield end;
}

/** The samples as numbers of the fewest digits, some of them at a time. */
function* rowsOf({ values, columns }: SampleTable): Generator<number[][]> {
  const width = columns.length;
  const number = values instanceof Float32Array ? shortestFloat32 : (value: number) => value;
  for (let start = 0; start < values.length; start += ROWS * width) {
    const piece = Array.from(values.subarray(start, start + ROWS * width), number);
    yield Array.from({ length: piece.length / width }, (_, row) => piece.slice(row * width, (row + 1) * width));
  }
}
