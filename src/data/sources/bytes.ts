import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { promisify } from "node:util";
import { createGunzip, gunzip } from "node:zlib";
import { InputError } from "../../errors.js";
import { unreadable } from "../reading.js";
import { collected } from "./collected.js";
import { mostBytes } from "./limits.js";
import { mostUnpacked } from "./mostUnpacked.js";
import { STANDARD_INPUT, standardInput } from "./standardInput.js";

const LIMIT = `a file may have ${mostBytes} (an eighth of the memory, and 2 GiB at most)`;

/** Unpacked in pieces of this size; Node's own are a hundredth of it, and slow. */
const CHUNK = 2 ** 21;

/**
 * The bytes of a file, or of standard input for "-"; unpacked where they are compressed with gzip, which is told by how they begin.
 * @throws InputError where it cannot be read, its compression is damaged, or it has more bytes, packed or unpacked, than an eighth of this
 * machine's memory or 2 GiB; where it unpacks to more than 256 MiB and a hundred times its size; and where standard input or another
 * stream has more than 256 MiB
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  const bytes = path === STANDARD_INPUT ? await standardInput() : await fileBytes(path);
  return isGzip(bytes) ? unpacked(path, bytes) : bytes;
}

/**
 * The first bytes of a regular file, as they lie there, at most `length`.
 * @throws InputError where it cannot be read
 */
export async function startOfFile(path: string, length: number): Promise<Uint8Array> {
  try {
    const file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0).finally(() => file.close());
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * The bytes of a regular file piece by piece, however many it has; unpacked as `readBytes` does.
 * @throws InputError where it cannot be read, or its compression is damaged
 */
export async function* bytePieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    const start = await startOfFile(path, 2);
    const packed = createReadStream(path, { highWaterMark: CHUNK });
    // What fails is thrown where the last stream is read.
    yield* isGzip(start) ? pipeline(packed, createGunzip({ chunkSize: CHUNK }), () => {}) : packed;
  } catch (error) {
    const isDamaged = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
    throw isDamaged ? damaged(path, error) : unreadable(path, error);
  }
}

/** Whether a file that begins so is compressed with gzip. */
function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

function damaged(path: string, { message }: Error): InputError {
  return new InputError(`${path} is a damaged gzip file (${message}); get the file again.`);
}

async function fileBytes(path: string): Promise<Uint8Array> {
  try {
    const file = await stat(path);
    if (file.isFIFO() || file.isCharacterDevice()) return await collected(createReadStream(path), path);
    if (file.size > mostBytes) throw new InputError(`${path} has ${file.size} bytes, and ${LIMIT}; take a part of it.`);
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function unpacked(path: string, bytes: Uint8Array): Promise<Uint8Array> {
  const most = mostUnpacked(bytes.length, mostBytes);
  return promisify(gunzip)(bytes, { maxOutputLength: most, chunkSize: CHUNK }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_BUFFER_TOO_LARGE") throw damaged(path, error);
    throw new InputError(
      `${path} unpacks from ${bytes.length} bytes to more than ${most}; unpack it and give a file of ${mostBytes} bytes at most.`,
    );
  });
}
