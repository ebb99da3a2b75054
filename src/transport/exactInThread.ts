import { inThread, type ThreadWork, type WorkOptions } from "../parallel/threads.js";
import { type AsyncExactOptions, exactTransportSync, type TransportProblem } from "./exact.js";
import type { ExactTransport } from "./exactSteps.js";
import type { SimplexProgress } from "./networkSimplex.js";

interface Assignment {
  readonly problem: TransportProblem;
  readonly memoryLimit: number | undefined;
}

/** What the thread does. */
export function solve(
  { problem, memoryLimit }: Assignment,
  { onProgress }: WorkOptions<SimplexProgress>,
): ExactTransport {
  return exactTransportSync(problem, { memoryLimit, onProgress });
}

const solving: ThreadWork<Assignment, SimplexProgress, ExactTransport> = {
  module: import.meta.url,
  run: solve,
  errors: [],
  stop: "terminate",
};

/**
 * `exactTransport` in a thread of its own, so that this one stays free. Node only. The problem's arrays are copied to that thread.
 * A signal ends the thread at once.
 *
 * @param problem two weighted point sets, or a matrix of costs
 * @param options memory, progress and a signal
 * @example const { cost } = await exactTransportInThread({ a, b }, { signal: AbortSignal.timeout(60_000) })
 * @throws InputError as `exactTransport`; the signal's reason
 */
export function exactTransportInThread(
  problem: TransportProblem,
  { memoryLimit, ...control }: AsyncExactOptions = {},
): Promise<ExactTransport> {
  return inThread(solving, { problem, memoryLimit }, control);
}
