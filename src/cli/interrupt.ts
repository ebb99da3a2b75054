import { EXIT } from "./exit.js";

/** Ctrl+C below `npm` or `npx` arrives twice, from the terminal and from npm: what follows within this time is the same one. */
const SAME_MILLISECONDS = 500;

/**
 * Runs `work` with a signal that Ctrl+C (SIGINT) or SIGTERM aborts. A second one ends the process at once. When `work` has ended,
 * be it by an error, the signal is aborted too, so that nothing that it began goes on.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let first: number | undefined;
  const interrupt = () => {
    first ??= performance.now();
    if (performance.now() - first > SAME_MILLISECONDS) process.exit(EXIT.interrupted);
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
    controller.abort();
  }
}
