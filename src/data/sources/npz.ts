import { InputError } from "../../errors.js";
import { listed, quoted } from "../../quoting.js";
import { mostUnpacked } from "./mostUnpacked.js";
import { parseNpy } from "./npy.js";
import type { NumberArray } from "./numberArray.js";
import { damaged, isZip, unzip } from "./zip.js";

/** Files in an archive; numpy writes one for each array. */
const MOST_MEMBERS = 10_000;

export interface NpzOptions {
  /** The name of the array. Default: that of the only one. */
  readonly array?: string | undefined;
  /** Bytes that the array may have. */
  readonly mostBytes: number;
}

/**
 * An array of a `.npz` file of numpy, a zip archive of `.npy` files, compressed or not.
 * @param name of the file, for messages
 * @throws InputError where it is damaged, has no such array, or several and none is named, where that is larger than `mostBytes` or than
 * what the archive may unpack to, and as `parseNpy` does
 */
export function parseNpz(bytes: Uint8Array, name: string, { array, mostBytes }: NpzOptions): NumberArray {
  if (!isZip(bytes)) throw new InputError(`${name} is not a .npz file: it does not start as numpy.savez starts one.`);
  const members = membersOf(bytes, name);
  const names = [...members.keys()].flatMap((member) =>
    member.endsWith(".npy") ? member.slice(0, -".npy".length) : [],
  );
  const [first] = names;
  if (first === undefined)
    throw new InputError(`${name} is a zip archive without .npy arrays; save them with numpy.savez.`);
  const chosen = array ?? first;
  if (array === undefined ? names.length > 1 : !names.includes(array)) {
    const problem = array === undefined ? "holds several arrays" : `holds no array ${quoted(array)}`;
    throw new InputError(`${name} ${problem}: give ${name}:NAME with one of ${listed(names)}.`);
  }
  const size = members.get(`${chosen}.npy`)!;
  if (size > mostBytes) {
    throw new InputError(
      `${name}: the array ${quoted(chosen)} has ${size} bytes, and may have ${mostBytes}; take a part of it.`,
    );
  }
  if (size > mostUnpacked(bytes.length, mostBytes))
    throw new InputError(`${name} unpacks from ${bytes.length} bytes to ${size}; unpack it and give ${chosen}.npy.`);
  return parseNpy(unpacked(bytes, name, `${chosen}.npy`, size), `${name}:${chosen}`);
}

/** The files in the archive with the bytes that each has unpacked. */
function membersOf(bytes: Uint8Array, name: string): ReadonlyMap<string, number> {
  const members = new Map<string, number>();
  unzip(bytes, name, (member, size) => {
    members.set(member, size);
    if (members.size > MOST_MEMBERS) throw new InputError(`${name} holds more than ${MOST_MEMBERS} files; give fewer.`);
    return false;
  });
  return members;
}

function unpacked(bytes: Uint8Array, name: string, wanted: string, size: number): Uint8Array {
  const files = unzip(bytes, name, (member) => member === wanted);
  const file = files.get(wanted);
  if (file?.length !== size) throw damaged(name);
  return file;
}
