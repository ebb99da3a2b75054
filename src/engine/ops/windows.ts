import { at } from "../at.js";
import type { Dimension } from "../dimension.js";
import type { Emitter, Value } from "../emitter.js";
import { elementsOf, lengthOf, ShapeError, type SymbolicShape, show } from "../shape.js";
import type { Tensor } from "../tensor.js";

/** The shape of images `[N, H, W, C]`, whose number alone may be left open. */
export type ImageShape = readonly [n: Dimension, height: number, width: number, channels: number];

/** `shape` as that of images. */
export function imageShape(op: string, shape: SymbolicShape): ImageShape {
  if (shape.length !== 4) throw new ShapeError(op, `needs images [N, H, W, C], not ${show(shape)}`);
  return [at(shape, 0), lengthOf(shape, 1, op), lengthOf(shape, 2, op), lengthOf(shape, 3, op)];
}

/** Images by their name in the model that is being written. */
export function imageValue(op: string, name: string, { shape }: Tensor): Value<ImageShape> {
  return { name, shape: imageShape(op, shape) };
}

/** Kernels likewise. */
export function kernelValue(op: string, name: string, { shape }: Tensor): Value<KernelShape> {
  return { name, shape: kernelShape(op, shape) };
}

/** The shape of kernels `[O, KH, KW, C]`. */
export type KernelShape = readonly [outputs: number, height: number, width: number, channels: number];

/** `shape` as that of kernels. */
export function kernelShape(op: string, shape: SymbolicShape): KernelShape {
  const [, ...others] = imageShape(op, shape);
  return [lengthOf(shape, 0, op), ...others];
}

/** How a kernel slides over an image: lengths and steps are [vertical, horizontal]. */
export interface Sliding {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  /** Zeros around the image, on each side. */
  readonly padding: readonly [number, number];
}

/** How many positions a kernel takes on images `[N, H, W, C]`, down and across. */
export function windowPositions([, height, width]: ImageShape, { kernel, stride, padding }: Sliding): [number, number] {
  const along = (length: number, axis: 0 | 1) =>
    Math.floor((length + 2 * padding[axis] - kernel[axis]) / stride[axis]) + 1;
  const count: [number, number] = [along(height, 0), along(width, 1)];
  if (count[0] < 1 || count[1] < 1) {
    const problem = `kernels of ${show(kernel)} are larger than images of ${show([height, width])} with padding`;
    throw new ShapeError("conv2d", `${problem} ${show(padding)}`);
  }
  return count;
}

/** Along one axis, which rows of an image each window takes, in order; those outside the image are zeros. */
export type Taps = readonly (readonly number[])[];

/** `count` windows of `length` rows, `step` apart, the first of them at row `start`. */
export function taps(count: number, length: number, step: number, start: number): Taps {
  return Array.from({ length: count }, (_, i) => Array.from({ length }, (_, j) => start + step * i + j));
}

/**
 * Emits the window matrix (im2col) of images `[N, H, W, C]`: a row a position of the kernel, `[N*OH*OW, KH*KW*C]`, the elements of a
 * window in the order row, column, channel.
 */
export function emitWindows(emitter: Emitter, x: string, image: ImageShape, sliding: Sliding): string {
  const { kernel, stride, padding } = sliding;
  const [rows, columns] = windowPositions(image, sliding);
  const down = taps(rows, kernel[0], stride[0], -padding[0]);
  return emitTaps(emitter, x, image, down, taps(columns, kernel[1], stride[1], -padding[1]));
}

/** Emits `[N * positions, taps * C]`: for each position down and across, the pixels of images `[N, H, W, C]` that its taps name. */
export function emitTaps(emitter: Emitter, x: string, image: ImageShape, down: Taps, across: Taps): string {
  const [n, height, width, channels] = image;
  const inside = (row: number, length: number) => row >= 0 && row < length;
  const pixels = down.flatMap((rows) =>
    across.flatMap((columns) =>
      rows.flatMap((row) =>
        columns.map((column) => (inside(row, height) && inside(column, width) ? row * width + column : OUTSIDE)),
      ),
    ),
  );
  const positions = elementsOf("conv2d", [n, down.length, across.length]);
  const matrix = [positions, at(down, 0).length * at(across, 0).length * channels];
  const all = pixels.length === height * width && pixels.every((pixel, i) => pixel === i);
  return emitter.reshape(all ? x : emitPixels(emitter, x, [n, height * width, channels], pixels), matrix);
}

/** A pixel that is zero. */
export const OUTSIDE = -1;
/** Pixels of fewer channels than this are not worth a copy each. */
const FEW_CHANNELS = 8;

/**
 * Emits `[N, pixels * C]`: the pixels of images `[N, length, C]` that are named, repeats among them. One Gather copies whole pixels,
 * or, where a pixel is but a few numbers, each number of all images at once, between two transposes. A zero is put behind the images
 * for pixels outside.
 */
export function emitPixels(
  emitter: Emitter,
  x: string,
  [n, length, channels]: readonly [n: Dimension, length: number, channels: number],
  pixels: readonly number[],
): string {
  const outside = pixels.includes(OUTSIDE);
  const places = pixels.map((pixel) => (pixel === OUTSIDE ? length : pixel));
  if (channels >= FEW_CHANNELS) {
    const images = emitter.reshape(x, [n, length, channels]);
    const source = outside ? emitter.node("Pad", [images, emitter.ints([0, 0, 0, 0, 1, 0])]) : images;
    return emitter.node("Gather", [source, emitter.ints(places)], { axis: 1 });
  }
  const numbers = emitter.node("Transpose", [emitter.reshape(x, [n, length * channels])], { perm: [1, 0] });
  const source = outside ? emitter.node("Pad", [numbers, emitter.ints([0, 0, channels, 0])]) : numbers;
  const each = places.flatMap((place) => Array.from({ length: channels }, (_, c) => place * channels + c));
  return emitter.node("Transpose", [emitter.node("Gather", [source, emitter.ints(each)], { axis: 0 })], {
    perm: [1, 0],
  });
}
