/** An array of numbers as a file holds it. */
export interface NumberArray {
  readonly shape: readonly number[];
  /** In row-major order. Integers of 64 bits become float64. */
  readonly data:
    | Uint8Array
    | Int8Array
    | Uint16Array
    | Int16Array
    | Uint32Array
    | Int32Array
    | Float32Array
    | Float64Array;
  /** What was guessed or lost, in sentences. */
  readonly warnings?: readonly string[];
}

interface ElementType {
  readonly bytes: number;
  readonly array: (length: number) => NumberArray["data"];
  readonly read: (view: DataView, offset: number, isLittleEndian: boolean) => number;
}

/** Element types by kind (u: whole numbers from 0, i: with sign, f: floats, b: booleans) and bytes, as numpy names them. */
const elementTypes: ReadonlyMap<string, ElementType> = new Map<string, ElementType>([
  ["u1", { bytes: 1, array: (n) => new Uint8Array(n), read: (view, at) => view.getUint8(at) }],
  ["i1", { bytes: 1, array: (n) => new Int8Array(n), read: (view, at) => view.getInt8(at) }],
  ["b1", { bytes: 1, array: (n) => new Int8Array(n), read: (view, at) => Number(view.getUint8(at) !== 0) }],
  ["u2", { bytes: 2, array: (n) => new Uint16Array(n), read: (view, at, little) => view.getUint16(at, little) }],
  ["i2", { bytes: 2, array: (n) => new Int16Array(n), read: (view, at, little) => view.getInt16(at, little) }],
  ["u4", { bytes: 4, array: (n) => new Uint32Array(n), read: (view, at, little) => view.getUint32(at, little) }],
  ["i4", { bytes: 4, array: (n) => new Int32Array(n), read: (view, at, little) => view.getInt32(at, little) }],
  [
    "u8",
    { bytes: 8, array: (n) => new Float64Array(n), read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  ],
  [
    "i8",
    { bytes: 8, array: (n) => new Float64Array(n), read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  ],
  ["f4", { bytes: 4, array: (n) => new Float32Array(n), read: (view, at, little) => view.getFloat32(at, little) }],
  ["f8", { bytes: 8, array: (n) => new Float64Array(n), read: (view, at, little) => view.getFloat64(at, little) }],
]);

/** The bytes that an element of this type takes; `undefined` for a type that cannot be read. */
export function bytesOfElement(type: string): number | undefined {
  return elementTypes.get(type)?.bytes;
}

/** The elements in `bytes`, which are as many as fit. Bytes from 0 to 255 are not copied. */
export function elementsIn(bytes: Uint8Array, type: string, isLittleEndian: boolean): NumberArray["data"] {
  if (type === "u1") return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const element = elementTypes.get(type)!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements = element.array(bytes.byteLength / element.bytes);
  for (let i = 0; i < elements.length; i++) elements[i] = element.read(view, i * element.bytes, isLittleEndian);
  return elements;
}

/** How many elements an array of such a shape has: Infinity or an inexact number where that is beyond anything that fits. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A shape as numpy prints it: "(3, 2)", "(3,)", "()". */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
