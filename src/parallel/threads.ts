import { parentPort, Worker, workerData } from "node:worker_threads";

/** What a thread is told when it is to end after the piece of work under way. */
const STOP = "stop";

type Message<Progress, Result> =
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "done"; readonly result: Result };

/** What a thread's work is given beside its assignment. */
export interface WorkOptions<Progress> {
  /** Asks it to end soon. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * The results of `work` on every item, at most `width` of them at a time.
 * @throws what `work` throws first; an AbortError when all that is under way has ended
 */
export async function inTurns<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
    }
  };
  const lanes = Array.from({ length: Math.min(width, items.length) }, lane);
  try {
    await Promise.all(lanes);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") await Promise.allSettled(lanes);
    throw error;
  }
  return results;
}

/**
 * Runs a module that calls `serveThread` in a thread of its own.
 * @param assignment plain data
 * @throws DOMException AbortError where the signal stopped it, when the thread has ended; and what the work throws
 */
export function inThread<Progress, Result>(
  module: URL,
  assignment: object,
  {
    signal,
    onProgress,
  }: { readonly signal?: AbortSignal | undefined; readonly onProgress: (progress: Progress) => void },
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData: assignment });
    // Asked, not terminated: a thread that ends in the middle of a run of ONNX Runtime takes the process with it.
    const stop = () => worker.postMessage(STOP);
    const ended = (problem: unknown) => {
      signal?.removeEventListener("abort", stop);
      reject(signal?.aborted ? new DOMException("the work was stopped", "AbortError") : problem);
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    worker.on("message", (message: Message<Progress, Result>) => {
      if (message.type === "progress") onProgress(message.progress);
      else resolve(message.result);
    });
    worker.on("error", ended);
    worker.on("exit", (code) => ended(new Error(`a thread ended early with code ${code}`)));
  });
}

/** Does the work of this thread and reports to the one that started it by `inThread`. */
export async function serveThread<Assignment, Progress, Result>(
  work: (assignment: Assignment, options: WorkOptions<Progress>) => Promise<Result>,
): Promise<void> {
  const say = (message: Message<Progress, Result>) => parentPort!.postMessage(message);
  const controller = new AbortController();
  parentPort!.on("message", (message) => {
    if (message === STOP) controller.abort();
  });
  try {
    const onProgress = (progress: Progress) => say({ type: "progress", progress });
    say({ type: "done", result: await work(workerData as Assignment, { signal: controller.signal, onProgress }) });
  } finally {
    // An open port would keep the thread alive.
    parentPort!.close();
  }
}
