import { node, type Op, type Shape, ShapeError, show, type Tensor } from "../tensor.js";
import { add } from "./arithmetic.js";
import { broadcastTo } from "./broadcast.js";
import { emitConvolution, emitImageGradient } from "./convolutionLowering.js";
import { reshape } from "./layout.js";
import { mean } from "./reduce.js";
import { emitWindows, type Sliding, windowPositions } from "./windows.js";

export interface ConvolutionOptions {
  /** Step of the kernel, vertical and horizontal where they differ; 1 unless told. */
  readonly stride?: number | readonly [number, number];
  /** Zeros around the image on each side; 0 unless told. */
  readonly padding?: number | readonly [number, number];
  /** One number a channel, added to the result. */
  readonly bias?: Tensor;
}

/**
 * Convolution is linear in images and in kernels. The three linear maps that this gives, images to images, back, and a pair of images
 * to kernels, are each other's derivatives, so these three operations are closed under differentiation of any order.
 */
const convOp: Op<Sliding> = {
  name: "conv2d",
  shape: ([x, w], sliding) => [x!.shape[0]!, ...windowPositions(x!.shape, sliding), w!.shape[0]!],
  vjp: ({ inputs: [x, w], attributes }, cotangent) => [
    imageGradient(cotangent, w!, x!.shape, attributes),
    kernelGradient(x!, cotangent, w!.shape, attributes),
  ],
  emit({ inputs: [image, kernels], attributes, shape }, [x, w], emitter) {
    return emitConvolution(
      emitter,
      { name: x!, shape: image!.shape },
      { name: w!, shape: kernels!.shape },
      shape,
      attributes,
    );
  },
};

/** The gradient of a convolution with respect to its images; forward, it is the transposed convolution. */
const imageGradientOp: Op<Sliding & { readonly image: Shape }> = {
  name: "convTranspose2d",
  shape: (_, { image }) => image,
  vjp: ({ inputs: [g, w], attributes: { image: _, ...sliding } }, cotangent) => [
    convolution(cotangent, w!, sliding),
    kernelGradient(cotangent, g!, w!.shape, sliding),
  ],
  emit({ inputs: [gradient, kernels], attributes: { image, ...sliding } }, [g, w], emitter) {
    return emitImageGradient(
      emitter,
      { name: g!, shape: gradient!.shape },
      { name: w!, shape: kernels!.shape },
      image,
      sliding,
    );
  },
};

const kernelGradientOp: Op<Sliding & { readonly kernels: Shape }> = {
  name: "conv2dKernelGradient",
  shape: (_, { kernels }) => kernels,
  vjp: ({ inputs: [x, g], attributes: { kernels: _, ...sliding } }, cotangent) => [
    imageGradient(g!, cotangent, x!.shape, sliding),
    convolution(x!, cotangent, sliding),
  ],
  emit({ inputs: [image], attributes: { kernels, ...sliding } }, [x, g], emitter) {
    const cols = emitWindows(emitter, x!, image!.shape, sliding);
    const flat = emitter.reshape(g!, [-1, kernels[0]!]);
    return emitter.reshape(emitter.node("Gemm", [flat, cols], { transA: 1 }), kernels);
  },
};

function convolution(x: Tensor, w: Tensor, how: Sliding): Tensor {
  return node(convOp, [x, w], how);
}

function imageGradient(g: Tensor, w: Tensor, image: Shape, how: Sliding): Tensor {
  return node(imageGradientOp, [g, w], { ...how, image: [...image] });
}

function kernelGradient(x: Tensor, g: Tensor, kernels: Shape, how: Sliding): Tensor {
  return node(kernelGradientOp, [x, g], { ...how, kernels: [...kernels] });
}

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
  const y = convolution(x, w, sliding("conv2d", w, stride, padding));
  return bias ? addBias(y, bias) : y;
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
  const [n, h, width] = x.shape as [number, number, number, number];
  const length = (size: number, axis: 0 | 1) =>
    (size - 1) * how.stride[axis] - 2 * how.padding[axis] + how.kernel[axis];
  const image = [n, length(h, 0), length(width, 1), w.shape[3]!];
  if (image.some((size) => size < 1)) {
    throw new ShapeError(
      "convTranspose2d",
      `kernels ${show(w.shape)} on images ${show(x.shape)} leave nothing inside the padding`,
    );
  }
  const y = imageGradient(x, w, image, how);
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

function addBias(y: Tensor, bias: Tensor): Tensor {
  if (bias.shape.length !== 1 || bias.shape[0] !== y.shape[3]) {
    throw new ShapeError("conv2d", `a bias of shape ${show(bias.shape)} does not fit ${y.shape[3]} channels`);
  }
  // ONNX Runtime adds a scalar many times as fast as a vector of one number.
  return add(y, bias.shape[0] === 1 ? reshape(bias, []) : bias);
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
