import { InputError } from "../../errors.js";
import { elementCount, type NumberArray, shapeText } from "./numberArray.js";

/**
 * An array as points, `[count, dimension]`, flat: of one axis, points on a line; of two, points; of more, one flattened point a sample.
 * @throws InputError where it has no axis, holds no point or a number that is not finite
 */
export function arrayPoints(name: string, { shape, data }: NumberArray) {
  const [count, ...rest] = shape;
  if (count === undefined) throw new InputError(`${name} holds one number without an axis of points; give an array.`);
  if (data.length === 0) throw new InputError(`${name} holds no points: its shape is ${shapeText(shape)}.`);
  const dimension = elementCount(rest);
  const points = data instanceof Float64Array ? data : Float64Array.from(data);
  const bad = points.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InputError(
      `${name}: point ${Math.floor(bad / dimension)} (counted from 0) has the coordinate ${points[bad]}, no finite number; remove the point.`,
    );
  return { points, count, dimension };
}
