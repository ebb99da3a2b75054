import { add, broadcastTo, concat, lengthOf, mean, reshape, sizeOf, sqrt, square, sub } from "../engine/index.js";
import { InputError } from "../errors.js";
import { inFloat32 } from "./inFloat32.js";
import type { Network } from "./network.js";

/** Added to the variance, as Karras et al. have it. */
const EPSILON = 1e-8;

/**
 * Minibatch deviation (Karras et al. 2018, arXiv:1710.10196, section 3), for critics: one channel more, `[n, ..., C]` to `[n, ..., C + 1]`,
 * which says how much samples differ, so that a generator whose samples are all alike is found out. A batch is parted into groups; the
 * channel has everywhere the mean over all elements of their standard deviation within the sample's group.
 *
 * Where several ranks share a batch, each forms groups of its own rows.
 *
 * An output depends on the rest of its batch, so it does not go with a gradient penalty.
 * @param group samples of a group; where it does not divide the batch, the whole batch is one. Default: 4
 * @throws InputError where the group is no whole number from 2
 */
export function minibatchDeviation(group = 4): Network {
  if (!(Number.isInteger(group) && group >= 2))
    throw new InputError(`A group of a minibatch deviation must be a whole number from 2, not ${group}.`);
  return inFloat32({
    usesBatchStatistics: true,
    init: () => ({ parameters: {} }),
    apply(_, x) {
      const n = lengthOf(x.shape, 0);
      const element = x.shape.slice(1);
      const members = n % group === 0 ? group : n;
      const groups = reshape(x, [members, n / members, sizeOf(element)]);
      const variance = mean(square(sub(groups, mean(groups, [0], { keepDims: true }))), [0], { keepDims: true });
      const deviation = mean(sqrt(add(variance, EPSILON)), [2]);
      const ofEach = reshape(broadcastTo(deviation, [members, n / members]), [n, ...element.map(() => 1)]);
      return concat([x, broadcastTo(ofEach, [n, ...element.slice(0, -1), 1])], element.length);
    },
  });
}
