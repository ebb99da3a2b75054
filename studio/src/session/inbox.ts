/** Messages that wait to be read, in order. */
export interface Inbox<T> {
  push(message: T): void;
  /** The next one, or `undefined` where there is none. */
  take(): T | undefined;
  /** The waiting ones, oldest first. */
  readonly waiting: readonly T[];
  /** Resolves once a message waits, or after so many milliseconds. 0 lets the thread receive what was posted in the meantime. */
  arrival(within: number): Promise<void>;
}

export function createInbox<T>(): Inbox<T> {
  const waiting: T[] = [];
  let wake = () => {};
  // A turn of the event loop: a timer of 0 ms takes 4 ms when it is set again and again.
  const { port1, port2 } = new MessageChannel();
  let turn = () => {};
  port1.onmessage = () => turn();
  return {
    waiting,
    push(message) {
      waiting.push(message);
      wake();
    },
    take: () => waiting.shift(),
    async arrival(within) {
      if (within <= 0) {
        return new Promise((resolve) => {
          turn = resolve;
          port2.postMessage(null);
        });
      }
      if (waiting.length > 0) return;
      await new Promise<void>((resolve) => {
        const timer = Number.isFinite(within) ? setTimeout(resolve, within) : undefined;
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = () => {};
    },
  };
}
