import { drawGiven, type GivenColumn, givenColumns } from "../data/codecs/givenColumns.js";
import { decodeRows, type TableRows } from "../data/codecs/tableRows.js";
import { InputError } from "../errors.js";
import { drawSamplerInputs, finiteSamples, samplerOf } from "../game/sampling.js";
import { createRng } from "../random.js";
import { finisher } from "../synthesis/finishRows.js";
import { obeys, reshapeConditions, restore } from "../tables/reshaping.js";
import type { Table } from "../tables/table.js";
import { tableWriter, writtenColumns } from "../tables/tableWriter.js";
import { takeRows } from "../tables/takeRows.js";
import { matches, tableConditions } from "../tables/where.js";
import type { WritingOptions } from "../tables/writtenNumber.js";
import type { SavedRun } from "./savedRun.js";

/** What rows are asked for. */
export interface RowsAsked extends WritingOptions {
  /** The same seed gives the same rows. Default: 0. */
  readonly seed?: number | undefined;
  /** Conditions that all of them fulfil, such as "sex=Female" or "age=30..40" (`tableConditions`). Default: none. */
  readonly where?: readonly string[] | undefined;
}

/** Rows of text, in the columns of the file that a run was trained on. */
export interface WrittenRows {
  readonly columns: readonly string[];
  /** Some rows at a time, as many as asked for in all. */
  readonly chunks: AsyncIterable<readonly (readonly string[])[]>;
}

/** Rows that are made at a time: enough to be fast, few enough to need little memory. */
const CHUNK = 4000;
/** What the finish draws is a stream of its own. */
const FINISH_STREAM = 0x66696e;
/** Rows that may be made for each that is kept, once so many were made. */
const MOST_TRIES = 1000;
const PATIENCE = 200_000;

/**
 * `count` new rows of a run that was trained on a table. Those that break one of its rules, or a condition, are made anew.
 * @throws InputError where the run is of no table, or a condition names no column or no value of one
 */
export async function sampleRows(run: SavedRun, count: number, asked: RowsAsked = {}): Promise<WrittenRows> {
  const { schema } = tableOf(run);
  const write = await tableWriter(schema, asked.seed ?? 0, asked);
  async function* chunks() {
    for await (const table of sampleTables(run, count, asked)) yield write(table);
  }
  return { columns: writtenColumns(schema), chunks: chunks() };
}

/** Rows as records, all of them in memory. */
export async function recordsOf({ columns, chunks }: WrittenRows): Promise<Record<string, string>[]> {
  const records: Record<string, string>[] = [];
  for await (const rows of chunks)
    for (const row of rows) records.push(Object.fromEntries(columns.map((name, i) => [name, row[i] ?? ""])));
  return records;
}

/** As `sampleRows`, as numbers: some rows at a time. */
export async function* sampleTables(
  run: SavedRun,
  count: number,
  { seed = 0, where = [], round, clamp }: RowsAsked = {},
): AsyncGenerator<Table> {
  const { schema, reshaping, codec } = tableOf(run);
  const sets = tableConditions(where, schema);
  const { game, state } = run.model;
  const asked = givenOf(run, givenColumns(codec, reshapeConditions(reshaping, sets).modelled));
  // A generator that takes no conditions makes all columns by itself.
  const given = game.isConditionOptional ? asked : [];
  const places = new Set(given.map(({ place }) => place));
  const rng = createRng(seed);
  const finish = await finisher(codec, run.finish, seed ^ FINISH_STREAM);
  const sampler = await samplerOf(run.model, CHUNK);
  try {
    let [made, kept] = [0, 0];
    while (kept < count) {
      if (made > PATIENCE && made > MOST_TRIES * Math.max(kept, 1)) throw tooRare(run.directory, kept, made);
      const conditions = game.isConditionOptional ? drawGiven(codec, given, rng, CHUNK) : undefined;
      const { samples } = await sampler.run(state, drawSamplerInputs(game, CHUNK, rng, conditions));
      made += CHUNK;
      const passed = await finish.finish(samples, places);
      const table = restore(reshaping, decodeRows(codec, finiteSamples(samples), run.data.name), { round });
      const [lawful, wanted] = [obeys(schema, table, { ranges: clamp }), matches(sets, table)];
      const rows = Uint32Array.from(lawful.keys()).filter(
        (row) => passed[row] === 1 && lawful[row] === 1 && wanted[row] === 1,
      );
      const taken = rows.subarray(0, count - kept);
      kept += taken.length;
      if (taken.length > 0) yield takeRows(table, taken);
    }
  } finally {
    await Promise.all([sampler.release(), finish.release()]);
  }
}

/**
 * Which columns the generator is given: those of one value, and of the others the one that allows the fewest rows, by what it has in the
 * data. Given alike, several sets would lose what their columns have to do with each other; rows outside of the others are made anew.
 */
function givenOf({ directory }: SavedRun, columns: readonly GivenColumn[]): readonly GivenColumn[] {
  if (columns.some(({ share }) => share === 0))
    throw new InputError(`No row of the data that ${directory} was trained on fulfils one of the conditions alone.`);
  const several = columns.filter(({ isOneValue }) => !isOneValue).sort((a, b) => a.share - b.share);
  return [...columns.filter(({ isOneValue }) => isOneValue), ...several.slice(0, 1)];
}

function tableOf({
  directory,
  data,
}: SavedRun): { readonly codec: TableRows } & NonNullable<SavedRun["data"]["table"]> {
  const { codec, table } = data;
  if (codec.kind === "tableRows" && table) return { codec, ...table };
  throw new InputError(`The run in ${directory} was not trained on a table; give one that was.`);
}

function tooRare(directory: string, kept: number, made: number): InputError {
  return new InputError(
    `The generator of ${directory} makes such rows too rarely: ${kept} of ${made} fulfil all rules and conditions. Ask for fewer conditions, or wider ones.`,
  );
}
