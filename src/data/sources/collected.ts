import type { Readable } from "node:stream";
import { InputError } from "../../errors.js";
import { mostBytes } from "./limits.js";

/** One that does not end is to be refused soon. */
const LONGEST = Math.min(2 ** 28, mostBytes);

/**
 * Everything that a stream gives.
 * @throws InputError where it has more than 256 MiB, or an eighth of the memory where that is less
 */
export async function collected(stream: Readable, name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    length += piece.length;
    if (length > LONGEST)
      throw new InputError(
        `${name} has more than ${LONGEST} bytes, the most of a stream; save it to a file and give that.`,
      );
  }
  return Buffer.concat(pieces, length);
}
