import { node, type Op, type Shape, ShapeError, show, type Tensor } from "../tensor.js";
import { add } from "./arithmetic.js";
import { broadcastTo } from "./broadcast.js";
import { reshape, reverse, transpose } from "./layout.js";
import { matmul } from "./matmul.js";
import { mean } from "./reduce.js";
import { fold, type Sliding, windowPositions, windows } from "./windows.js";

export interface ConvolutionOptions {
  /** Step of the kernel, vertical and horizontal where they differ; 1 unless told. */
  readonly stride?: number | readonly [number, number];
  /** Zeros around the image on each side; 0 unless told. */
  readonly padding?: number | readonly [number, number];
  /** One number a channel, added to the result. */
  readonly bias?: Tensor;
}

/**
 * A convolution of stride 1 as ONNX's own Conv, which for kernels larger than 1 is twice as fast as windows and a product. Strided
 * kernels are as fast by windows, and share the window matrix with their weight gradient.
 */
const convOp: Op<Sliding> = {
  name: "conv2d",
  shape: ([x, w], sliding) => [x!.shape[0]!, ...windowPositions(x!.shape, sliding), w!.shape[0]!],
  vjp({ inputs: [x, w], attributes: sliding }, cotangent) {
    const { kernel, padding } = sliding;
    const flipped = transpose(reverse(w!, [1, 2]), [3, 1, 2, 0]);
    const around = [kernel[0] - 1 - padding[0], kernel[1] - 1 - padding[1]] as const;
    return [
      convolve(cotangent, flipped, { ...sliding, padding: around }),
      weightGradient(x!, cotangent, w!.shape, sliding),
    ];
  },
  emit({ attributes: { padding } }, [x, w], emitter) {
    const [top, left] = padding;
    const image = emitter.node("Transpose", [x!], { perm: [0, 3, 1, 2] });
    const kernel = emitter.node("Transpose", [w!], { perm: [0, 3, 1, 2] });
    const result = emitter.node("Conv", [image, kernel], { pads: [top, left, top, left] });
    return emitter.node("Transpose", [result], { perm: [0, 2, 3, 1] });
  },
};

/**
 * Two-dimensional convolution (cross-correlation, as everywhere in deep learning).
 * @param x images `[N, H, W, C]`
 * @param w kernels `[O, KH, KW, C]`
 * @returns `[N, floor((H + 2 padding - KH) / stride) + 1, ..., O]`
 */
export function conv2d(x: Tensor, w: Tensor, { stride, padding, bias }: ConvolutionOptions = {}): Tensor {
  if (x.shape.length !== 4 || w.shape.length !== 4 || x.shape[3] !== w.shape[3]) {
    throw new ShapeError(
      "conv2d",
      `needs images [N, H, W, C] and kernels [O, KH, KW, C], not ${show(x.shape)} and ${show(w.shape)}`,
    );
  }
  return convolve(x, w, sliding("conv2d", w, stride, padding), bias);
}

/**
 * Transposed convolution: the adjoint of `conv2d` with the same kernels, which takes `[N, H, W, C]` to
 * `[N, (H - 1) stride - 2 padding + KH, ..., O]`.
 * @param x images `[N, H, W, C]`
 * @param w kernels `[C, KH, KW, O]`
 */
export function convTranspose2d(x: Tensor, w: Tensor, { stride, padding, bias }: ConvolutionOptions = {}): Tensor {
  if (x.shape.length !== 4 || w.shape.length !== 4 || x.shape[3] !== w.shape[0]) {
    throw new ShapeError(
      "convTranspose2d",
      `needs images [N, H, W, C] and kernels [C, KH, KW, O], not ${show(x.shape)} and ${show(w.shape)}`,
    );
  }
  const how = sliding("convTranspose2d", w, stride, padding);
  const [n, h, width, channels] = x.shape as [number, number, number, number];
  const length = (size: number, axis: 0 | 1) =>
    (size - 1) * how.stride[axis] - 2 * how.padding[axis] + how.kernel[axis];
  const image = [n, length(h, 0), length(width, 1), w.shape[3]!];
  if (image.some((size) => size < 1)) {
    throw new ShapeError(
      "convTranspose2d",
      `kernels ${show(w.shape)} on images ${show(x.shape)} leave nothing inside the padding`,
    );
  }
  const cols = matmul(reshape(x, [-1, channels]), reshape(w, [channels, -1]));
  const y = fold(reshape(cols, [n, h, width, -1]), image, how);
  return bias ? addBias(y, bias) : y;
}

