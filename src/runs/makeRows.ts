import type { GivenColumn } from "../data/codecs/givenColumns.js";
import { decodeRows, rowLayout } from "../data/codecs/tableRows.js";
import { InputError } from "../errors.js";
import { drawSamplerInputs, finiteSamples, fixedSampler } from "../game/sampling.js";
import { priorTables } from "../networks/rowPrior.js";
import { createRng } from "../random.js";
import { finisher } from "../synthesis/finishRows.js";
import { givenDraws } from "../synthesis/givenDraws.js";
import { obeys, restore } from "../tables/reshaping.js";
import type { Table } from "../tables/table.js";
import { takeRows } from "../tables/takeRows.js";
import { matches } from "../tables/where.js";
import type { WritingOptions } from "../tables/writtenNumber.js";
import { askedOf, tableOf } from "./askedOfTable.js";
import type { RowMaker } from "./runRecord.js";

/** What rows are made. */
export interface RowsToMake extends WritingOptions {
  readonly seed: number;
  /** Conditions that all of them fulfil (`tableConditions`). */
  readonly where: readonly string[];
  /** Threads of each session. Default: ONNX Runtime's choice. */
  readonly threads?: number | undefined;
  /** Told how many rows there are, again and again. */
  readonly onProgress?: ((rows: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that are made at a time, and numbers of them: enough to be fast, few enough to need little memory. */
const MOST_AT_A_TIME = 4000;
const NUMBERS_AT_A_TIME = 2 ** 21;
/** What the finish draws is a stream of its own. */
const FINISH_STREAM = 0x66696e;
/** Rows that may be made for each that is kept, once so many were made. */
const MOST_TRIES = 1000;
const PATIENCE = 200_000;

/**
 * New rows of a run on a table, in this thread, some at a time. Those that break a rule of the table or a condition are made anew.
 * @throws InputError where such rows are too rare
 */
export async function* makeRows(
  run: RowMaker,
  count: number,
  { seed, where, round, clamp, threads, onProgress, signal }: RowsToMake,
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
  const layout = rowLayout(codec);
  const chunk = Math.max(1, Math.min(MOST_AT_A_TIME, Math.floor(NUMBERS_AT_A_TIME / layout.width)));
  const draw = givenDraws(layout, given, prior, rng);
  const finish = await finisher(codec, run.finish, { seed: seed ^ FINISH_STREAM, threads });
  const sampler = await fixedSampler({ ...run.model, game }, chunk, { threads });
  try {
    let [made, kept] = [0, 0];
    while (kept < count) {
      signal?.throwIfAborted();
      if (made > PATIENCE && made > MOST_TRIES * Math.max(kept, 1)) throw tooRare(run.directory, kept, made);
      const inputs = drawSamplerInputs(game, chunk, rng, isGiven ? draw(chunk) : undefined);
      const samples = await sampler.run(inputs);
      made += chunk;
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

function tooRare(directory: string, kept: number, made: number): InputError {
  return new InputError(
    `The generator of ${directory} makes such rows too rarely: ${kept} of ${made} fulfil all rules and conditions. Ask for fewer conditions, or wider ones.`,
  );
}
