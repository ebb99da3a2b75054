import { at } from "../at.js";
import type { Dimension } from "../dimension.js";
import type { Emitter, Value } from "../emitter.js";
import { emitReverse } from "../ops/layout.js";
import type { ImageShape, KernelShape, Sliding } from "../ops/windows.js";
import { isOpen, type SymbolicShape } from "../shape.js";
import { DOMAIN, fromBlocks, toBlocks } from "./blocks.js";

/**
 * Emits images `[N, H, W, C]` convolved with kernels `[O, KH, KW, C]` and the bias that there may be, or nothing where the kernel does not
 * take such images.
 */
export function emitBlockedConvolution(
  emitter: Emitter,
  block: number,
  x: Value<ImageShape>,
  w: Value<KernelShape>,
  bias: readonly string[],
  { stride, padding }: Sliding,
): string | undefined {
  const [outputs, height, width, channels] = w.shape;
  const group = channels < block ? 1 : block;
  if (outputs % block !== 0 || channels % group !== 0) return undefined;
  const taps = height * width;
  const rows = exchange(emitter, w.name, [outputs / block, block, taps * channels, 1]);
  const ordered = exchange(emitter, rows, [outputs / block, taps, channels / group, group * block]);
  const kernels = emitter.reshape(ordered, [outputs, channels, height, width]);
  const images = group === 1 ? toPlanes(emitter, x) : toBlocks(emitter, x.name);
  const inputs = [images, kernels, ...bias];
  const pads = [padding[0], padding[1], padding[0], padding[1]];
  return fromBlocks(emitter, convolve(emitter, inputs, { kernel: [height, width], stride, pads }), outputs);
}

/**
 * Emits the images `[N, H, W, C]` that kernels `[O, KH, KW, C]` spread a gradient `[N, OH, OW, O]` over: pixels that lie alike within a
 * stride receive from the same taps of the kernel, so each of these phases is a convolution of stride 1 of the gradient (Shi et al.
 * 2016, arXiv:1609.07009), and their pixels are then put between each other. Nothing where the kernel does not take such images.
 */
export function emitBlockedImageGradient(
  emitter: Emitter,
  block: number,
  g: Value<ImageShape>,
  w: Value<KernelShape>,
  bias: readonly string[],
  image: ImageShape,
  { kernel, stride, padding }: Sliding,
): string | undefined {
  const [outputs, , , channels] = w.shape;
  const [n, height, width] = image;
  const rests = [kernel[0] % stride[0], kernel[1] % stride[1], height % stride[0], width % stride[1]];
  if (rests.some((rest) => rest > 0) || outputs % block !== 0 || channels % block !== 0) return undefined;
  const count = [kernel[0] / stride[0], kernel[1] / stride[1]] as const;
  const [down, across] = [phases(0), phases(1)];
  if ([...down, ...across].some(({ before, after }) => before < 0 || after < 0)) return undefined;

  /** For the first, second, ... pixel of a stride: the phase of the kernel that it receives from, and zeros around the gradient. */
  function phases(axis: 0 | 1) {
    const [length, given] = axis === 0 ? [height, g.shape[1]] : [width, g.shape[2]];
    return Array.from({ length: stride[axis] }, (_, pixel) => {
      const first = Math.floor((pixel + padding[axis]) / stride[axis]);
      const before = count[axis] - 1 - first;
      const windows = length / stride[axis] + count[axis] - 1;
      return { phase: (pixel + padding[axis]) % stride[axis], before, after: windows - given - before };
    });
  }

  const taps = kernel[0] * kernel[1];
  const inside = exchange(emitter, w.name, [outputs / block, block, (taps * channels) / block, block]);
  const split = emitter.reshape(inside, [
    outputs / block,
    count[0],
    stride[0],
    count[1],
    stride[1],
    channels / block,
    block * block,
  ]);
  const ordered = emitter.node("Transpose", [emitReverse(emitter, split, [1, 3])], { perm: [2, 4, 5, 0, 1, 3, 6] });
  const kernels = emitter.reshape(ordered, [stride[0] * stride[1], channels, outputs, ...count]);
  const gradient = toBlocks(emitter, g.name);
  const rows = down.map((y) => {
    const pixels = across.map((x) => {
      const phase = y.phase * stride[1] + x.phase;
      const one = emitter.node("Slice", [kernels, emitter.ints([phase]), emitter.ints([phase + 1]), emitter.ints([0])]);
      const inputs = [gradient, emitter.reshape(one, [channels, outputs, ...count]), ...bias];
      const pads = [y.before, x.before, y.after, x.after];
      const result = convolve(emitter, inputs, { kernel: count, pads });
      return between(result, [n, channels / block, height / stride[0], 1, width / stride[1], 1, block]);
    });
    return joined(emitter, pixels, 5);
  });
  return fromBlocks(emitter, between(joined(emitter, rows, 3), [n, channels, height, width]), channels);

  /** As `shape` where there are phases to put between each other. */
  function between(result: string, shape: SymbolicShape): string {
    return down.length * across.length === 1 ? result : emitter.reshape(result, shape);
  }
}

