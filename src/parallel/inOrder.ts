/**
 * The results of `work` on each item, in the items' order, with at most `width` of them under way at a time: the next ones are worked on
 * while one is used. Whoever stops early, and the first error, stops all that is under way through the signal that `work` is given.
 * @throws what `work` throws on the first item on which it does; everything has ended then
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const stop = new AbortController();
  const queue = items[Symbol.iterator]();
  const underWay: Promise<Result>[] = [];
  const begin = () => {
    const { value, done } = queue.next();
    if (done) return;
    const result = work(value, stop.signal);
    // It is thrown when its turn has come, not before.
    result.catch(() => {});
    underWay.push(result);
  };
  try {
    for (let i = 0; i < width; i++) begin();
    for (let first = underWay.shift(); first; first = underWay.shift()) {
      const result = await first;
      begin();
      yield result;
    }
  } finally {
    stop.abort();
    await Promise.allSettled(underWay);
  }
}
