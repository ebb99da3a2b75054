import type { Dimension } from "../dimension.js";
import { lengthOf, ShapeError, show } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { convolution, imageGradient } from "./convolutionOps.js";
import { reshape } from "./layout.js";
import { mean } from "./reduce.js";
import { broadcastTo } from "./sum.js";
import { type ImageShape, imageShape, type Sliding } from "./windows.js";

/** How a kernel moves over images, and what is added. */
export interface ConvolutionOptions {
  /** Step of the kernel, vertical and horizontal where they differ. Default: 1. */
  readonly stride?: number | readonly [number, number];
  /** Zeros around the image on each side. Default: 0. */
  readonly padding?: number | readonly [number, number];
  /** One number a channel, added to the result. */
  readonly bias?: Tensor;
}

/**
 * Two-dimensional convolution (cross-correlation, as everywhere in deep learning).
 * @param x images `[N, H, W, C]`
 * @param w kernels `[O, KH, KW, C]`
 * @param options stride, padding and bias. Default: stride 1, no padding, no bias
 * @returns `[N, floor((H + 2 padding - KH) / stride) + 1, ..., O]`
 */
export function conv2d(x: Tensor, w: Tensor, { stride, padding, bias }: ConvolutionOptions = {}): Tensor {
  if (x.shape.length !== 4 || w.shape.length !== 4 || x.shape[3] !== w.shape[3]) {
    throw new ShapeError(
      "conv2d",
      `needs images [N, H, W, C] and kernels [O, KH, KW, C], not ${show(x.shape)} and ${show(w.shape)}`,
    );
  }
  if (bias) checkBias("conv2d", bias, w.shape[0]);
  return convolution(x, w, sliding("conv2d", w, stride, padding), ...(bias ? [bias] : []));
}

/**
 * Transposed convolution: the adjoint of `conv2d` with the same kernels, which takes `[N, H, W, C]` to
 * `[N, (H - 1) stride - 2 padding + KH, ..., O]`.
 * @param x images `[N, H, W, C]`
 * @param w kernels `[C, KH, KW, O]`
 * @param options stride, padding and bias. Default: stride 1, no padding, no bias
 */
export function convTranspose2d(x: Tensor, w: Tensor, { stride, padding, bias }: ConvolutionOptions = {}): Tensor {
  if (x.shape.length !== 4 || w.shape.length !== 4 || x.shape[3] !== w.shape[0]) {
    throw new ShapeError(
      "convTranspose2d",
      `needs images [N, H, W, C] and kernels [C, KH, KW, O], not ${show(x.shape)} and ${show(w.shape)}`,
    );
  }
  const how = sliding("convTranspose2d", w, stride, padding);
  const [n, h, width] = imageShape("convTranspose2d", x.shape);
  const length = (size: number, axis: 0 | 1) =>
    (size - 1) * how.stride[axis] - 2 * how.padding[axis] + how.kernel[axis];
  const image: ImageShape = [n, length(h, 0), length(width, 1), lengthOf(w.shape, 3, "convTranspose2d")];
  if (image[1] < 1 || image[2] < 1) {
    throw new ShapeError(
      "convTranspose2d",
      `kernels ${show(w.shape)} on images ${show(x.shape)} leave nothing inside the padding`,
    );
  }
  if (bias) checkBias("convTranspose2d", bias, w.shape[3]);
  return imageGradient(x, w, image, how, ...(bias ? [bias] : []));
}

/**
 * Images enlarged by a whole factor, each pixel repeated: `[N, H, W, C]` to `[N, factor H, factor W, C]`.
 * @param x images `[N, H, W, C]`
 * @param factor a whole number from 1
 */
export function upsample(x: Tensor, factor: number): Tensor {
  const [n, h, w, c] = pooledShape("upsample", x, factor);
  return reshape(broadcastTo(reshape(x, [n, h, 1, w, 1, c]), [n, h, factor, w, factor, c]), [
    n,
    h * factor,
    w * factor,
    c,
  ]);
}

/**
 * Means over squares of `size` by `size` pixels that do not overlap: `[N, H, W, C]` to `[N, H / size, W / size, C]`.
 * @param x images `[N, H, W, C]`
 * @param size a whole number that divides H and W
 */
export function avgPool(x: Tensor, size: number): Tensor {
  const [n, h, w, c] = pooledShape("avgPool", x, size);
  if (h % size !== 0 || w % size !== 0)
    throw new ShapeError("avgPool", `${size} does not divide the image ${show(x.shape)}`);
  return mean(reshape(x, [n, h / size, size, w / size, size, c]), [2, 4]);
}

function checkBias(op: string, bias: Tensor, channels: Dimension | undefined): void {
  if (bias.shape.length === 1 && bias.shape[0] === channels) return;
  throw new ShapeError(op, `a bias of shape ${show(bias.shape)} does not fit ${channels} channels`);
}

function sliding(
  op: string,
  w: Tensor,
  stride: ConvolutionOptions["stride"] = 1,
  padding: ConvolutionOptions["padding"] = 0,
): Sliding {
  const pair = (value: number | readonly [number, number]) =>
    typeof value === "number" ? ([value, value] as const) : value;
  const how = {
    kernel: [lengthOf(w.shape, 1, op), lengthOf(w.shape, 2, op)] as const,
    stride: pair(stride),
    padding: pair(padding),
  };
  const whole = [...how.stride, ...how.padding].every(Number.isInteger);
  if (!whole || how.stride.some((step) => step < 1) || how.padding.some((width) => width < 0)) {
    throw new ShapeError(
      op,
      `stride ${show(how.stride)} and padding ${show(how.padding)} must be whole, 1 and 0 or more`,
    );
  }
  return how;
}

function pooledShape(op: string, x: Tensor, factor: number): ImageShape {
  const shape = imageShape(op, x.shape);
  if (!Number.isInteger(factor) || factor < 1)
    throw new ShapeError(op, `a factor of ${factor} is not a whole number from 1`);
  return shape;
}