/**
 * Emits the kernels `[O, KH, KW, C]` that are the gradient of a convolution, from its images `[N, H, W, C]` and a gradient
 * `[N, OH, OW, O]`: itself a convolution, whose channels are the N images, whose kernels are the gradient, as far apart as the stride, and
 * whose one image is as wide as the columns and channels of all. Nothing where the images are no whole number of blocks, or where the
 * convolution left rows or columns at the end of its images alone.
 */
export function emitBlockedKernelGradient(
  emitter: Emitter,
  block: number,
  x: Value<ImageShape>,
  g: Value<ImageShape>,
  { kernel, stride, padding }: Sliding,
): string | undefined {
  const [n, height, width, channels] = x.shape;
  const [, rows, columns, outputs] = g.shape;
  if (isOpen(n) || n % block !== 0 || outputs % block !== 0) return undefined;
  const below = kernel[0] + (rows - 1) * stride[0] - height - padding[0];
  const behind = kernel[1] + (columns - 1) * stride[1] - width - padding[1];
  if (below < 0 || behind < 0) return undefined;
  const positions = rows * columns;
  const inside = exchange(emitter, toBlocks(emitter, g.name), [n / block, block, (outputs / block) * positions, block]);
  const ordered = exchange(emitter, inside, [1, n / block, outputs / block, positions * block * block]);
  const gradient = emitter.reshape(ordered, [outputs, n, rows, columns]);
  const image = emitter.node(
    "ReorderInput",
    [emitter.reshape(x.name, [1, n, height, width * channels])],
    { channels_last: 0 },
    DOMAIN,
  );
  const result = convolve(emitter, [image, gradient], {
    kernel: [rows, columns],
    dilations: [stride[0], stride[1] * channels],
    pads: [padding[0], padding[1] * channels, below, behind * channels],
  });
  const kernels = emitter.node("ReorderOutput", [result], { channels: outputs, channels_last: 0 }, DOMAIN);
  return emitter.reshape(kernels, [outputs, ...kernel, channels]);
}

/** Emits `x`, seen as `shape`, with its two middle axes exchanged. ONNX Runtime moves one axis at a time many times as fast as several. */
function exchange(emitter: Emitter, x: string, shape: readonly [Dimension, number, number, number]): string {
  return emitter.node("Transpose", [emitter.reshape(x, shape)], { perm: [0, 2, 1, 3] });
}

function joined(emitter: Emitter, parts: readonly string[], axis: number): string {
  return parts.length === 1 ? at(parts, 0) : emitter.node("Concat", parts, { axis });
}

interface Convolving {
  readonly kernel: readonly [number, number];
  /** Default: 1. */
  readonly stride?: readonly [number, number];
  /** How far the taps of a kernel are apart. Default: 1. */
  readonly dilations?: readonly [number, number];
  readonly pads: readonly number[];
}

function convolve(
  emitter: Emitter,
  inputs: readonly string[],
  { kernel, stride = [1, 1], dilations = [1, 1], pads }: Convolving,
): string {
  const attributes = { kernel_shape: kernel, strides: stride, pads, dilations, group: 1, auto_pad: "NOTSET" };
  return emitter.node("Conv", inputs, attributes, DOMAIN);
}

/** `[N, C, H, W]`: how images of fewer channels than a block are taken. */
function toPlanes(emitter: Emitter, { name, shape: [n, height, width, channels] }: Value<ImageShape>): string {
  return emitter.reshape(exchange(emitter, name, [n, height * width, channels, 1]), [n, channels, height, width]);
}
