import type { FileContent } from "../../files.js";
import { delimitedRows, jsonRows } from "../../runs/rowTexts.js";
import type { SavedRun } from "../../runs/runRecord.js";
import { sampleRows, sampleTypedRows } from "../../runs/sampleRows.js";
import type { RowsAsked } from "../../runs/sampleTables.js";
import { interruptible } from "../interrupt.js";
import { writeOutput } from "../output.js";
import { duration } from "../progress.js";
import { statusLine } from "../status.js";
import { endingOf, STANDARD_OUTPUT, writeOutputFile } from "./outputFile.js";
import { parquetRows } from "./rowsParquet.js";

type RowFormat = (run: SavedRun, count: number, asked: RowsAsked) => Promise<FileContent>;

const delimited =
  (delimiter: "," | "\t"): RowFormat =>
  async (...asked) =>
    delimitedRows(await sampleRows(...asked), delimiter);
const json =
  (form: "array" | "lines"): RowFormat =>
  async (run, ...asked) =>
    jsonRows(await sampleTypedRows(run, "json", ...asked), form);

const formats: Readonly<Record<string, RowFormat>> = {
  ".csv": delimited(","),
  ".tsv": delimited("\t"),
  ".json": json("array"),
  ".jsonl": json("lines"),
  ".ndjson": json("lines"),
  ".parquet": async (run, ...asked) => parquetRows(await sampleTypedRows(run, "parquet", ...asked)),
};

/** The endings of files that rows of a table can be written to. */
export const rowEndings: readonly string[] = Object.keys(formats);

/** Writes new rows of a run on a table as they are made, and tells how it goes. Ctrl+C ends it, and leaves no file. */
export async function writeRows(
  run: SavedRun,
  count: number,
  { output, quiet, ...asked }: RowsAsked & { readonly output: string; readonly quiet: boolean },
): Promise<void> {
  const status = statusLine(quiet);
  const begun = performance.now();
  const onProgress = (done: number) => {
    const perSecond = (1000 * done) / (performance.now() - begun);
    const left = perSecond > 0 ? `, ${duration((count - done) / perSecond)} left` : "";
    status.say(`${whole(done)} of ${whole(count)} rows, ${whole(perSecond)} a second${left}`);
  };
  try {
    await interruptible(async (signal) => {
      const told = { ...asked, onProgress, signal };
      if (output === STANDARD_OUTPUT) await writeOutput(delimitedRows(await sampleRows(run, count, told), ","));
      else await writeOutputFile(output, (await formats[endingOf(output)]?.(run, count, told)) ?? "");
    });
  } finally {
    status.end();
  }
}

function whole(count: number): string {
  return Math.round(count).toLocaleString("en");
}
