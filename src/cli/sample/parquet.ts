import { parquetWriteBuffer } from "hyparquet-writer";
import type { SampleTable } from "./sampleTable.js";

/** A Parquet file of a column for each of the table's: 64-bit integers for whole numbers, floats of 32 or 64 bits for others. */
export function parquetBytes({ values, columns }: SampleTable): Uint8Array {
  const width = columns.length;
  const rows = values.subarray(0, values.length / width);
  const columnData = columns.map(({ name, whole }, column) => {
    const data = rows.map((_, row) => values[row * width + column]!);
    if (whole && data.every(Number.isSafeInteger))
      return { name, data: BigInt64Array.from(data, BigInt), type: "INT64", nullable: false } as const;
    return { name, data, type: values instanceof Float32Array ? "FLOAT" : "DOUBLE", nullable: false } as const;
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
