import { zipSync } from "fflate";
import packageFile from "../../../package.json";
import { partedRows } from "../../../src/data/stored.js";
import { tableOf } from "../../../src/runs/askedOfTable.js";
import { blocksOfRows } from "../../../src/runs/blocksOfRows.js";
import { checkpointFiles } from "../../../src/runs/checkpointFiles.js";
import { conditionWarnings } from "../../../src/runs/conditionWarnings.js";
import { makeRows } from "../../../src/runs/makeRows.js";
import { delimitedRows } from "../../../src/runs/rowTexts.js";
import { checkpointContent } from "../../../src/runs/runRecord.js";
import { joinTables } from "../../../src/tables/joinTables.js";
import type { Table } from "../../../src/tables/table.js";
import { tableWriter, writtenColumns } from "../../../src/tables/tableWriter.js";
import { takeRows } from "../../../src/tables/takeRows.js";
import type { MadeRows, RowsAsked } from "./protocol.js";
import { sha256 } from "./sha256.js";
import type { TrainedTable } from "./trainTable.js";

const PREVIEW = 20;

/** New rows, the same that `monge sample` makes with that seed, as numbers: some at a time. */
async function* madeTables(
  run: TrainedTable,
  { count, seed, where }: RowsAsked,
  onProgress: (rows: number) => void,
): AsyncGenerator<Table> {
  const { columns } = tableOf(run).schema;
  let before = 0;
  for (const block of blocksOfRows(count, seed, columns.length)) {
    const told = (rows: number) => onProgress(before + rows);
    yield* makeRows(run, block.count, { seed: block.seed, where, onProgress: told });
    before += block.count;
  }
}

/** All of them as one table. */
export async function madeTable(
  run: TrainedTable,
  asked: RowsAsked,
  onProgress: (rows: number) => void,
): Promise<Table> {
  const parts: Table[] = [];
  for await (const part of madeTables(run, asked, onProgress)) parts.push(part);
  return joinTables(parts);
}

/** New rows as text: a few to look at, and all as CSV. */
export async function madeRows(
  run: TrainedTable,
  asked: RowsAsked,
  onProgress: (rows: number) => void,
): Promise<MadeRows> {
  const { schema } = tableOf(run);
  const warnings = conditionWarnings(run, asked.where);
  const write = await tableWriter(schema, asked.seed);
  const columns = writtenColumns(schema);
  const preview: (readonly string[])[] = [];
  async function* chunks() {
    for await (const table of madeTables(run, asked, onProgress)) {
      const rows = write(table);
      preview.push(...rows.slice(0, PREVIEW - preview.length));
      yield rows;
    }
  }
  const texts: string[] = [];
  for await (const text of delimitedRows({ columns, chunks: chunks() }, ",")) texts.push(text);
  return { columns, preview, count: asked.count, csv: new Blob(texts, { type: "text/csv" }), warnings };
}

/** The folder of a run as `monge train` writes it, zipped. */
export function modelFile(run: TrainedTable, folder: string): Blob {
  const { version } = packageFile;
  const { path, files } = checkpointFiles(run.progress.iteration, checkpointContent(run), { version, sha256 });
  const encoder = new TextEncoder();
  const named = Object.entries(files).map(([name, content]) => [
    `${folder}/${path}/${name}`,
    typeof content === "string" ? encoder.encode(content) : content,
  ]);
  const history = encoder.encode(`${JSON.stringify(run.progress.history, null, 2)}\n`);
  const zipped = zipSync({ ...Object.fromEntries(named), [`${folder}/history.json`]: history }, { level: 1 });
  return new Blob([zipped], { type: "application/zip" });
}

/** The rows that a run is trained on, and those that it holds out. */
export interface PartedTable {
  readonly training: Table;
  readonly heldOut: Table | undefined;
}

export function partedTable(table: Table): PartedTable {
  const { training, heldOut } = partedRows(table.rows, 0);
  return {
    training: takeRows(table, training),
    heldOut: heldOut && { ...takeRows(table, heldOut), name: `${table.name} (held out)` },
  };
}
