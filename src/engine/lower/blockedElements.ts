import { at } from "../at.js";
import type { Emitter, Value } from "../emitter.js";
import { emitSumOfRows } from "../ops/sum.js";
import { isOpen, lengthOf, type SymbolicShape, sameShape } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { blocksOf, fromBlocks } from "./blocks.js";

/**
 * Emits an operation on elements in blocks of channels, or nothing where one of its images does not come from blocks. Between two
 * convolutions nothing is then reordered.
 */
export function emitBlockedElements(emitter: Emitter, node: Tensor, inputs: readonly string[]): string | undefined {
  const isImage = ({ shape }: Tensor) => shape.length === 4 && sameShape(shape, node.shape);
  if (!node.inputs.some(isImage)) return undefined;
  const blocks: string[] = [];
  for (const [i, name] of inputs.entries()) {
    const tensor = at(node.inputs, i);
    const found = isImage(tensor) ? blocksOf(emitter, name) : isOneEach(tensor.shape) ? name : undefined;
    if (found === undefined) return undefined;
    blocks.push(found);
  }
  return fromBlocks(emitter, node.op.emit(node, blocks, emitter), lengthOf(node.shape, 3));
}

/** Whether a shape has one number for all images, or one for each. */
function isOneEach(shape: SymbolicShape): boolean {
  return shape.every((length, axis) => length === 1 || (axis === 0 && shape.length === 4));
}

/**
 * Emits the sums `[1, 1, 1, C]` of images `[N, H, W, C]` over all but their channels, or nothing where the images do not come from blocks
 * or other axes are summed.
 */
export function emitBlockedSum(
  emitter: Emitter,
  block: number,
  x: Value<SymbolicShape>,
  axes: readonly number[],
): string | undefined {
  const blocks = blocksOf(emitter, x.name);
  const [n] = x.shape;
  if (blocks === undefined || axes.join() !== "0,1,2" || n === undefined || isOpen(n)) return undefined;
  const [pixels, channels] = [lengthOf(x.shape, 1) * lengthOf(x.shape, 2), lengthOf(x.shape, 3)];
  const perPixel = emitSumOfRows(emitter, emitter.reshape(blocks, [n, channels * pixels]), n);
  const split = emitter.reshape(perPixel, [channels / block, pixels, block]);
  return emitter.reshape(emitter.node("ReduceSum", [split, emitter.ints([1])]), [1, 1, 1, channels]);
}
