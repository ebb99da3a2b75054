/** More threads than this gain nothing on matrices of the page's size. */
const MOST = 4;

/** Threads of WebAssembly for each of so many workers that share the cores: one where the page may not share memory between threads. */
export function threadsAmong(workers: number): number {
  if (!self.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(Math.floor(navigator.hardwareConcurrency / workers), MOST));
}
