import { brotliDecompressSync, gunzipSync } from "node:zlib";
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaElement,
} from "hyparquet";
import { InputError } from "../../errors.js";
import { shortened } from "../../quoting.js";
import type { CellTable } from "../../tables/cellTable.js";
import { CellCollector, type CellLimits, sampledWarning } from "./cellCollector.js";
import { textOf } from "./cellRecords.js";
import { shortestFloat32 } from "./shortestFloat32.js";

/** Snappy is unpacked by hyparquet. */
const compressors: Compressors = { GZIP: (bytes) => gunzipSync(bytes), BROTLI: (bytes) => brotliDecompressSync(bytes) };

const PER_SECOND = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const;

/**
 * The table of cells in a Parquet file, read by its groups of rows; a random sample of the rows where they take more memory than `limits`.
 * Dates and times are ISO text, with "Z" where they are in UTC; whole numbers keep all digits; what nests is JSON.
 * @throws InputError where the file is damaged, compressed in another way than by Snappy, gzip or Brotli, or has no rows
 */
export async function cellsOfParquet(file: AsyncBuffer, name: string, limits: CellLimits): Promise<CellTable> {
  try {
    return await readGroups(file, name, limits);
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw new InputError(
      `${name} cannot be read as Parquet (${shortened(error.message)}); write it again, compressed by Snappy or gzip, or as CSV.`,
    );
  }
}

/** The table of cells in a Parquet file on disk; see `cellsOfParquet`. */
export async function cellsOfParquetFile(path: string, limits: CellLimits): Promise<CellTable> {
  return cellsOfParquet(await asyncBufferFromFile(path), path, limits);
}

async function readGroups(file: AsyncBuffer, name: string, limits: CellLimits): Promise<CellTable> {
  const metadata = await parquetMetadataAsync(file);
  const elements = parquetSchema(metadata).children.map(({ element }) => element);
  const cells = new CellCollector(elements.length, limits);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const columns = await columnsOf(file, metadata, elements, rowStart, rows);
    for (let row = 0; row < rows; row++) {
      if (!cells.offer()) continue;
      for (const [place, { text, values }] of columns.entries()) cells.putText(place, text(values[row]));
      cells.endRow();
    }
    rowStart += rows;
  }
  const { rows, rowsInFile } = cells;
  if (rows === 0 || elements.length === 0) throw new InputError(`${name} has no rows; give a table with rows.`);
  const names = elements.map((element) => element.name);
  const warnings = sampledWarning(name, rows, rowsInFile);
  return { name, rows, rowsInFile, columns: [...cells.taken(names)], warnings };
}

/** The columns of a group of rows, and how their values become text. */
async function columnsOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  elements: readonly SchemaElement[],
  rowStart: number,
  rows: number,
) {
  const columns = new Map(
    elements.map((element) => [element.name, { text: textReader(element), values: new Array<unknown>(rows) }]),
  );
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd: rowStart + rows,
    compressors,
    parsers: {
      dateFromDays: (days) => isoDate(BigInt(days)),
      timestampFromMilliseconds: (count) => isoMoment(count, "MILLIS"),
      timestampFromMicroseconds: (count) => isoMoment(count, "MICROS"),
      timestampFromNanoseconds: (count) => isoMoment(count, "NANOS"),
      jsonFromBytes: (bytes) => new TextDecoder().decode(bytes),
    },
    onChunk: ({ columnName, columnData, rowStart: first }) => {
      const values = columns.get(columnName)?.values;
      for (let i = 0; i < columnData.length; i++) if (values) values[first - rowStart + i] = columnData[i];
    },
  });
  return [...columns.values()];
}

/** How the values of a column become text, beyond what the parsers above do. */
function textReader({ type, num_children, converted_type, logical_type, scale = 0 }: SchemaElement) {
  const otherwise = textOf;
  if (num_children !== undefined) return otherwise;
  const ofNumber = (text: (value: number) => string) => (value: unknown) =>
    typeof value === "number" && Number.isFinite(value) ? text(value) : textOf(value);
  if (converted_type === "DECIMAL") return ofNumber((value) => value.toFixed(scale));
  if (type === "FLOAT") return ofNumber((value) => String(shortestFloat32(value)));
  const unit =
    logical_type?.type === "TIME"
      ? logical_type.unit
      : { TIME_MILLIS: "MILLIS" as const, TIME_MICROS: "MICROS" as const }[String(converted_type)];
  if (unit) {
    return (value: unknown) =>
      typeof value === "number" || typeof value === "bigint" ? isoTime(BigInt(value), unit) : textOf(value);
  }
  const isUtc = logical_type?.type === "TIMESTAMP" && logical_type.isAdjustedToUTC;
  return isUtc ? (value: unknown) => (typeof value === "string" ? `${value}Z` : textOf(value)) : otherwise;
}

type Unit = keyof typeof PER_SECOND;

function isoDate(days: bigint): string {
  return new Date(Number(days) * 86_400_000).toISOString().replace(/T.*/, "");
}

function isoMoment(count: bigint, unit: Unit): string {
  const perDay = 86_400n * PER_SECOND[unit];
  const inDay = ((count % perDay) + perDay) % perDay;
  return `${isoDate((count - inDay) / perDay)}T${isoTime(inDay, unit)}`;
}

/** The time of a day, with a fraction of a second where there is one, in all digits of its unit. */
function isoTime(count: bigint, unit: Unit): string {
  const seconds = Number(count / PER_SECOND[unit]);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const fraction = count % PER_SECOND[unit];
  const digits = String(PER_SECOND[unit]).length - 1;
  const time = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return fraction === 0n ? time : `${time}.${String(fraction).padStart(digits, "0")}`;
}
