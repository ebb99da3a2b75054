import { unzipSync } from "fflate";
import { InputError } from "../../errors.js";

/** Where an archive has the length of its first file's name, in two bytes, and the name. */
const NAME_LENGTH = 26;
const FIRST_NAME = 30;

/** Whether bytes start as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * Files of a zip archive, unpacked, by their names.
 * @param take which of them, by its name and the bytes that it unpacks to
 * @throws InputError where the archive is damaged
 */
export function unzip(
  bytes: Uint8Array,
  name: string,
  take: (member: string, size: number) => boolean,
): ReadonlyMap<string, Uint8Array> {
  try {
    const files = unzipSync(bytes, { filter: (file) => take(file.name, file.originalSize) });
    return new Map(Object.entries(files));
  } catch (error) {
    throw error instanceof InputError ? error : damaged(name);
  }
}

/** The error where an archive is damaged. */
export function damaged(name: string): InputError {
  return new InputError(`${name} is a damaged zip archive; save the file again.`);
}

/** The name of the first file in the archive that begins so; `undefined` where there is none. */
export function firstMember(start: Uint8Array): string | undefined {
  if (!isZip(start) || start.length < FIRST_NAME) return undefined;
  const length = new DataView(start.buffer, start.byteOffset).getUint16(NAME_LENGTH, true);
  return new TextDecoder().decode(start.subarray(FIRST_NAME, FIRST_NAME + length));
}
