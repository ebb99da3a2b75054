import type { Emitter, Value } from "../emitter.js";
import type { SymbolicShape } from "../shape.js";
import { emitReverse } from "./layout.js";
import {
  emitPixels,
  emitTaps,
  emitWindows,
  type ImageShape,
  type KernelShape,
  OUTSIDE,
  type Sliding,
  taps,
} from "./windows.js";

/**
 * Emits images `[N, H, W, C]` convolved with kernels `[O, KH, KW, C]`, and the bias that there may be. With stride 1, ONNX's own Conv is twice as fast as windows and a
 * product; with a larger stride they are equal, and the window matrix serves the gradient of the kernels once more.
 */
export function emitConvolution(
  emitter: Emitter,
  x: Value<ImageShape>,
  w: Value<KernelShape>,
  bias: readonly string[],
  result: SymbolicShape,
  sliding: Sliding,
): string {
  if (isDense(sliding)) return emitDense(emitter, x.name, w.name, [0, 3, 1, 2], sliding.padding, bias);
  const cols = emitWindows(emitter, x.name, x.shape, sliding);
  const kernels = emitter.reshape(w.name, [w.shape[0], -1]);
  return emitter.reshape(emitter.node("Gemm", [cols, kernels, ...bias], { transB: 1 }), result);
}

/** Emits the images `[N, H, W, C]` that kernels `[O, KH, KW, C]` spread a gradient `[N, OH, OW, O]` over. */
export function emitImageGradient(
  emitter: Emitter,
  g: Value<ImageShape>,
  w: Value<KernelShape>,
  image: ImageShape,
  sliding: Sliding,
): string {
  const { kernel, padding } = sliding;
  const around = [kernel[0] - 1 - padding[0], kernel[1] - 1 - padding[1]] as const;
  if (isDense(sliding) && around.every((width) => width >= 0)) {
    const flipped = emitReverse(emitter, w.name, [1, 2]);
    return emitDense(emitter, g.name, flipped, [3, 0, 1, 2], around);
  }
  const columns = image[3] * sliding.stride[0] * sliding.stride[1];
  return columns < LEAST_COLUMNS ? emitFold(emitter, g, w, image, sliding) : emitByPhase(emitter, g, w, image, sliding);
}

/** A product of fewer columns than this costs as much as one of this many. */
const LEAST_COLUMNS = 16;

/** The image gradient as windows (the adjoint of `emitWindows`, col2im): each pixel is the sum of what the windows around it hold of it. */
function emitFold(
  emitter: Emitter,
  g: Value<ImageShape>,
  w: Value<KernelShape>,
  image: ImageShape,
  sliding: Sliding,
): string {
  const { kernel, stride, padding } = sliding;
  const [outputs, , , channels] = w.shape;
  const [n, height, width] = image;
  const [, rows, columns] = g.shape;
  const kernels = emitter.reshape(w.name, [outputs, -1]);
  const windows = emitter.node("Gemm", [emitter.reshape(g.name, [-1, outputs]), kernels]);
  const down = holders(height, rows, 0);
  const across = holders(width, columns, 1);
  const place = (y: Holder, x: Holder) =>
    y && x ? ((y.window * columns + x.window) * kernel[0] + y.tap) * kernel[1] + x.tap : OUTSIDE;
  const places = down.flatMap((ys) => across.flatMap((xs) => ys.flatMap((y) => xs.map((x) => place(y, x)))));
  const held = emitPixels(emitter, windows, [n, rows * columns * kernel[0] * kernel[1], channels], places);
  const terms = emitter.reshape(held, [n, down.length * across.length, height * width * channels]);
  return emitter.reshape(emitter.node("ReduceSum", [terms, emitter.ints([1])], { keepdims: 0 }), image);

  /** For the first, second, ... window that may hold a pixel, and for each pixel: which it is, and by which tap. */
  function holders(length: number, windows: number, axis: 0 | 1): Holder[][] {
    return Array.from({ length: Math.ceil(kernel[axis] / stride[axis]) }, (_, k) =>
      Array.from({ length }, (_, pixel) => {
        const window = Math.floor((pixel + padding[axis]) / stride[axis]) - k;
        const tap = pixel + padding[axis] - window * stride[axis];
        return window >= 0 && window < windows && tap < kernel[axis] ? { window, tap } : undefined;
      }),
    );
  }
}

