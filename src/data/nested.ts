import { InputError } from "../errors.js";
import type { NumberArray } from "./sources/numberArray.js";

/** Numbers in arrays in arrays, those of one depth all of one length: `[[0, 1], [2, 3]]`. */
export type NestedNumbers = readonly (number | NestedNumbers)[];

/** Numbers in row-major order, and the shape that they have. */
export interface FlatNumbers {
  /** The length of each axis, the slowest first. */
  readonly shape: readonly number[];
  /** All elements, the last axis running fastest. */
  readonly data: ArrayLike<number>;
}

/**
 * The numbers of an array with their shape. Bytes stay bytes.
 * @param name of the array, for messages
 * @throws InputError where nested arrays of one depth differ in length, or flat numbers do not fill their shape
 */
export function flatArray(name: string, array: NestedNumbers | FlatNumbers): NumberArray {
  if (isNested(array)) return flattened(name, array);
  const { shape, data } = array;
  if (!shape.every((length) => Number.isInteger(length) && length >= 0))
    throw new InputError(`${name} cannot have the shape [${shape.join(", ")}]; give whole numbers.`);
  const wanted = shape.reduce((size, length) => size * length, 1);
  if (data.length !== wanted)
    throw new InputError(
      `${name} has ${data.length} numbers, and its shape [${shape.join(", ")}] asks for ${wanted}; correct one of the two.`,
    );
  return { shape, data: typed(data) };
}

function isNested(array: NestedNumbers | FlatNumbers): array is NestedNumbers {
  return Array.isArray(array);
}

function typed(data: ArrayLike<number>): NumberArray["data"] {
  if (data instanceof Uint8ClampedArray) return new Uint8Array(data);
  const keeps = data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array;
  return keeps ? data : Float64Array.from(data);
}

function flattened(name: string, array: NestedNumbers): NumberArray {
  const shape: number[] = [];
  const values: number[] = [];
  const collect = (part: number | NestedNumbers, depth: number) => {
    if (typeof part === "number") {
      if (depth !== shape.length) throw uneven(name);
      values.push(part);
      return;
    }
    // The first of each depth sets its length; once there are numbers, none may lie deeper.
    if (depth === shape.length && values.length === 0) shape.push(part.length);
    if (!Array.isArray(part) || part.length !== shape[depth]) throw uneven(name);
    for (const inner of part) collect(inner, depth + 1);
  };
  collect(array, 0);
  return { shape, data: Float64Array.from(values) };
}

function uneven(name: string): InputError {
  return new InputError(
    `${name} holds arrays of different lengths, or something that is not a number; give every row as many numbers, such as [[0, 1], [2, 3]].`,
  );
}
