import { at } from "../at.js";
import type { Emitter } from "../emitter.js";
import { convolutionOp, imageGradientOp } from "../ops/convolutionOps.js";
import { emitReverse } from "../ops/layout.js";
import { type ImageShape, imageShape, type KernelShape, kernelShape, type Sliding } from "../ops/windows.js";
import { lowering, type Target } from "./target.js";

/** The domain of ONNX Runtime's convolutions by blocks of channels. */
const DOMAIN = "com.microsoft.nchwc";

/**
 * A CPU whose convolutions take `block` channels at a time: ONNX Runtime's own kernel reads images in blocks of channels,
 * `[N, C / block, H, W, block]`, straight from where they lie, and no window matrix is made. Convolutions of other numbers of channels
 * are written as anywhere. Models with these nodes run on such a CPU only.
 */
export function cpuBlocks(block: number): Target {
  return {
    name: `a CPU with blocks of ${block} channels`,
    lowerings: [
      lowering(convolutionOp, ({ inputs: [, kernels], attributes }, [x, w], emitter) =>
        emitBlockedConvolution(emitter, block, x, w, kernelShape("conv2d", kernels.shape), attributes),
      ),
      lowering(imageGradientOp, ({ inputs: [gradient, kernels], attributes: { image, ...sliding } }, [g, w], emitter) =>
        emitBlockedImageGradient(
          emitter,
          block,
          { name: g, shape: imageShape("convTranspose2d", gradient.shape) },
          { name: w, shape: kernelShape("convTranspose2d", kernels.shape) },
          image,
          sliding,
        ),
      ),
    ],
  };
}

/** Emits images `[N, H, W, C]` convolved with kernels `[O, KH, KW, C]`, or nothing where the kernel does not take such images. */
function emitBlockedConvolution(
  emitter: Emitter,
  block: number,
  x: string,
  w: string,
  [outputs, height, width, channels]: KernelShape,
  { stride, padding }: Sliding,
): string | undefined {
  if (outputs % block !== 0 || channels % block !== 0) return undefined;
  const split = emitter.reshape(w, [outputs / block, block, height, width, channels / block, block]);
  const ordered = emitter.node("Transpose", [split], { perm: [0, 4, 2, 3, 5, 1] });
  const kernels = emitter.reshape(ordered, [outputs, channels, height, width]);
  const pads = [padding[0], padding[1], padding[0], padding[1]];
  const result = convolve(emitter, toBlocks(emitter, x), kernels, [height, width], stride, pads);
  return fromBlocks(emitter, result, outputs);
}

/**
 * Emits the images `[N, H, W, C]` that kernels `[O, KH, KW, C]` spread a gradient `[N, OH, OW, O]` over: pixels that lie alike within a
 * stride receive from the same taps of the kernel, so each of these phases is a convolution of stride 1 of the gradient (Shi et al.
 * 2016, arXiv:1609.07009), and their pixels are then put between each other. Nothing where the kernel does not take such images.
 */
function emitBlockedImageGradient(
  emitter: Emitter,
  block: number,
  g: { readonly name: string; readonly shape: ImageShape },
  w: { readonly name: string; readonly shape: KernelShape },
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

  const split = emitter.reshape(w.name, [
    outputs / block,
    block,
    count[0],
    stride[0],
    count[1],
    stride[1],
    channels / block,
    block,
  ]);
  const ordered = emitter.node("Transpose", [emitReverse(emitter, split, [2, 4])], { perm: [3, 5, 6, 0, 2, 4, 1, 7] });
  const kernels = emitter.reshape(ordered, [stride[0] * stride[1], channels, outputs, ...count]);
  const gradient = toBlocks(emitter, g.name);
  const rows = down.map((y) => {
    const pixels = across.map((x) => {
      const phase = y.phase * stride[1] + x.phase;
      const one = emitter.node("Slice", [kernels, emitter.ints([phase]), emitter.ints([phase + 1]), emitter.ints([0])]);
      const kernel = emitter.reshape(one, [channels, outputs, ...count]);
      const pads = [y.before, x.before, y.after, x.after];
      const result = fromBlocks(emitter, convolve(emitter, gradient, kernel, count, [1, 1], pads), channels);
      return emitter.reshape(result, [n, height / stride[0], 1, width / stride[1], 1, channels]);
    });
    return joined(emitter, pixels, 4);
  });
  return emitter.reshape(joined(emitter, rows, 2), image);
}

function joined(emitter: Emitter, parts: readonly string[], axis: number): string {
  return parts.length === 1 ? at(parts, 0) : emitter.node("Concat", parts, { axis });
}

function convolve(
  emitter: Emitter,
  x: string,
  kernels: string,
  shape: readonly [number, number],
  strides: readonly [number, number],
  pads: readonly number[],
): string {
  const attributes = { kernel_shape: shape, strides, pads, dilations: [1, 1], group: 1, auto_pad: "NOTSET" };
  return emitter.node("Conv", [x, kernels], attributes, DOMAIN);
}

function toBlocks(emitter: Emitter, x: string): string {
  return emitter.node("ReorderInput", [x], { channels_last: 1 }, DOMAIN);
}

function fromBlocks(emitter: Emitter, x: string, channels: number): string {
  return emitter.node("ReorderOutput", [x], { channels, channels_last: 1 }, DOMAIN);
}
