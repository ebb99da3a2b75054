import { broadcastTo, concat, lengthOf, reshape, type Tensor } from "../engine/index.js";
import type { ApplyContext } from "./network.js";

/** What a stage that puts the condition beside its input is: nothing where the network has no condition. */
type Beside = (x: Tensor, context: ApplyContext) => Tensor;

/**
 * Puts the condition beside a vector: `[n, inputs]` to `[n, inputs + length]` (Mirza and Osindero 2014, arXiv:1411.1784, section 3.2).
 * @param length of a condition; 0 for none
 * @returns a stage that throws TypeError where it is applied without a condition
 */
export function conditionBeside(length: number): Beside {
  return (x, context) => (length === 0 ? x : concat([x, conditionOf(length, context)], 1));
}

/**
 * Puts the condition behind an image's channels, the same at each pixel: `[n, height, width, channels]` to
 * `[n, height, width, channels + length]`.
 * @param length of a condition; 0 for none
 * @returns a stage that throws TypeError where it is applied without a condition
 */
export function conditionBehindChannels(length: number): Beside {
  return (x, context) => {
    if (length === 0) return x;
    const [n, height, width] = [0, 1, 2].map((axis) => lengthOf(x.shape, axis));
    const planes = reshape(conditionOf(length, context), [n!, 1, 1, length]);
    return concat([x, broadcastTo(planes, [n!, height!, width!, length])], 3);
  };
}

function conditionOf(length: number, { condition }: ApplyContext): Tensor {
  if (condition) return reshape(condition, [-1, length]);
  throw new TypeError(`the network was made for conditions of length ${length} and is applied without one`);
}
