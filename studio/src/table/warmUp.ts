import { mul } from "../../../src/engine/index.js";
import { createRng } from "../../../src/random.js";
import { rowFunction } from "../../../src/synthesis/rowFunction.js";
import { loadMadeUp } from "../../../src/tables/madeUp.js";

/** Fetches all that the worker will need: the runtime, by a program that doubles a number, with its threads; and what makes text up. */
export async function warmUp(): Promise<void> {
  const doubled = await rowFunction(1, { width: 1, of: (rows) => mul(rows, 2) });
  await doubled.run(Float32Array.of(1));
  await doubled.release();
  await loadMadeUp(createRng(0));
}
