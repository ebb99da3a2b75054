import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { TypedRows } from "../../runs/sampleRows.js";
import { saysZone } from "../../tables/moments/momentPattern.js";
import type { TypedCell, TypedColumn } from "../../tables/typedWriter.js";

/** Cells of a group of rows, which are kept until it is written, and rows of one at most. */
const MOST_CELLS = 2_000_000;
const MOST_ROWS = 100_000;

/**
 * A Parquet file of rows, in pieces: a group of rows at a time. Whole numbers are INT64, decimals DOUBLE, days DATE, times and timestamps TIME
 * and TIMESTAMP with as many digits as they need, in UTC where the data's say a zone, and all other texts UTF-8.
 */
export async function* parquetRows({ columns, chunks }: TypedRows): AsyncGenerator<Uint8Array> {
  const stored = columns.map(storedColumn);
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: "root", num_children: stored.length }, ...stored.map(({ element }) => element)],
    createdBy: "monge",
  });
  const taken = () => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  };
  const size = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / columns.length)));
  let group: Stored[][] = stored.map(() => []);
  const writeGroup = async () => {
    const columnData = stored.map(({ element: { name } }, i) => ({ name, data: group[i] ?? [] }));
    await writer.write({ columnData, rowGroupSize: size });
    group = stored.map(() => []);
    return taken();
  };
  for await (const chunk of chunks) {
    for (const [i, { store }] of stored.entries()) for (const cell of chunk[i] ?? []) group[i]?.push(store(cell));
    if ((group[0]?.length ?? 0) >= size) yield await writeGroup();
  }
  if ((group[0]?.length ?? 0) > 0) yield await writeGroup();
  await writer.finish();
  yield taken();
}

type Stored = number | bigint | boolean | string | null;

interface StoredColumn {
  readonly element: SchemaElement;
  readonly store: (cell: TypedCell) => Stored;
}

/** How a column is declared, and what stands for its cells. */
function storedColumn({ column, type }: TypedColumn): StoredColumn {
  const { name, missing } = column;
  const common = { name, repetition_type: missing.length > 0 ? "OPTIONAL" : "REQUIRED" } as const;
  const asIs = (cell: TypedCell) => cell;
  const inUnits = (perUnit: number) => (cell: TypedCell) =>
    typeof cell === "number" ? BigInt(Math.round(cell * perUnit)) : null;
  switch (type) {
    case "integer":
      return { element: { ...common, type: "INT64" }, store: inUnits(1) };
    case "decimal":
      return { element: { ...common, type: "DOUBLE" }, store: asIs };
    case "boolean":
      return { element: { ...common, type: "BOOLEAN" }, store: asIs };
    case "date":
      return { element: { ...common, type: "INT32", converted_type: "DATE" }, store: asIs };
    case "time": {
      const logical = { type: "TIME", isAdjustedToUTC: false, unit: "MICROS" } as const;
      return { element: { ...common, type: "INT64", logical_type: logical }, store: inUnits(1_000_000) };
    }
    case "timestamp": {
      const isFine = column.type === "timestamp" && column.step < 1;
      const isAdjustedToUTC = column.type === "timestamp" && column.formats.some(saysZone);
      const logical = { type: "TIMESTAMP", isAdjustedToUTC, unit: isFine ? "MICROS" : "MILLIS" } as const;
      return { element: { ...common, type: "INT64", logical_type: logical }, store: inUnits(isFine ? 1000 : 1) };
    }
    case "text":
      return { element: { ...common, type: "BYTE_ARRAY", converted_type: "UTF8" }, store: asIs };
  }
}
