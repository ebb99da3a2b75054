/** How often `monge studio` is asked whether anything has changed, in milliseconds; it answers next to nothing where nothing has. */
const INTERVAL = 2000;

export interface Follower<T> {
  /** What is told, each time that it is another. */
  readonly take: (value: T) => void;
  /** Whether the server has stopped answering, when that changes. */
  readonly lost?: (isLost: boolean) => void;
}

/**
 * Asks for an address again and again, and not while the page is hidden. Polling with an ETag needs no connection that could break: a
 * server that was started again is found again.
 * @returns ends it
 */
export function follow<T>(address: string, { take, lost }: Follower<T>): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let tag: string | null = null;
  let isLost = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const answered = (answers: boolean) => {
    if (signal.aborted || isLost === !answers) return;
    isLost = !answers;
    lost?.(isLost);
  };
  const ask = async () => {
    clearTimeout(timer);
    if (!document.hidden) {
      const headers: HeadersInit = tag === null ? {} : { "If-None-Match": tag };
      try {
        const response = await fetch(address, { cache: "no-store", headers, signal });
        if (response.ok) {
          const value = (await response.json()) as T;
          tag = response.headers.get("ETag");
          if (!signal.aborted) take(value);
        }
        answered(response.ok || response.status === 304);
      } catch {
        answered(false);
      }
    }
    if (!signal.aborted) timer = setTimeout(ask, INTERVAL);
  };
  void ask();
  return () => {
    controller.abort();
    clearTimeout(timer);
  };
}
