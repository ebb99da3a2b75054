/**
 * The results of `work` on every item, in the items' order, with at most `width` of them under way at a time. The first error stops all
 * that is under way, through the signal that `work` is given, and is thrown when that has ended.
 * @param signal stops all of it
 * @throws what `work` throws first, or the signal's reason
 */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result[]> {
  const failed = new AbortController();
  const stop = AbortSignal.any(signal ? [signal, failed.signal] : [failed.signal]);
  const errors: unknown[] = [];
  const results: Result[] = [];
  const queue = items.entries();
  const lane = async () => {
    try {
      for (const [index, item] of queue) {
        stop.throwIfAborted();
        results[index] = await work(item, stop);
      }
    } catch (error) {
      errors.push(error);
      failed.abort();
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (errors.length > 0) throw errors[0];
  return results;
}
