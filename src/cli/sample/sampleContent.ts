import { totalmem } from "node:os";
import type { DecodeOptions } from "../../data/codecs/index.js";
import { npyBytes } from "../../data/npyBytes.js";
import { inFileUnits } from "../../data/pointSets.js";
import type { FileContent } from "../../files.js";
import { createRng } from "../../random.js";
import { openRunData } from "../../runs/runData.js";
import type { SavedRun } from "../../runs/runRecord.js";
import { writeOutput } from "../output.js";
import { type PictureLines, samplesPicture } from "../pictures.js";
import { endingOf, STANDARD_OUTPUT, writeOutputFile } from "./outputFile.js";
import { parquetBytes } from "./parquet.js";
import { type SampleTable, sampleTable } from "./sampleTable.js";
import { delimitedText, jsonText } from "./text.js";

/** What a number takes until it is written: in training units, in those of the data, by columns, and in a file. */
const BYTES = 32;
/** Half of the memory, and what a file can be made of at a time. */
export const MOST_NUMBERS = Math.min(100_000_000, Math.floor(totalmem() / 2 / BYTES));

const tableFormats: Readonly<Record<string, (table: SampleTable) => FileContent>> = {
  ".csv": (table) => delimitedText(table, ","),
  ".tsv": (table) => delimitedText(table, "\t"),
  ".json": jsonText,
  ".npy": ({ values, shape, columns }) => npyBytes([values.length / columns.length, ...shape], values),
  ".parquet": parquetBytes,
};

/** The endings of files that samples of points and images can be written to. */
export const fileEndings: readonly string[] = [...Object.keys(tableFormats), ".png"];

interface SampleFile extends DecodeOptions, PictureLines {
  /** One of `fileEndings`, or standard output. */
  readonly output: string;
}

/** Writes samples of a run on points or images. */
export async function writeSampleFile(
  run: SavedRun,
  samples: Float32Array,
  { output, rows, columns, ...units }: SampleFile,
): Promise<void> {
  if (output === STANDARD_OUTPUT) return await writeOutput(delimitedText(sampleTable(run, samples, units), ","));
  const format = tableFormats[endingOf(output)];
  const content = format?.(sampleTable(run, samples, units)) ?? (await picture(run, samples, units, { rows, columns }));
  await writeOutputFile(output, content);
}

/** Points are drawn over those of the data. */
async function picture(
  run: SavedRun,
  samples: Float32Array,
  units: DecodeOptions,
  lines: PictureLines,
): Promise<Buffer> {
  const { config, data } = run;
  if (data.kind === "images") return samplesPicture(samples, new Float32Array(), data, config.loss, lines);
  const real = (await openRunData(run)).data.batch(createRng(0), 1000).sample;
  return samplesPicture(inFileUnits(data, samples, units), inFileUnits(data, real), data, config.loss);
}
