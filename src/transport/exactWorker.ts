import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../errors.js";
import { exactTransportSync, type TransportProblem } from "./exact.js";
import type { ExactTransport } from "./exactSteps.js";
import type { SimplexProgress } from "./networkSimplex.js";

/** What the worker thread is started with. */
export interface WorkerRequest {
  readonly problem: TransportProblem;
  readonly memoryLimit: number | undefined;
}

/** What the worker thread sends. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly progress: SimplexProgress }
  | { readonly kind: "solution"; readonly solution: ExactTransport }
  | { readonly kind: "inputError"; readonly message: string };

const send = (message: WorkerMessage) => parentPort!.postMessage(message);
const { problem, memoryLimit } = workerData as WorkerRequest;
try {
  const onProgress = (progress: SimplexProgress) => send({ kind: "progress", progress });
  send({ kind: "solution", solution: exactTransportSync(problem, { memoryLimit, onProgress }) });
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  send({ kind: "inputError", message: error.message });
}
