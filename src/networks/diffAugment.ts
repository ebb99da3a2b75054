import {
  add,
  constant,
  greaterEqual,
  lengthOf,
  less,
  matmul,
  mean,
  minimum,
  mul,
  reshape,
  slice,
  sub,
  type Tensor,
  toFloat,
  transpose,
} from "../engine/index.js";
import { InputError } from "../errors.js";
import { inFloat32 } from "./inFloat32.js";
import type { Network } from "./network.js";

/** The side of an image over the farthest that it is shifted by, and over the side of a hole. */
const SHIFT = 8;
const HOLE = 2;

/**
 * Differentiable augmentation (Zhao et al. 2020, DiffAugment, arXiv:2006.10738, section 3.2) of images `[n, height, width, channels]` in
 * [-1, 1]: a critic that begins with it sees reals and fakes changed alike, so that it cannot learn few reals by heart, and the generator does
 * not learn the changes. In training each sample gets each kind of change with probability `strength`, in this order:
 *
 * - colour: brightness, + (u - 1/2); saturation, the difference from the mean of the channels times 2 u; contrast, the difference from the
 *   mean of all numbers times u + 1/2, with u uniform in [0, 1), drawn for each of the three;
 * - translation by up to an eighth of the side down or up, and to the right or left; what comes in is 0;
 * - a hole, 0, of half the side, around a pixel that is anywhere.
 *
 * In use, and where it is applied without the noise that it asks for, it changes nothing.
 * @param strength from 0 to 1. Default: 1
 * @throws InputError where the strength is out of range
 */
export function diffAugment([height, width, channels]: ImageShape, strength = 1): Network {
  if (!(strength >= 0 && strength <= 1))
    throw new InputError(`The strength of an augmentation must be from 0 to 1, not ${strength}.`);
  const uniform = (count: number) => ({ shape: [count], distribution: "uniform" }) as const;
  return inFloat32({
    noise: { happens: uniform(3), colour: uniform(3), shift: uniform(2), hole: uniform(2) },
    init: () => ({ parameters: {} }),
    apply(_, x, { training, noise: { happens, colour, shift, hole } }) {
      if (!training || !happens || !colour || !shift || !hole) return x;
      const chosen = toFloat(less(happens, strength));
      const coloured = withColour(x, colour, column(chosen, 0), channels);
      const shifted = withShift(coloured, shift, column(chosen, 1), [height, width, channels]);
      return withHole(shifted, hole, column(chosen, 2), [height, width]);
    },
  });
}

type ImageShape = readonly [height: number, width: number, channels: number];

/** @param chosen `[n, 1]`, 1 where it is to happen, else 0 */
function withColour(x: Tensor, colour: Tensor, chosen: Tensor, channels: number): Tensor {
  const change = (i: number) => perImage(mul(sub(column(colour, i), 0.5), chosen));
  const bright = add(x, change(0));
  const saturated = channels === 1 ? bright : stretched(bright, [3], mul(change(1), 2));
  return stretched(saturated, [1, 2, 3], change(2));
}

/** Differences from the mean over some axes, times 1 + `by`. */
function stretched(x: Tensor, axes: readonly number[], by: Tensor): Tensor {
  return add(x, mul(sub(x, mean(x, axes, { keepDims: true })), by));
}

function withShift(x: Tensor, shift: Tensor, chosen: Tensor, [height, width, channels]: ImageShape): Tensor {
  const n = lengthOf(x.shape, 0);
  const down = matmul(shiftMatrix(column(shift, 0), chosen, height), reshape(x, [n, height, width * channels]));
  const columns = reshape(transpose(reshape(down, [n, height, width, channels]), [0, 2, 1, 3]), [
    n,
    width,
    height * channels,
  ]);
  const across = matmul(shiftMatrix(column(shift, 1), chosen, width), columns);
  return transpose(reshape(across, [n, width, height, channels]), [0, 2, 1, 3]);
}

/** Of each sample the matrix that shifts `length` rows, `[n, length, length]`: by floor(u (2 m + 1)) - m with m an eighth of the length. */
function shiftMatrix(u: Tensor, chosen: Tensor, length: number): Tensor {
  const most = Math.round(length / SHIFT);
  const middle = most + 0.5;
  // A product may round up to 2 m + 1, where no row would be taken.
  const drawn = minimum(mul(u, 2 * most + 1), 2 * most + 0.5);
  const place = reshape(add(mul(sub(drawn, middle), chosen), middle), [-1, 1, 1]);
  const apart = Float32Array.from({ length: length ** 2 }, (_, k) => (k % length) - Math.floor(k / length) + most);
  return inUnitFrom(constant({ shape: [1, length, length], data: apart }), place);
}

function withHole(x: Tensor, hole: Tensor, chosen: Tensor, [height, width]: readonly [number, number]): Tensor {
  const rows = reshape(holeAlong(column(hole, 0), height), [-1, height, 1, 1]);
  const columns = reshape(holeAlong(column(hole, 1), width), [-1, 1, width, 1]);
  return mul(x, sub(1, mul(mul(rows, columns), perImage(chosen))));
}

/** Which pixels of a side lie within the hole, `[n, length]`: those from floor(u (length + 1)) - size / 2 on, as many as its size. */
function holeAlong(u: Tensor, length: number): Tensor {
  const size = Math.round(length / HOLE);
  const centre = mul(u, length + 1 - (size % 2));
  const last = Float32Array.from({ length }, (_, i) => i + Math.floor(size / 2));
  const ends = constant({ shape: [1, length], data: last });
  return mul(toFloat(greaterEqual(centre, sub(ends, size - 1))), toFloat(less(centre, add(ends, 1))));
}

/** 1 where start <= x < start + 1, else 0. */
function inUnitFrom(start: Tensor, x: Tensor): Tensor {
  return mul(toFloat(greaterEqual(x, start)), toFloat(less(x, add(start, 1))));
}

/** Column i of `[n, columns]`, `[n, 1]`. */
function column(x: Tensor, i: number): Tensor {
  return slice(x, [0, i], [lengthOf(x.shape, 0), i + 1]);
}

function perImage(x: Tensor): Tensor {
  return reshape(x, [-1, 1, 1, 1]);
}
