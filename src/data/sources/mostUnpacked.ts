/** What unpacks to more than this and a hundred times its size was made to fill memory. */
const ALWAYS_UNPACKED = 2 ** 28;
const HIGHEST_RATIO = 100;

/** Bytes that `packed` compressed bytes may unpack to: 256 MiB, or a hundred times as many where that is more, and `mostBytes` at most. */
export function mostUnpacked(packed: number, mostBytes: number): number {
  return Math.min(mostBytes, Math.max(ALWAYS_UNPACKED, HIGHEST_RATIO * packed));
}
