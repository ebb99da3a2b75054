import { concat, lengthOf, maximum, minimum, reshape, slice, sort, type Tensor } from "../engine/index.js";
import { InputError } from "../errors.js";

/**
 * GroupSort (Anil, Lucas and Grosse 2019, arXiv:1811.05381, section 4.1): splits the neurons, the last axis, into groups and sorts each.
 * It permutes what goes through it, so it is 1-Lipschitz and keeps the norm of every gradient, where ReLU takes a part of it away: with
 * orthogonal weights the slope of a critic stays near 1 through all layers.
 *
 * `groupSize` 2 is MaxMin, and much the quickest: the groups are then a neuron of the first half with its counterpart in the second,
 * whose larger value goes to the first half. Other groups are neighbours in ascending order. Where values of a pair are equal each takes
 * half of both gradients, as `maximum` and `minimum` do; in other groups see `sort`.
 *
 * @param groupSize neurons of a group, 2 or more; they must divide the last axis
 * @returns x `[..., n]` to `[..., n]`, which throws InputError where the group size does not divide n
 * @throws InputError where the group size is not a whole number from 2
 */
export function groupSort(groupSize: number): (x: Tensor) => Tensor {
  if (!Number.isInteger(groupSize) || groupSize < 2) {
    throw new InputError(`The group size of GroupSort must be a whole number from 2, not ${groupSize}.`);
  }
  return (x) => {
    const neurons = lengthOf(x.shape, -1);
    if (neurons % groupSize !== 0) {
      throw new InputError(
        `GroupSort sorts groups of ${groupSize}, which do not divide ${neurons} neurons: choose a width that is a multiple of ${groupSize}.`,
      );
    }
    if (groupSize === 2) return maxMin(x);
    return reshape(sort(reshape(x, [...x.shape.slice(0, -1), neurons / groupSize, groupSize])), x.shape);
  };
}

/**
 * GroupSort with all neurons in one group: `[..., n]` in ascending order along the last axis.
 * @param x `[..., n]`
 */
export function fullSort(x: Tensor): Tensor {
  return sort(x);
}

function maxMin(x: Tensor): Tensor {
  const last = x.shape.length - 1;
  const half = lengthOf(x.shape, last) / 2;
  const from = (start: number) => x.shape.map((_, axis) => (axis === last ? start : 0));
  const to = (end: number) => x.shape.map((length, axis) => (axis === last ? end : length));
  const [first, second] = [slice(x, from(0), to(half)), slice(x, from(half), to(2 * half))];
  return concat([maximum(first, second), minimum(first, second)], last);
}
