import { zeroIfFinite } from "../engine/finite.js";
import {
  add,
  div,
  equal,
  greaterEqual,
  mapTree,
  minimum,
  mul,
  sub,
  type Tensor,
  type TensorData,
  toFloat,
  where,
} from "../engine/index.js";
import { leafAt } from "../engine/tree.js";
import type { LossScale, PlayerState } from "./state.js";

/*
 * Dynamic loss scaling (Micikevicius et al. 2018, arXiv:1710.03740, section 3.2, with the numbers of PyTorch's GradScaler). Gradients of
 * float16 below 2^-24 would be 0, so they are taken of the loss times a scale and divided by it in float32. Where something overflows the
 * update is skipped and the scale is halved; after a long streak without that it is doubled.
 */

const FIRST_SCALE = 2 ** 16;
const LARGEST_SCALE = 2 ** 24;
/** A gradient that overflows at no scale at all is not helped by a smaller one. */
const LEAST_SCALE = 1;
const GROWTH_STREAK = 2000;

/** What a player begins with. */
export function firstLossScale(): LossScale<TensorData> {
  const scalar = (value: number): TensorData => ({ shape: [], data: Float32Array.of(value) });
  return { scale: scalar(FIRST_SCALE), streak: scalar(0), skipped: scalar(0) };
}

/** What a gradient of a scaled loss is multiplied by: 1 / scale, or NaN where the loss is not finite, so that no update is made of it. */
export function unscaling({ scale }: LossScale<Tensor>, loss: Tensor): Tensor {
  return div(add(1, zeroIfFinite([loss])), scale);
}

/** The state after an update where the gradient is finite; where it is not, the state before it with a smaller scale. */
export function unlessOverflown(
  gradient: Tensor,
  lossScale: LossScale<Tensor>,
  before: PlayerState<Tensor>,
  after: PlayerState<Tensor>,
): PlayerState<Tensor> {
  const isSound = equal(zeroIfFinite([gradient]), 0);
  const chosen = mapTree(after, (tensor: Tensor, names) =>
    where(isSound, tensor, leafAt<Tensor>(before, names) ?? tensor),
  );
  return { ...chosen, lossScale: nextLossScale(lossScale, isSound) };
}

function nextLossScale({ scale, streak, skipped }: LossScale<Tensor>, isSound: Tensor): LossScale<Tensor> {
  const longer = add(streak, 1);
  const isLong = greaterEqual(longer, GROWTH_STREAK);
  const grown = where(isLong, minimum(mul(scale, 2), LARGEST_SCALE), scale);
  return {
    scale: where(isSound, grown, mul(scale, 0.5)),
    streak: where(isSound, where(isLong, 0, longer), 0),
    skipped: add(skipped, sub(1, toFloat(isSound))),
  };
}

/** Whether a scale has fallen so far that its player cannot be trained in float16. */
export function isExhausted(lossScale: LossScale<TensorData> | undefined): boolean {
  return lossScale !== undefined && !(numberOf(lossScale.scale) >= LEAST_SCALE);
}

/** Updates of a player that were skipped; 0 where its loss is not scaled. */
export function skippedUpdates(lossScale: LossScale<TensorData> | undefined): number {
  return lossScale ? numberOf(lossScale.skipped) : 0;
}

function numberOf({ data: [value = Number.NaN] }: TensorData): number {
  return value;
}
