import { crc32c } from "./crc32c.js";

// A TFRecord: the length of its content in 8 bytes, that length's checksum in 4, the content, and its checksum in 4; lowest byte first.
const [HEAD, TAIL] = [12, 4];

/** Content as a record of a TFRecord file. */
export function recordOf(content: Uint8Array): Buffer {
  const record = Buffer.alloc(HEAD + content.length + TAIL);
  record.writeBigUInt64LE(BigInt(content.length));
  record.writeUInt32LE(masked(crc32c(record.subarray(0, 8))), 8);
  record.set(content, HEAD);
  record.writeUInt32LE(masked(crc32c(content)), HEAD + content.length);
  return record;
}

/** The contents of the whole records at the beginning of a file, each with where it ends: a killed writer may have left half a record. */
export function* recordsIn(file: Buffer): Generator<{ readonly content: Buffer; readonly end: number }> {
  for (let at = 0; at + HEAD <= file.length; ) {
    const end = at + HEAD + Number(file.readBigUInt64LE(at)) + TAIL;
    if (end > file.length || file.readUInt32LE(at + 8) !== masked(crc32c(file.subarray(at, at + 8)))) return;
    const content = file.subarray(at + HEAD, end - TAIL);
    if (file.readUInt32LE(end - TAIL) !== masked(crc32c(content))) return;
    yield { content, end };
    at = end;
  }
}

/** Checksums of what may hold checksums itself are rotated and moved by a constant, as TensorFlow has it. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
