/** Ctrl+C below `npm` or `npx` arrives twice, from the terminal and from npm: what follows within this time is the same one. */
const SAME_MILLISECONDS = 500;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs `work` with a signal that Ctrl+C (SIGINT) or SIGTERM aborts. A second one ends the process at once. When `work` has ended,
 * be it by an error, the signal is aborted too, so that nothing that it began goes on.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let first: number | undefined;
  const interrupt = (signal: NodeJS.Signals) => {
    first ??= performance.now();
    if (performance.now() - first > SAME_MILLISECONDS) endAtOnce(signal);
    controller.abort();
  };
  const leave = () => {
    for (const name of SIGNALS) process.off(name, interrupt);
  };
  const endAtOnce = (signal: NodeJS.Signals) => {
    leave();
    // Not process.exit: to wind up threads in the middle of a run of ONNX Runtime crashes.
    process.kill(process.pid, signal);
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    leave();
    controller.abort();
  }
}
