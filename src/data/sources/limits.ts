import { totalmem } from "node:os";
import { constrainedMemory } from "node:process";

/** The part of the memory that what is read from one source may take: two sources, and what is made of each, fit beside it. */
const SHARE = 1 / 8;
/** Node keeps no more bytes of a file in one piece. */
const LARGEST_PIECE = 2 ** 31 - 1;

const memory = Math.min(totalmem(), constrainedMemory() || Number.POSITIVE_INFINITY);

/** Bytes that a file may have, unpacked, and that the numbers of a source may take. */
export const mostBytes = Math.floor(Math.min(memory * SHARE, LARGEST_PIECE));

/** What unpacks to more than this and a hundred times its size was made to fill memory. */
const ALWAYS_UNPACKED = 2 ** 28;
const HIGHEST_RATIO = 100;

/** Bytes that `packed` compressed bytes may unpack to: 256 MiB, or a hundred times as many where that is more. */
export function mostUnpacked(packed: number): number {
  return Math.min(mostBytes, Math.max(ALWAYS_UNPACKED, HIGHEST_RATIO * packed));
}
