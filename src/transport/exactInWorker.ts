import { Worker } from "node:worker_threads";
import { InputError } from "../errors.js";
import type { AsyncExactOptions, TransportProblem } from "./exact.js";
import type { ExactTransport } from "./exactSteps.js";
import type { WorkerMessage, WorkerRequest } from "./exactWorker.js";

/**
 * `exactTransport` in a thread of its own (Node only), so that this one stays free. The problem's arrays are copied to that thread.
 * A signal ends the thread at once.
 *
 * @example const { cost } = await exactTransportInWorker({ a, b }, { signal: AbortSignal.timeout(60_000) })
 * @throws InputError as `exactTransport`
 */
export function exactTransportInWorker(
  problem: TransportProblem,
  { signal, onProgress, memoryLimit }: AsyncExactOptions = {},
): Promise<ExactTransport> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request: WorkerRequest = { problem, memoryLimit };
    const worker = new Worker(new URL("./exactWorker.js", import.meta.url), { workerData: request });
    const stop = () => {
      reject(signal!.reason);
      void worker.terminate();
    };
    signal?.addEventListener("abort", stop, { once: true });
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "progress") onProgress?.(message.progress);
      else if (message.kind === "solution") resolve(message.solution);
      else reject(new InputError(message.message));
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      signal?.removeEventListener("abort", stop);
      if (code !== 0) reject(new Error(`The transport worker ended with exit code ${code}.`));
    });
  });
}
