import type { Emitter } from "../onnx.js";
import type { Shape } from "../tensor.js";
import { cropToImage, emitFold, emitWindows, type Sliding, tile } from "./windows.js";

/** A value in the model that is being written. */
export interface Value {
  readonly name: string;
  readonly shape: Shape;
}

/**
 * Emits images `[N, H, W, C]` convolved with kernels `[O, KH, KW, C]`. With stride 1 ONNX's own Conv is twice as fast as windows and
 * a product; with a larger stride they are equal, and the window matrix serves the gradient of the kernels once more.
 */
export function emitConvolution(emitter: Emitter, x: Value, w: Value, result: Shape, sliding: Sliding): string {
  if (isDense(sliding)) return emitDense(emitter, x.name, w.name, [0, 3, 1, 2], sliding.padding);
  const cols = emitWindows(emitter, x.name, x.shape, sliding);
  const kernels = emitter.reshape(w.name, [w.shape[0]!, -1]);
  return emitter.reshape(emitter.node("Gemm", [cols, kernels], { transB: 1 }), result);
}

/** Emits the images `[N, H, W, C]` that kernels `[O, KH, KW, C]` spread a gradient `[N, OH, OW, O]` over. */
export function emitImageGradient(emitter: Emitter, g: Value, w: Value, image: Shape, sliding: Sliding): string {
  const { kernel, stride, padding } = sliding;
  const [outputs, , , channels] = w.shape as [number, number, number, number];
  const around = [kernel[0] - 1 - padding[0], kernel[1] - 1 - padding[1]] as const;
  if (isDense(sliding) && around.every((width) => width >= 0)) {
    const flipped = flip(emitter, w.name, [1, 2]);
    return emitDense(emitter, g.name, flipped, [3, 0, 1, 2], around);
  }
  const whole = kernel[0] % stride[0] === 0 && kernel[1] % stride[1] === 0;
  // Windows of the gradient hold outputs / stride^2 numbers for each of the channels that windows of the image would hold.
  if (whole && outputs <= channels * stride[0] * stride[1]) return emitByPhase(emitter, g, w, image, sliding);
  const kernels = emitter.reshape(w.name, [outputs, -1]);
  const cols = emitter.node("Gemm", [emitter.reshape(g.name, [-1, outputs]), kernels]);
  return emitFold(emitter, cols, image, sliding);
}

/**
 * The image gradient phase by phase: pixels that lie alike within a stride receive from the same taps of the kernel, so all phases
 * together are one convolution of stride 1 of the gradient, with stride^2 times the channels (Shi et al. 2016, arXiv:1609.07009).
 * It moves a third of the memory that spreading windows and adding them does.
 */
function emitByPhase(emitter: Emitter, g: Value, w: Value, image: Shape, sliding: Sliding): string {
  const { kernel, stride } = sliding;
  const [outputs, , , channels] = w.shape as [number, number, number, number];
  const taps = [kernel[0] / stride[0], kernel[1] / stride[1]] as const;
  const split = emitter.reshape(w.name, [outputs, taps[0], stride[0], taps[1], stride[1], channels]);
  const ordered = emitter.node("Transpose", [flip(emitter, split, [1, 3])], { perm: [1, 3, 0, 2, 4, 5] });
  const phases = stride[0] * stride[1] * channels;
  const kernels = emitter.reshape(ordered, [taps[0] * taps[1] * outputs, phases]);
  const around = [taps[0] - 1, taps[1] - 1] as const;
  const cols = emitWindows(emitter, g.name, g.shape, { kernel: taps, stride: [1, 1], padding: around });
  const product = emitter.node("Gemm", [cols, kernels]);
  const tiling = tile(image, sliding);
  const [n, down, , across, width] = tiling.tiles as [number, number, number, number, number];
  const byTile = emitter.reshape(product, [n, down, across, stride[0], width]);
  return cropToImage(emitter, emitter.node("Transpose", [byTile], { perm: [0, 1, 3, 2, 4] }), image, tiling);
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
): string {
  const images = emitter.node("Transpose", [x], { perm: [0, 3, 1, 2] });
  const kernels = emitter.node("Transpose", [w], { perm: order });
  const result = emitter.node("Conv", [images, kernels], { pads: [top, left, top, left] });
  return emitter.node("Transpose", [result], { perm: [0, 2, 3, 1] });
}

function flip(emitter: Emitter, x: string, axes: readonly number[]): string {
  const every = (value: number) => emitter.ints(axes.map(() => value));
  return emitter.node("Slice", [x, every(-1), every(Number.MIN_SAFE_INTEGER), emitter.ints(axes), every(-1)]);
}
