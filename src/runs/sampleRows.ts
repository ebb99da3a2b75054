import { type GivenColumn, givenColumns } from "../data/codecs/givenColumns.js";
import { unseenPairs } from "../data/codecs/seenPairs.js";
import { decodeRows, rowLayout, type TableRows } from "../data/codecs/tableRows.js";
import { InputError } from "../errors.js";
import { drawSamplerInputs, finiteSamples, fixedSampler } from "../game/sampling.js";
import { priorTables } from "../networks/rowPrior.js";
import { quoted } from "../quoting.js";
import { createRng } from "../random.js";
import { finisher } from "../synthesis/finishRows.js";
import { givenDraws } from "../synthesis/givenDraws.js";
import { obeys, reshapeConditions, restore } from "../tables/reshaping.js";
import type { Table } from "../tables/table.js";
import { tableWriter, writtenColumns } from "../tables/tableWriter.js";
import { takeRows } from "../tables/takeRows.js";
import {
  type TypedCell,
  type TypedColumn,
  type TypedFormat,
  typedColumns,
  typedWriter,
} from "../tables/typedWriter.js";
import { matches, tableConditions } from "../tables/where.js";
import type { WritingOptions } from "../tables/writtenNumber.js";
import type { SavedRun } from "./savedRun.js";

/** What rows are asked for. */
export interface RowsAsked extends WritingOptions {
  /** The same seed gives the same rows. Default: 0. */
  readonly seed?: number | undefined;
  /** Conditions that all of them fulfil, such as "sex=Female" or "age=30..40" (`tableConditions`). Default: none. */
  readonly where?: readonly string[] | undefined;
  /** Told how many rows there are, again and again. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/** Rows of text, in the columns of the file that a run was trained on. */
export interface WrittenRows {
  readonly columns: readonly string[];
  /** Some rows at a time, as many as asked for in all. */
  readonly chunks: AsyncIterable<readonly (readonly string[])[]>;
}

/** Rows of numbers, texts and the like, in the columns of the file that a run was trained on. */
export interface TypedRows {
  readonly columns: readonly TypedColumn[];
  /** Some rows at a time, column by column, as many as asked for in all. */
  readonly chunks: AsyncIterable<readonly (readonly TypedCell[])[]>;
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

/** As `sampleRows`, for a format that has types. */
export async function sampleTypedRows(
  run: SavedRun,
  format: TypedFormat,
  count: number,
  asked: RowsAsked = {},
): Promise<TypedRows> {
  const { schema } = tableOf(run);
  const write = await typedWriter(schema, format, asked.seed ?? 0, asked);
  async function* chunks() {
    for await (const table of sampleTables(run, count, asked)) yield write(table);
  }
  return { columns: typedColumns(schema, format), chunks: chunks() };
}

/** What to know of conditions before rows are made: that no row of the data fulfils two of them at once, as far as the run knows. */
export function conditionWarnings(run: SavedRun, where: readonly string[]): readonly string[] {
  const { columns } = rowLayout(tableOf(run).codec);
  const { seenPairs } = run.data;
  const unseen = seenPairs ? unseenPairs(seenPairs, columns, askedOf(run, where).columns) : [];
  return unseen.map(
    ([{ layout: one }, { layout: other }]) =>
      `No row of the data has what is asked of ${quoted(one.name)} and ${quoted(other.name)} together: such rows are made all the same, ` +
      "but how they would be is a guess.",
  );
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
  { seed = 0, where = [], round, clamp, onProgress }: RowsAsked = {},
): AsyncGenerator<Table> {
  const { schema, reshaping, codec } = tableOf(run);
  const prior = priorTables(run.model.state.generator.buffers);
  const { sets, columns } = askedOf(run, where);
  // A generator that takes no conditions makes all columns by itself.
  const given = run.model.game.isConditionOptional ? givenOf(columns, prior !== null) : [];
  const isGiven = given.length > 0;
  const game = isGiven ? run.model.game : { ...run.model.game, conditionShape: null };
  const places = new Set(given.map(({ place }) => place));
  const rng = createRng(seed);
  const draw = givenDraws(rowLayout(codec), given, prior, rng);
  const finish = await finisher(codec, run.finish, seed ^ FINISH_STREAM);
  const sampler = await fixedSampler({ ...run.model, game }, CHUNK);
  try {
    let [made, kept] = [0, 0];
    while (kept < count) {
      if (made > PATIENCE && made > MOST_TRIES * Math.max(kept, 1)) throw tooRare(run.directory, kept, made);
      const inputs = drawSamplerInputs(game, CHUNK, rng, isGiven ? draw(CHUNK) : undefined);
      const samples = await sampler.run(inputs);
      made += CHUNK;
      const passed = await finish.finish(finiteSamples(samples), places);
      const table = restore(reshaping, decodeRows(codec, passed, run.data.name), { round });
      const [lawful, wanted] = [obeys(schema, table, { ranges: clamp }), matches(sets, table)];
      const rows = Uint32Array.from(lawful.keys()).filter((row) => lawful[row] === 1 && wanted[row] === 1);
      const taken = rows.subarray(0, count - kept);
      kept += taken.length;
      if (taken.length > 0) yield takeRows(table, taken);
      onProgress?.(kept);
    }
  } finally {
    await Promise.all([sampler.release(), finish.release()]);
  }
}

/** What conditions ask of the columns of the table, and of those that are modelled. */
function askedOf(run: SavedRun, where: readonly string[]) {
  const { schema, reshaping, codec } = tableOf(run);
  const sets = tableConditions(where, schema);
  const columns = givenColumns(codec, reshapeConditions(reshaping, sets).modelled);
  const none = columns.find(({ share }) => share === 0);
  if (!none) return { sets, columns };
  throw new InputError(
    `No row of the data that ${run.directory} was trained on has what is asked of ${quoted(none.layout.name)}.`,
  );
}

/**
 * Which columns the generator is given: all, where a prior draws them jointly; else those of one value, or if there are none the one that
 * allows the fewest rows. Several sets drawn each by itself would lose what their columns have to do with each other, so that rows outside of
 * them are made anew.
 */
function givenOf(columns: readonly GivenColumn[], hasPrior: boolean): readonly GivenColumn[] {
  if (hasPrior) return columns;
  const single = columns.filter(({ isOneValue }) => isOneValue);
  return single.length > 0 ? single : columns.toSorted((a, b) => a.share - b.share).slice(0, 1);
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
