/** What is told of long work, and what ends it. */
export interface TurnOptions<Progress> {
  /** Called now and then while the work goes on. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the work; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Others run after so many milliseconds. */
const slice = 20;

/** Goes on when the thread has had a look at what else there is to do. Node's own way does not wait a millisecond for it. */
const pass: (next: () => void) => void = "setImmediate" in globalThis ? setImmediate : (next) => setTimeout(next, 0);

/** What long work is to await between its steps: lets others of the thread run now and then, and throws when the signal says so. */
export function turns(signal?: AbortSignal): () => Promise<void> {
  signal?.throwIfAborted();
  let pause = performance.now() + slice;
  return async () => {
    if (performance.now() < pause) return;
    await new Promise<void>(pass);
    signal?.throwIfAborted();
    pause = performance.now() + slice;
  };
}

/** Runs steps to their end, in turns with other work of the thread. */
export async function inTurns<Progress, Result>(
  steps: Generator<Progress, Result>,
  { onProgress, signal }: TurnOptions<Progress>,
): Promise<Result> {
  const turn = turns(signal);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    onProgress?.(step.value);
    await turn();
  }
}

/** Runs steps to their end; the thread does nothing else. */
export function atOnce<Progress, Result>(
  steps: Generator<Progress, Result>,
  onProgress?: (progress: Progress) => void,
): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    onProgress?.(step.value);
  }
}
