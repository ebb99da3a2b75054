import { shapeText } from "./sources/numberArray.js";

/** The header is padded so that the elements start at a multiple of this. */
const ALIGNMENT = 64;
/** Bytes before the header: the magic, the version, and the header's length. */
const PREAMBLE = 10;

/**
 * An array as a `.npy` file of numpy, version 1: float32 or float64, little-endian, in C order.
 * @param shape product of the lengths: `data.length`
 *
 * Reference: numpy.lib.format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyBytes(shape: readonly number[], data: Float32Array | Float64Array): Uint8Array {
  const bytes = data.BYTES_PER_ELEMENT;
  const fields = `{'descr': '<f${bytes}', 'fortran_order': False, 'shape': ${shapeText(shape)}, }`;
  const start = Math.ceil((PREAMBLE + fields.length + 1) / ALIGNMENT) * ALIGNMENT;
  const file = Buffer.alloc(start + data.byteLength);
  file.write(`\x93NUMPY\x01\x00`, "latin1");
  file.writeUInt16LE(start - PREAMBLE, PREAMBLE - 2);
  file.write(`${fields.padEnd(start - PREAMBLE - 1)}\n`, PREAMBLE, "latin1");
  const view = new DataView(file.buffer, file.byteOffset + start);
  const put = bytes === 4 ? view.setFloat32.bind(view) : view.setFloat64.bind(view);
  for (let i = 0; i < data.length; i++) put(i * bytes, data[i]!, true);
  return file;
}
