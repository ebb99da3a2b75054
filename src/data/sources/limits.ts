import { totalmem } from "node:os";
import { constrainedMemory } from "node:process";
import { getHeapStatistics } from "node:v8";
import { type CellLimits, mostInMemory } from "./cellCollector.js";

/** The part of the memory that what is read from one source may take: two sources, and what is made of each, fit beside it. */
const SHARE = 1 / 8;
/** Node keeps no more bytes of a file in one piece. */
const LARGEST_PIECE = 2 ** 31 - 1;

/** Bytes that this process may have: the machine's, or fewer in a container. */
export const memory = Math.min(totalmem(), constrainedMemory() || Number.POSITIVE_INFINITY);

/** Bytes that a file may have, unpacked, and that the numbers of a source may take. */
export const mostBytes = Math.floor(Math.min(memory * SHARE, LARGEST_PIECE));

/** What the cells of a table may take on this machine: an eighth of the memory, and for their texts, which are strings, a quarter of V8's. */
export const mostCells: CellLimits = {
  cells: Math.floor(Math.min(mostInMemory.cells, (memory * SHARE) / Uint32Array.BYTES_PER_ELEMENT)),
  textBytes: Math.floor(Math.min(mostInMemory.textBytes, getHeapStatistics().heap_size_limit / 4)),
};
