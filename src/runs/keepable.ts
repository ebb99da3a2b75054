import type { TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { PlayerState, State } from "../game/state.js";
import type { RunConfig } from "./config.js";
import { adviceFor, type MemoryFacts } from "./memoryAdvice.js";

/** Bytes of the largest state of a checkpoint: Node reads no larger file in one piece. */
export const LARGEST_STATE = 2 ** 31 - 1;

const BYTES = 4;

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
