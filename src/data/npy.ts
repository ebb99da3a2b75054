import { readFile } from "node:fs/promises";
import { InputError } from "../errors.js";
import { unreadable } from "./reading.js";

/** An array as a `.npy` file holds it. */
export interface Npy {
  readonly shape: readonly number[];
  /** The elements in row-major order, whatever order the file has them in. */
  readonly data: Float64Array;
}

interface Element {
  readonly bytes: number;
  readonly read: (view: DataView, offset: number) => number;
}

/** Element types by their name in the file. A type of one byte has no order of bytes. */
const ELEMENTS: Readonly<Record<string, Element>> = {
  "<f4": { bytes: 4, read: (view, offset) => view.getFloat32(offset, true) },
  "<f8": { bytes: 8, read: (view, offset) => view.getFloat64(offset, true) },
  "|i1": { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  "<i2": { bytes: 2, read: (view, offset) => view.getInt16(offset, true) },
  "<i4": { bytes: 4, read: (view, offset) => view.getInt32(offset, true) },
  "<i8": { bytes: 8, read: (view, offset) => Number(view.getBigInt64(offset, true)) },
  "|u1": { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  "<u2": { bytes: 2, read: (view, offset) => view.getUint16(offset, true) },
  "<u4": { bytes: 4, read: (view, offset) => view.getUint32(offset, true) },
  "<u8": { bytes: 8, read: (view, offset) => Number(view.getBigUint64(offset, true)) },
  "|b1": { bytes: 1, read: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1) },
};

const MAGIC = "\x93NUMPY";

/**
 * Reads a `.npy` file of numpy, versions 1, 2 and 3: little-endian floats of 4 and 8 bytes, integers of 1 to 8 bytes, with sign or
 * without, and booleans, in C or in Fortran order. All become float64; integers beyond 2^53 are rounded.
 * @throws InputError where the file is missing, no `.npy` file, of another version or element type (big-endian, half precision,
 * complex, text, records, objects), cut off, or goes on after its last element
 *
 * Reference: numpy.lib.format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function readNpy(path: string): Promise<Npy> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const { start, text } = header(path, bytes);
  const { descr, fortranOrder, shape } = fields(path, text);
  const element = ELEMENTS[descr];
  if (element === undefined) {
    throw new InputError(
      `${path} has elements of type ${descr}, which is not read here; save it from numpy with array.astype("float64").`,
    );
  }
  const count = shape.reduce((product, length) => product * length, 1);
  const found = bytes.byteLength - start;
  if (found !== count * element.bytes) {
    const problem = found < count * element.bytes ? "is cut off" : "goes on after its last element";
    throw new InputError(
      `${path} ${problem}: a shape of ${shapeText(shape)} takes ${count * element.bytes} bytes and ${found} follow the header; save the file again.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, found);
  const data = new Float64Array(count);
  for (let i = 0; i < count; i++) data[i] = element.read(view, i * element.bytes);
  return { shape, data: fortranOrder ? rowMajor(data, shape) : data };
}

/** A shape as numpy prints it: "(3, 2)", "(3,)", "()". */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** The text of the header, and where the elements start. */
function header(path: string, bytes: Buffer): { readonly start: number; readonly text: string } {
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC)
    throw new InputError(`${path} is no .npy file: it does not start as numpy.save starts one.`);
  const version = bytes[6] ?? 1;
  if (version < 1 || version > 3)
    throw new InputError(`${path} is a .npy file of version ${version}; versions 1, 2 and 3 can be read.`);
  const first = version === 1 ? 10 : 12;
  const whole = bytes.byteLength >= first;
  const start = whole ? first + (version === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8)) : Infinity;
  if (bytes.byteLength < start) throw new InputError(`${path} is cut off within its header; save the file again.`);
  return { start, text: bytes.toString(version < 3 ? "latin1" : "utf8", first, start) };
}

/** What a header such as `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }` says. */
function fields(path: string, text: string) {
  // Python 2 wrote lengths as 3L.
  const shape = /'shape':\s*\(([\dL\s,]*)\)/.exec(text)?.[1];
  const fortranOrder = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  // The type of a record is a list of its fields, and may hold any text.
  const descr = /'descr':\s*(?:'([^']*)'|\[)/.exec(text);
  if (shape === undefined || fortranOrder === undefined || descr === null)
    throw new InputError(`${path} has a header that numpy does not write: ${text.trim()}; save the file again.`);
  return {
    descr: descr[1] ?? "record",
    fortranOrder: fortranOrder === "True",
    shape: shape
      .split(",")
      .filter((length) => length.trim() !== "")
      .map((length) => Number.parseInt(length, 10)),
  };
}

/** Elements whose first index runs fastest, in the order in which the last one does. */
function rowMajor(data: Float64Array, shape: readonly number[]): Float64Array {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  const index = shape.map(() => 0);
  let from = 0;
  return data.map(() => {
    const value = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
    return value;
  });
}
