import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import { bytesOfElement, elementCount, elementsIn, type NumberArray, shapeText } from "./numberArray.js";

const MAGIC = "\x93NUMPY";
/** Bytes of a header; numpy writes about a hundred. */
const LONGEST_HEADER = 2 ** 16;
const MOST_AXES = 32;

/** Whether bytes start as `numpy.save` starts a file. */
export function isNpy(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/**
 * The array in the bytes of a `.npy` file of numpy, versions 1, 2 and 3: floats of 4 and 8 bytes, integers of 1 to 8 bytes, with sign or
 * without, and booleans, of either byte order, in C or in Fortran order. Integers beyond 2^53 are rounded, with a warning.
 * @param name of the file, for messages
 * @throws InputError where it is no `.npy` file, of another version or element type (half precision, complex, text, records, objects),
 * cut off, or goes on after its last element
 *
 * Reference: numpy.lib.format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function parseNpy(bytes: Uint8Array, name: string): NumberArray {
  const { start, text } = header(name, bytes);
  const { type, isLittleEndian, isFortranOrder, shape } = fields(name, text);
  const elementBytes = bytesOfElement(type)!;
  const needed = elementCount(shape) * elementBytes;
  const found = bytes.byteLength - start;
  if (found !== needed) {
    const problem = found < needed ? "is cut off" : "continues after its last element";
    throw new InputError(
      `${name} ${problem}: a shape of ${shapeText(shape)} takes ${needed} bytes and ${found} follow the header; save the file again.`,
    );
  }
  const elements = elementsIn(bytes.subarray(start), type, isLittleEndian);
  const data = isFortranOrder && shape.length > 1 ? rowMajor(elements, shape) : elements;
  const isRounded = /[ui]8/.test(type) && data.some((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER);
  const warnings = isRounded
    ? [`${name} holds whole numbers beyond 2^53, which were rounded to the nearest float64.`]
    : [];
  return { shape, data, warnings };
}

/** The text of the header, and where the elements start. */
function header(name: string, bytes: Uint8Array): { readonly start: number; readonly text: string } {
  if (!isNpy(bytes)) throw new InputError(`${name} is not a .npy file: it does not start as numpy.save starts one.`);
  const version = bytes[6] ?? 1;
  if (version < 1 || version > 3)
    throw new InputError(`${name} is a .npy file of version ${version}; versions 1, 2 and 3 can be read.`);
  const first = version === 1 ? 10 : 12;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isWhole = bytes.byteLength >= first;
  const length = isWhole ? (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)) : Infinity;
  if (bytes.byteLength < first + length)
    throw new InputError(`${name} is cut off within its header; save the file again.`);
  if (length > LONGEST_HEADER)
    throw new InputError(`${name} has a header of ${length} bytes, which numpy does not write; save the file again.`);
  const headerBytes = bytes.subarray(first, first + length);
  return { start: first + length, text: version < 3 ? latin1(headerBytes) : new TextDecoder().decode(headerBytes) };
}

/** What a header such as `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }` says. */
function fields(name: string, text: string) {
  // Python 2 wrote lengths as 3L.
  const shape = /'shape':\s*\(([\dL\s,]*)\)/.exec(text)?.[1];
  const fortranOrder = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  // The type of a record is a list of its fields, and may hold any text.
  const descr = /'descr':\s*(?:'([^']*)'|\[)/.exec(text);
  const lengths = shape?.split(",").flatMap((length) => (length.trim() === "" ? [] : [Number.parseInt(length, 10)]));
  if (
    !lengths ||
    fortranOrder === undefined ||
    descr === null ||
    lengths.length > MOST_AXES ||
    lengths.some(Number.isNaN)
  )
    throw new InputError(
      `${name} has a header that numpy does not write: ${quoted(text.trim())}; save the file again.`,
    );
  const [, order, type] = /^([<>=|]?)([biuf]\d)$/.exec(descr[1] ?? "") ?? [];
  if (type === undefined || bytesOfElement(type) === undefined)
    throw new InputError(
      `${name} has elements of type ${quoted(descr[1] ?? "record")}, which is not read here; save it from numpy with array.astype("float64").`,
    );
  return { type, isLittleEndian: order !== ">", isFortranOrder: fortranOrder === "True", shape: lengths };
}

/** Elements whose first index runs fastest, in the order in which the last one does. */
function rowMajor(data: NumberArray["data"], shape: readonly number[]): NumberArray["data"] {
  const strides = shape.map((_, axis) => elementCount(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  const ordered = data.slice();
  let from = 0;
  for (let to = 0; to < ordered.length; to++) {
    ordered[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return ordered;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
