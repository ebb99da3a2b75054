import { add, sub } from "./ops/arithmetic.js";
import { zeros } from "./ops/source.js";
import { sum } from "./ops/sum.js";
import type { Tensor, TensorData } from "./tensor.js";

/**
 * One number that says whether all elements of all tensors are finite: 0 where they are, NaN otherwise. It is the sum of x - x over all
 * elements x, which overflows nowhere: infinity - infinity is NaN, and so is every sum with a NaN in it.
 *
 * @returns `[]`; it passes no useful gradient
 */
export function zeroIfFinite(tensors: readonly Tensor[]): Tensor {
  return tensors.map((x) => sum(sub(x, x))).reduce(add, zeros([]));
}

/** The name of the first tensor with an element that is not finite; `undefined` where there is none. */
export function firstNotFinite(tensors: Readonly<Record<string, TensorData>>): string | undefined {
  return Object.entries(tensors).find(([, { data }]) => !data.every(Number.isFinite))?.[0];
}
