import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parquetRows } from "../../../src/cli/sample/rowsParquet.js";
import { readCells } from "../../../src/data/sources/cells.js";
import { jsonRows } from "../../../src/runs/rowTexts.js";
import type { TypedRows } from "../../../src/runs/sampleRows.js";
import { inferSchema } from "../../../src/tables/inferSchema.js";
import { readTable } from "../../../src/tables/readTable.js";
import { type TypedFormat, typedColumns, typedWriter } from "../../../src/tables/typedWriter.js";
import { cellsOf } from "../../tables/cellsOf.js";

const ROWS = 80;
const rows = (text: (row: number) => string) => Array.from({ length: ROWS }, (_, row) => text(row));
const two = (number: number) => String(number).padStart(2, "0");

/** A column of each type, as a Parquet file gives it back. */
const cells = cellsOf({
  id: rows((row) => `${row + 1}`),
  count: rows((row) => (row % 5 === 0 ? "" : `${row * 7}`)),
  price: rows((row) => `${row}.25`),
  day: rows((row) => (row % 9 === 0 ? "" : `2024-0${1 + (row % 9)}-${two(1 + (row % 28))}`)),
  hour: rows((row) => `${two(row % 24)}:${two((row * 7) % 60)}:${two((row * 11) % 60)}`),
  moment: rows((row) => `2024-03-${two(1 + (row % 28))}T10:${two(row % 60)}:30Z`),
  local: rows((row) => `2024-03-${two(1 + (row % 28))}T10:${two(row % 60)}:${two((row * 3) % 60)}`),
  yes: rows((row) => String(row % 3 === 0)),
  label: rows((row) => (row % 2 === 0 ? "-1" : "1")),
  city: rows((row) => (row % 11 === 0 ? "" : ["Bern", 'a, "b"', "größer\n"][row % 3]) ?? ""),
  code: rows((row) => `0${row % 7}`),
  same: rows(() => "x"),
});
const { schema } = inferSchema(cells);
const table = readTable(cells, schema);

async function typed(format: TypedFormat, chunks = 1): Promise<TypedRows> {
  const write = await typedWriter(schema, format, 1);
  async function* written() {
    for (let chunk = 0; chunk < chunks; chunk++) yield write(table);
  }
  return { columns: typedColumns(schema, format), chunks: written() };
}

async function parquetOf(chunks: number): Promise<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of parquetRows(await typed("parquet", chunks))) pieces.push(piece);
  return Uint8Array.from(Buffer.concat(pieces)).buffer;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-typed-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("rows in a Parquet file", () => {
  it("are read back with the schema that they have", async () => {
    const path = join(folder, "rows.parquet");
    await writeFile(path, new Uint8Array(await parquetOf(1)));
    const back = inferSchema(await readCells(path)).schema;
    // New identifiers go on behind those of the table.
    const others = (of: typeof schema) => of.columns.filter(({ name }) => name !== "id");
    expect(others(back)).toEqual(others(schema));
    expect(back.columns[0]?.type).toBe("identifier");
    expect(readTable(await readCells(path), back).columns).toEqual(table.columns);
  });

  it("have types that other programs know", async () => {
    const file = await parquetOf(1);
    const { schema: elements } = await parquetMetadataAsync(file);
    const kinds = elements
      .slice(1)
      .map(({ name, type, converted_type, logical_type, repetition_type }) => [
        name,
        type,
        logical_type?.type ?? converted_type,
        repetition_type,
      ]);
    expect(kinds).toEqual([
      ["id", "INT64", undefined, "REQUIRED"],
      ["count", "INT64", undefined, "OPTIONAL"],
      ["price", "DOUBLE", undefined, "REQUIRED"],
      ["day", "INT32", "DATE", "OPTIONAL"],
      ["hour", "INT64", "TIME", "REQUIRED"],
      ["moment", "INT64", "TIMESTAMP", "REQUIRED"],
      ["local", "INT64", "TIMESTAMP", "REQUIRED"],
      ["yes", "BOOLEAN", undefined, "REQUIRED"],
      ["label", "INT64", undefined, "REQUIRED"],
      ["city", "BYTE_ARRAY", "UTF8", "OPTIONAL"],
      ["code", "BYTE_ARRAY", "UTF8", "REQUIRED"],
      ["same", "BYTE_ARRAY", "UTF8", "REQUIRED"],
    ]);
    const [first] = await parquetReadObjects({ file });
    expect(first).toMatchObject({ count: null, price: 0.25, day: null, yes: true, label: -1n, city: null });
    expect(typeof first?.id).toBe("bigint");
    expect(first?.moment).toEqual(new Date("2024-03-01T10:00:30Z"));
  });

  it("come in groups, each written before the next is made", async () => {
    const chunks = 1400;
    const made = await typed("parquet", chunks);
    let [asked, atFirst] = [0, 0];
    async function* counted() {
      for await (const chunk of made.chunks) {
        asked++;
        yield chunk;
      }
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of parquetRows({ ...made, chunks: counted() })) {
      if (pieces.length === 0) atFirst = asked;
      pieces.push(piece);
    }
    expect(atFirst).toBe(Math.ceil(100_000 / ROWS));
    const file = Uint8Array.from(Buffer.concat(pieces)).buffer;
    const { row_groups } = await parquetMetadataAsync(file);
    expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([100_000, chunks * ROWS - 100_000]);
    const [last] = await parquetReadObjects({ file, rowStart: chunks * ROWS - 1 });
    expect(last).toMatchObject({ count: 553n, price: 79.25 });
  });
});

describe("rows as JSON", () => {
  it.each(["array", "lines"] as const)("are numbers, booleans, texts and null: %s", async (form) => {
    let text = "";
    for await (const piece of jsonRows(await typed("json", 2), form)) text += piece;
    const records =
      form === "array"
        ? JSON.parse(text)
        : text
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line));
    expect(records).toHaveLength(2 * ROWS);
    const { id, ...others } = records[1];
    expect(Number.isInteger(id)).toBe(true);
    expect(others).toEqual({
      ...{ count: 7, price: 1.25, day: "2024-02-02", hour: "01:07:11", moment: "2024-03-02T10:01:30Z" },
      ...{ local: "2024-03-02T10:01:03", yes: false, label: 1, city: 'a, "b"', code: "01", same: "x" },
    });
    expect(records[0]).toMatchObject({ count: null, day: null, city: null, yes: true });
    const path = join(folder, `rows.${form === "array" ? "json" : "jsonl"}`);
    await writeFile(path, text);
    expect(readTable(await readCells(path), schema).columns[0]).toEqual({
      ...table.columns[0],
      values: Float64Array.of(...valuesOf("count"), ...valuesOf("count")),
    });
  });

  it("have numbers with signs around them as the text that they are", async () => {
    const styled = inferSchema(
      cellsOf({ price: rows((row) => `$${row + 1},000.50`), x: rows((row) => `${row}.5`) }),
    ).schema;
    expect(typedColumns(styled, "json").map(({ type }) => type)).toEqual(["text", "decimal"]);
    expect(typedColumns(styled, "parquet").map(({ type }) => type)).toEqual(["decimal", "decimal"]);
  });
});

function valuesOf(name: string): Float64Array {
  const column = table.columns.find((candidate) => candidate.name === name);
  return column?.kind === "numbers" ? column.values : new Float64Array(0);
}
