import { availableParallelism } from "node:os";
import { InputError } from "../errors.js";
import { inOrder } from "../parallel/inOrder.js";
import { inThread, type ThreadWork, type WorkOptions } from "../parallel/threads.js";
import type { Table } from "../tables/table.js";
import type { WritingOptions } from "../tables/writtenNumber.js";
import { tableOf } from "./askedOfTable.js";
import { blocksOfRows } from "./blocksOfRows.js";
import { makeRows, type RowsToMake } from "./makeRows.js";
import { importModules } from "./ownModules.js";
import { addedPart } from "./parts.js";
import type { SavedRun } from "./runRecord.js";
import { loadRun } from "./savedRun.js";

/** What rows are asked for. */
export interface RowsAsked extends WritingOptions {
  /** The same seed gives the same rows. Default: 0. */
  readonly seed?: number | undefined;
  /** Conditions that all of them fulfil, such as "sex=Female" or "age=30..40" (`tableConditions`). Default: none. */
  readonly where?: readonly string[] | undefined;
  /** Told how many rows there are, again and again. */
  readonly onProgress?: ((rows: number) => void) | undefined;
  /** Ends the work; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Threads that make rows where many are asked for, each a block of them at a time. 0: this thread alone. The rows are the same with any
   * number. Default: the number of cores, at most 8.
   */
  readonly workers?: number | undefined;
  /** The user's own modules (`importModules`), for each thread to import. Default: none. */
  readonly modules?: readonly string[] | undefined;
}

const MOST_WORKERS = 8;

/**
 * New rows of a run on a table as numbers, some at a time: `makeRows` in blocks, each with a seed of its own, in threads.
 * @param blockRows rows of a block. Default: as many as have 2^21 values
 */
export async function* sampleTables(
  run: SavedRun,
  count: number,
  { workers = Math.min(availableParallelism(), MOST_WORKERS), modules = [], ...asked }: RowsAsked = {},
  blockRows?: number,
): AsyncGenerator<Table, void> {
  const { seed = 0, where = [], round, clamp, onProgress, signal } = asked;
  const { columns } = tableOf(run).schema;
  const blocks = blocksOfRows(count, seed, columns.length, blockRows).map(({ count, seed }) => ({
    count,
    asked: { seed, where, round, clamp },
  }));
  let total = 0;
  /** Told of the rows of one block, tells of all. */
  const ofBlock = () => {
    let before = 0;
    return (rows: number) => {
      total += rows - before;
      before = rows;
      onProgress?.(total);
    };
  };
  // What was added in this thread alone is not known to others.
  const isKnownHereOnly = modules.length === 0 && addedPart(run.config) !== undefined;
  if (workers === 0 || blocks.length === 1 || isKnownHereOnly) {
    for (const { count, asked } of blocks) yield* makeRows(run, count, { ...asked, onProgress: ofBlock(), signal });
    return;
  }
  const { directory, id } = run;
  const from = { directory, id, checkpoint: run.progress.iteration, modules };
  const threads = Math.max(1, Math.floor(availableParallelism() / Math.min(workers, blocks.length)));
  const done = inOrder(blocks, workers, ({ count, asked }, stop) =>
    inThread(
      blockWork,
      { ...from, count, asked: { ...asked, threads } },
      { onProgress: ofBlock(), signal: signal ? AbortSignal.any([signal, stop]) : stop },
    ),
  );
  for await (const tables of done) yield* tables;
}

interface Block {
  readonly directory: string;
  readonly id: string;
  readonly checkpoint: number;
  readonly modules: readonly string[];
  readonly count: number;
  readonly asked: RowsToMake;
}

/** What a thread does. */
export async function makeBlock(
  { directory, id, checkpoint, modules, count, asked }: Block,
  control: WorkOptions<number>,
): Promise<Table[]> {
  await importModules(modules);
  const run = await loadRun(directory, { checkpoint });
  if (run.id !== id) throw new InputError(`Another run was trained in ${directory} in the meantime: sample again.`);
  const tables: Table[] = [];
  for await (const table of makeRows(run, count, { ...asked, ...control })) tables.push(table);
  return tables;
}

const blockWork: ThreadWork<Block, number, Table[]> = {
  module: import.meta.url,
  run: makeBlock,
  errors: [],
  stop: "ask",
};
