import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { inLanes } from "./lanes.js";
import { type ErrorClass, errorFrom, type PlainError } from "./plainErrors.js";

/** What a piece of work is given beside its assignment. */
export interface WorkOptions<Progress> {
  /** Asks it to end soon. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Work that a thread of its own can do. Assignments, progress and results are plain data, which is copied between threads. */
export interface ThreadWork<Assignment, Progress, Result> {
  /** The module that exports `run` under the function's own name: its `import.meta.url`. */
  readonly module: string;
  readonly run: (assignment: Assignment, options: WorkOptions<Progress>) => Result | Promise<Result>;
  /** Classes of errors that it throws, beside those built in and `InputError`: they keep their class. */
  readonly errors: readonly ErrorClass[];
  /**
   * How it is stopped. "ask": by its signal; it has to be so wherever ONNX Runtime may run, because a thread that ends in the middle of
   * that takes the process with it. "terminate": at once, which work can bear that computes and touches nothing else.
   */
  readonly stop: "ask" | "terminate";
}

export interface ThreadOptions<Progress> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What a thread is started with. */
export interface Task {
  readonly module: string;
  readonly name: string;
  readonly assignment: unknown;
}

/** What a thread says. */
export type Message<Progress, Result> =
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "done"; readonly result: Result }
  | { readonly type: "failed"; readonly error: PlainError };

/** What a thread is told when it is to end soon. */
export const STOP = "stop";

/**
 * Does one piece of work in a thread of its own.
 * @throws the signal's reason where it stopped the work, and what the work throws, of the same class; both when the thread has ended
 */
export function inThread<Assignment, Progress, Result>(
  work: ThreadWork<Assignment, Progress, Result>,
  assignment: Assignment,
  { signal, onProgress }: ThreadOptions<Progress> = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const task: Task = { module: work.module, name: work.run.name, assignment };
    const worker = new Worker(new URL("./thread.js", import.meta.url), { workerData: task });
    const stop = () => (work.stop === "terminate" ? void worker.terminate() : worker.postMessage(STOP));
    signal?.addEventListener("abort", stop, { once: true });
    let failure: Error | undefined;
    worker.on("message", (message: Message<Progress, Result>) => {
      if (message.type === "progress") onProgress?.(message.progress);
      else if (message.type === "done") resolve(message.result);
      else failure = errorFrom(message.error, work.errors);
    });
    worker.on("error", (error) => {
      failure = error;
    });
    worker.on("exit", (code) => {
      signal?.removeEventListener("abort", stop);
      const stopped = signal?.aborted && (failure === undefined || failure.name === "AbortError");
      reject(stopped ? signal.reason : (failure ?? new Error(`a thread ended early with code ${code}`)));
    });
  });
}

export interface ThreadsOptions<Assignment, Progress, Result> {
  /** Pieces of work at a time, each in a thread of its own. 0: one after the other, in this thread. Default: the number of cores. */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress, assignment: Assignment) => void) | undefined;
  /** Called with each result; the lane goes on to the next piece of work when this has ended. */
  readonly onResult?: ((result: Result, assignment: Assignment) => Promise<void>) | undefined;
}

/**
 * Does many pieces of work, several at a time. The first error stops the others.
 * @returns the results in the order of the assignments
 * @throws the signal's reason, and what the work or `onResult` throws first; both when all threads have ended
 */
export function inThreads<Assignment, Progress, Result>(
  work: ThreadWork<Assignment, Progress, Result>,
  assignments: readonly Assignment[],
  options: ThreadsOptions<Assignment, Progress, Result>,
): Promise<Result[]> {
  const { workers = availableParallelism(), onResult } = options;
  const one = async (assignment: Assignment, signal: AbortSignal) => {
    const onProgress = (progress: Progress) => options.onProgress?.(progress, assignment);
    const control = { signal, onProgress };
    const result = await (workers === 0 ? work.run(assignment, control) : inThread(work, assignment, control));
    await onResult?.(result, assignment);
    return result;
  };
  return inLanes(assignments, Math.max(1, workers), one, options.signal);
}
