import { InputError } from "../errors.js";

/** An array as an IDX file holds it. */
export interface Idx {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

/** Element types by their code, the third byte of the file. Numbers are stored with the highest byte first. */
const ELEMENTS: Readonly<Record<number, { readonly bytes: number; readonly read: (view: DataView) => Idx["data"] }>> = {
  8: { bytes: 1, read: (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength) },
  9: { bytes: 1, read: (view) => new Int8Array(view.buffer, view.byteOffset, view.byteLength) },
  11: { bytes: 2, read: (view) => new Int16Array(view.byteLength / 2).map((_, i) => view.getInt16(2 * i)) },
  12: { bytes: 4, read: (view) => new Int32Array(view.byteLength / 4).map((_, i) => view.getInt32(4 * i)) },
  13: { bytes: 4, read: (view) => new Float32Array(view.byteLength / 4).map((_, i) => view.getFloat32(4 * i)) },
  14: { bytes: 8, read: (view) => new Float64Array(view.byteLength / 8).map((_, i) => view.getFloat64(8 * i)) },
};

/**
 * The array in the bytes of an IDX file, the format of MNIST (http://yann.lecun.com/exdb/mnist): two zero bytes, an element type, the
 * number of axes, their lengths, then the elements, highest byte first.
 * @param name of the file, for messages
 * @throws InputError where the file is empty, no IDX file, holds nothing, is cut off or goes on after its last element
 */
export function parseIdx(bytes: Uint8Array, name: string): Idx {
  if (bytes.byteLength === 0) throw new InputError(`${name} is empty; give an IDX file, as MNIST's.`);
  const element = ELEMENTS[bytes[2] ?? 0];
  const axes = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || element === undefined || axes === 0) {
    const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw new InputError(`${name} is no IDX file: it starts with bytes ${start}, where images start with 00 00 08 03.`);
  }
  const header = 4 + 4 * axes;
  if (bytes.byteLength < header) {
    throw new InputError(`${name} is cut off within its header of ${header} bytes; get the file again.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const length = shape.reduce((size, axis) => size * axis, element.bytes);
  if (length === 0) throw new InputError(`${name} holds no elements: its shape is [${shape.join(", ")}].`);
  const found = bytes.byteLength - header;
  if (found !== length) {
    const problem = found < length ? "is cut off" : "goes on after its last element";
    throw new InputError(
      `${name} ${problem}: a shape of [${shape.join(", ")}] takes ${length} bytes and ${found} follow the header; get the file again.`,
    );
  }
  return { shape, data: element.read(new DataView(bytes.buffer, bytes.byteOffset + header, length)) };
}
