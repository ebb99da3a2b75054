import { totalmem } from "node:os";
import type { RunConfig } from "./config.js";
import { adviceFor, type MemoryFacts } from "./memoryAdvice.js";
import { checkFits, trainingMemory } from "./memoryEstimate.js";

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

/** Bytes that this process may have: the machine's, or fewer in a container. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
