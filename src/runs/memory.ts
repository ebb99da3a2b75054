import { totalmem } from "node:os";
import type { TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { PlayerState, State } from "../game/state.js";
import type { TableSchema } from "../tables/schema.js";
import { LARGEST_STATE } from "./checkpoint.js";
import type { RunConfig } from "./config.js";
import { checkFits, type SampleFacts, trainingMemory } from "./memoryEstimate.js";
import { memoryAdvice } from "./tableMemory.js";

/** What is to be known of data: of a table, its columns too. */
export type MemoryFacts = SampleFacts & { readonly table?: { readonly schema: TableSchema } | undefined };

const BYTES = 4;
/** Of a process that has loaded ONNX Runtime and trains next to nothing. */
export const PROCESS_MEMORY = 150 * 2 ** 20;

/**
 * Checks, before anything is made, that training fits into the memory of this machine, or of the container that this process runs in.
 * @param atOnce runs at a time
 * @throws InputError where it cannot fit
 */
export function checkMemory(config: RunConfig, data: MemoryFacts, atOnce = 1): void {
  if (atOnce > 1) checkMemory(config, data);
  checkFits(PROCESS_MEMORY + atOnce * trainingMemory(config, data), availableMemory(), adviceFor(config, data, atOnce));
}

/**
 * Checks, before anything is trained, that a checkpoint of the run can be written.
 * @param state its first one
 * @throws InputError where it is too large
 */
export function checkKeepable(config: RunConfig, data: MemoryFacts, { generator, critic }: State<TensorData>): void {
  // A run on a table keeps the generator that its rows are made with beside the last one.
  const numbers = (data.table ? 2 : 1) * numbersIn(generator) + numbersIn(critic);
  const gigabytes = (BYTES * numbers) / 2 ** 30;
  if (BYTES * numbers <= LARGEST_STATE) return;
  throw new InputError(
    `A checkpoint of this run would have ${gigabytes.toPrecision(2)} GiB, and 2 GiB can be kept: choose ${adviceFor(config, data, 1)}.`,
  );
}

function numbersIn({ parameters, slots, buffers, average }: PlayerState<TensorData>): number {
  const all = [parameters, ...Object.values(slots), ...Object.values(buffers), ...(average ? [average] : [])];
  return all.reduce((sum, { data }) => sum + data.length, 0);
}

function adviceFor(config: RunConfig, { table, size }: MemoryFacts, atOnce: number): string {
  if (atOnce > 1) return `fewer than ${atOnce} runs at a time (--workers)`;
  return table ? memoryAdvice(config, table.schema, size) : "a smaller width, depth, latent or batch";
}

/** Bytes that this process may have: the machine's, or fewer in a container. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
