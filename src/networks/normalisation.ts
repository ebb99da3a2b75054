import {
  add,
  allReduce,
  div,
  mean,
  mul,
  reshape,
  sizeOf,
  sqrt,
  square,
  stopGradient,
  sub,
  type Tensor,
  type TensorData,
} from "../engine/index.js";
import { InputError } from "../errors.js";
import { inFloat32 } from "./inFloat32.js";
import type { Network, Normalisation } from "./network.js";

/** Added to the variance, as in PyTorch. */
const EPSILON = 1e-5;
/** Added to the mean of squares, as Karras et al. have it. */
const PIXEL_EPSILON = 1e-8;
/** Share of a new batch in the running statistics, as in PyTorch. */
const MOMENTUM = 0.1;
/** What is wrong with layer normalisation of one value. */
export const NORMALISED_ALONE =
  "Layer normalisation compares the values of a layer, and this layer has one: choose a width of 2 or more, or no normalisation.";

/**
 * Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167, algorithm 1): gain (x - mean) / sqrt(variance + 1e-5) + bias with the
 * mean and variance of each channel over the batch and, for images, over their pixels. In use it takes the running ones instead,
 * which each application in training moves by a tenth towards the batch's (its variance unbiased, as in PyTorch).
 *
 * Where several ranks share a batch each normalises by its own rows, and the running statistics move towards the mean of theirs; with
 * `syncBatchNorm` all normalise by those of the whole batch.
 *
 * Parameters: `gain`, `bias`; buffers: `mean`, `variance`; all `[channels]`, the length of the last axis.
 *
 * Applied in training it throws InputError where a channel has one value in the whole batch, which less its mean is 0 whatever it is.
 * @param channels length of the last axis, from 1
 */
export function batchNorm(channels: number): Network {
  return inFloat32({
    usesBatchStatistics: true,
    init: () => ({
      parameters: gainAndBias(channels),
      buffers: { mean: filled(channels, 0), variance: filled(channels, 1) },
    }),
    apply({ gain, bias }, x, { training, rows, buffers, update }) {
      if (!training) return scaled(sub(x, buffers.mean!), buffers.variance!, gain!, bias!);
      const others = x.shape.slice(0, -1);
      const isSynchronised = rows?.syncBatchNorm === true;
      const overRanks = (ofRows: Tensor) => (rows ? allReduce(mul(ofRows, rows.share)) : ofRows);
      const asUsed = (ofRows: Tensor) => (isSynchronised ? overRanks(ofRows) : ofRows);
      const asKept = (used: Tensor) => (isSynchronised ? used : overRanks(used));
      const count = isSynchronised ? Math.round(sizeOf(others) / rows.share) : sizeOf(others);
      if (count === 1) {
        throw new InputError(
          "Batch normalisation compares the values of a channel within a batch, and this batch has one: choose a batch of 2 or more, or layer normalisation or none.",
        );
      }
      const axes = others.map((_, axis) => axis);
      const { centred, average, variance } = moments(x, axes, asUsed);
      const unbiased = mul(variance, count / (count - 1));
      update("mean", towards(buffers.mean!, asKept(average)));
      update("variance", towards(buffers.variance!, asKept(unbiased)));
      return scaled(centred, variance, gain!, bias!);
    },
  });
}

/**
 * Layer normalisation (Ba et al. 2016, arXiv:1607.06450): gain (x - mean) / sqrt(variance + 1e-5) + bias with the mean and variance of
 * each sample over all of its elements (for images height, width and channels, as WGAN-GP's code does). Samples stay apart, so it
 * goes with a gradient penalty.
 *
 * Parameters: `gain`, `bias` `[channels]`, the length of the last axis.
 *
 * Applied to samples of one element it throws InputError: less their mean they are all 0.
 * @param channels length of the last axis, from 1
 */
export function layerNorm(channels: number): Network {
  return inFloat32({
    init: () => ({ parameters: gainAndBias(channels) }),
    apply({ gain, bias }, x) {
      if (sizeOf(x.shape.slice(1)) === 1) {
        throw new InputError(NORMALISED_ALONE);
      }
      const { centred, variance } = moments(
        x,
        x.shape.slice(1).map((_, i) => i + 1),
      );
      return scaled(centred, variance, gain!, bias!);
    },
  });
}

/**
 * Pixel normalisation (Karras et al. 2018, arXiv:1710.10196, section 4.2): x / sqrt(mean x^2 + 1e-8) with the mean over the last axis, so
 * that the numbers of each pixel, or of each latent, have the size 1 on average. It has no parameters, and samples stay apart.
 */
export function pixelNorm(): Network {
  return inFloat32({
    init: () => ({ parameters: {} }),
    apply: (_, x) => div(x, sqrt(add(mean(square(x), [x.shape.length - 1], { keepDims: true }), PIXEL_EPSILON))),
  });
}

/** The layer of a kind of normalisation, if it is one. */
export function normalise(kind: Normalisation, channels: number): Network | undefined {
  if (kind === "none") return undefined;
  return kind === "batch" ? batchNorm(channels) : layerNorm(channels);
}

/** A running statistic after one more batch. */
function towards(running: Tensor, ofBatch: Tensor): Tensor {
  return stopGradient(add(mul(running, 1 - MOMENTUM), mul(reshape(ofBatch, running.shape), MOMENTUM)));
}

/** x less its mean over `axes`, with the mean and the variance; `whole` makes of such means of x those of more than x. */
function moments(x: Tensor, axes: readonly number[], whole: (mean: Tensor) => Tensor = (mean) => mean) {
  const average = whole(mean(x, axes, { keepDims: true }));
  const centred = sub(x, average);
  return { centred, average, variance: whole(mean(square(centred), axes, { keepDims: true })) };
}

function scaled(centred: Tensor, variance: Tensor, gain: Tensor, bias: Tensor): Tensor {
  return add(mul(div(centred, sqrt(add(variance, EPSILON))), gain), bias);
}

function gainAndBias(channels: number): Record<string, TensorData> {
  return { gain: filled(channels, 1), bias: filled(channels, 0) };
}

function filled(length: number, value: number): TensorData {
  return { shape: [length], data: new Float32Array(length).fill(value) };
}
