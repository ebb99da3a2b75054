import { InputError } from "../../errors.js";
import { bytesOfElement, elementCount, elementsIn, type NumberArray } from "./numberArray.js";

/** Element types by their code, the third byte of the file. */
const TYPES: ReadonlyMap<number, string> = new Map([
  [8, "u1"],
  [9, "i1"],
  [11, "i2"],
  [12, "i4"],
  [13, "f4"],
  [14, "f8"],
]);
const MOST_AXES = 32;

/** How the names of IDX files end. */
export const idxName = /(ubyte|\.idx\d?)(\.gz)?$/i;

/** Whether bytes start as an IDX file does: two bytes of 0, which start no text, an element type and a number of axes. */
export function isIdx([first, second, type = 0, axes = 0]: Uint8Array): boolean {
  return first === 0 && second === 0 && TYPES.has(type) && axes > 0 && axes <= MOST_AXES;
}

/**
 * The array in the bytes of an IDX file, the format of MNIST (http://yann.lecun.com/exdb/mnist): two zero bytes, an element type, the
 * number of axes, their lengths, then the elements, highest byte first.
 * @param name of the file, for messages
 * @throws InputError where the file is empty, no IDX file, holds nothing, is cut off or goes on after its last element
 */
export function parseIdx(bytes: Uint8Array, name: string): NumberArray {
  if (bytes.byteLength === 0) throw new InputError(`${name} is empty; give an IDX file, as MNIST's.`);
  if (!isIdx(bytes)) {
    const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw new InputError(
      `${name} is not an IDX file: it starts with bytes ${start}, where images start with 00 00 08 03.`,
    );
  }
  const type = TYPES.get(bytes[2]!)!;
  const axes = bytes[3]!;
  const header = 4 + 4 * axes;
  if (bytes.byteLength < header) {
    throw new InputError(`${name} is cut off within its header of ${header} bytes; get the file again.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const needed = elementCount(shape) * bytesOfElement(type)!;
  if (needed === 0) throw new InputError(`${name} holds no elements: its shape is [${shape.join(", ")}].`);
  const found = bytes.byteLength - header;
  if (found !== needed) {
    const problem = found < needed ? "is cut off" : "continues after its last element";
    throw new InputError(
      `${name} ${problem}: a shape of [${shape.join(", ")}] takes ${needed} bytes and ${found} follow the header; get the file again.`,
    );
  }
  return { shape, data: elementsIn(bytes.subarray(header), type, false) };
}