type Holder = { readonly window: number; readonly tap: number } | undefined;

/**
 * The image gradient phase by phase: pixels that lie alike within a stride receive from the same taps of the kernel, so all phases
 * together are one convolution of stride 1 of the gradient, with stride^2 times the channels (Shi et al. 2016, arXiv:1609.07009).
 * A kernel is as long as a whole number of strides, or is made so with zeros.
 */
function emitByPhase(
  emitter: Emitter,
  g: Value<ImageShape>,
  w: Value<KernelShape>,
  image: ImageShape,
  { kernel, stride, padding }: Sliding,
): string {
  const [outputs, , , channels] = w.shape;
  const [n, height, width] = image;
  const [down, across] = [phases(height, 0), phases(width, 1)];

  function phases(length: number, axis: 0 | 1) {
    const first = Math.floor(padding[axis] / stride[axis]);
    const tiles = Math.floor((length - 1 + padding[axis]) / stride[axis]) - first + 1;
    const count = Math.ceil(kernel[axis] / stride[axis]);
    const pixels = Array.from({ length }, (_, i) => i + padding[axis] - first * stride[axis]);
    return { count, windows: taps(tiles, count, 1, first - count + 1), tiles, pixels };
  }

  const missing = [down.count * stride[0] - kernel[0], across.count * stride[1] - kernel[1]] as const;
  const whole = missing.some((length) => length > 0)
    ? emitter.node("Pad", [w.name, emitter.ints([0, 0, 0, 0, 0, ...missing, 0])])
    : w.name;
  const split = emitter.reshape(whole, [outputs, down.count, stride[0], across.count, stride[1], channels]);
  const ordered = emitter.node("Transpose", [emitReverse(emitter, split, [1, 3])], { perm: [1, 3, 0, 2, 4, 5] });
  const kernels = emitter.reshape(ordered, [down.count * across.count * outputs, stride[0] * stride[1] * channels]);
  const product = emitter.node("Gemm", [emitTaps(emitter, g.name, g.shape, down.windows, across.windows), kernels]);
  const inTiles = [n, down.tiles * across.tiles * stride[0] * stride[1], channels] as const;
  const place = (row: number, column: number) =>
    ((Math.floor(row / stride[0]) * across.tiles + Math.floor(column / stride[1])) * stride[0] + (row % stride[0])) *
      stride[1] +
    (column % stride[1]);
  const places = down.pixels.flatMap((row) => across.pixels.map((column) => place(row, column)));
  return emitter.reshape(emitPixels(emitter, product, inTiles, places), image);
}

function isDense({ kernel, stride, padding }: Sliding): boolean {
  const larger = kernel[0] * kernel[1] > 1 && padding[0] < kernel[0] && padding[1] < kernel[1];
  return stride[0] === 1 && stride[1] === 1 && larger;
}

/** Emits a Conv of stride 1 between transposes to and from ONNX's order of axes. `order` takes the kernels to `[O, C, KH, KW]`. */
function emitDense(
  emitter: Emitter,
  x: string,
  w: string,
  order: readonly number[],
  [top, left]: readonly [number, number],
  bias: readonly string[] = [],
): string {
  const images = emitter.node("Transpose", [x], { perm: [0, 3, 1, 2] });
  const kernels = emitter.node("Transpose", [w], { perm: order });
  const result = emitter.node("Conv", [images, kernels, ...bias], { pads: [top, left, top, left] });
  return emitter.node("Transpose", [result], { perm: [0, 2, 3, 1] });
}