/** Images enlarged by a whole factor, each pixel repeated: `[N, H, W, C]` to `[N, factor H, factor W, C]`. */
export function upsample(x: Tensor, factor: number): Tensor {
  const [n, h, w, c] = imageShape("upsample", x, factor);
  return reshape(broadcastTo(reshape(x, [n, h, 1, w, 1, c]), [n, h, factor, w, factor, c]), [
    n,
    h * factor,
    w * factor,
    c,
  ]);
}

/** Means over squares of `size` by `size` pixels that do not overlap: `[N, H, W, C]` to `[N, H / size, W / size, C]`. */
export function avgPool(x: Tensor, size: number): Tensor {
  const [n, h, w, c] = imageShape("avgPool", x, size);
  if (h % size !== 0 || w % size !== 0)
    throw new ShapeError("avgPool", `${size} does not divide the image ${show(x.shape)}`);
  return mean(reshape(x, [n, h / size, size, w / size, size, c]), [2, 4]);
}

function convolve(x: Tensor, w: Tensor, how: Sliding, bias?: Tensor): Tensor {
  const { kernel, stride, padding } = how;
  const dense = stride[0] === 1 && stride[1] === 1 && kernel[0] * kernel[1] > 1;
  if (dense && padding[0] < kernel[0] && padding[1] < kernel[1]) {
    const y = node(convOp, [x, w], how);
    return bias ? addBias(y, bias) : y;
  }
  const cols = windows(x, how);
  const [n, oh, ow, elements] = cols.shape as [number, number, number, number];
  const outputs = w.shape[0]!;
  const product = matmul(reshape(cols, [-1, elements]), reshape(w, [outputs, elements]), {
    transposeB: true,
    ...(bias && { addend: bias }),
  });
  return reshape(product, [n, oh, ow, outputs]);
}

function weightGradient(x: Tensor, cotangent: Tensor, kernels: Shape, how: Sliding): Tensor {
  const cols = windows(x, how);
  const elements = cols.shape[3]!;
  const flat = matmul(reshape(cotangent, [-1, kernels[0]!]), reshape(cols, [-1, elements]), { transposeA: true });
  return reshape(flat, kernels);
}

function addBias(y: Tensor, bias: Tensor): Tensor {
  if (bias.shape.length !== 1 || bias.shape[0] !== y.shape[3]) {
    throw new ShapeError("conv2d", `a bias of shape ${show(bias.shape)} does not fit ${y.shape[3]} channels`);
  }
  return add(y, bias);
}

function sliding(
  op: string,
  w: Tensor,
  stride: ConvolutionOptions["stride"] = 1,
  padding: ConvolutionOptions["padding"] = 0,
): Sliding {
  const pair = (value: number | readonly [number, number]) =>
    typeof value === "number" ? ([value, value] as const) : value;
  const how = { kernel: [w.shape[1]!, w.shape[2]!] as const, stride: pair(stride), padding: pair(padding) };
  const whole = [...how.stride, ...how.padding].every(Number.isInteger);
  if (!whole || how.stride.some((step) => step < 1) || how.padding.some((width) => width < 0)) {
    throw new ShapeError(
      op,
      `stride ${show(how.stride)} and padding ${show(how.padding)} must be whole, 1 and 0 or more`,
    );
  }
  return how;
}

function imageShape(op: string, x: Tensor, factor: number): readonly [number, number, number, number] {
  if (x.shape.length !== 4) throw new ShapeError(op, `needs images [N, H, W, C], not ${show(x.shape)}`);
  if (!Number.isInteger(factor) || factor < 1)
    throw new ShapeError(op, `a factor of ${factor} is not a whole number from 1`);
  return x.shape as unknown as readonly [number, number, number, number];
}
