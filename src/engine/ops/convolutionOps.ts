import { at } from "../at.js";
import { node, type Op, type Tensor, type Two } from "../tensor.js";
import { emitConvolution, emitImageGradient } from "./emitConvolution.js";
import { sumTo } from "./sum.js";
import {
  emitWindows,
  type ImageShape,
  imageShape,
  imageValue,
  type KernelShape,
  kernelShape,
  kernelValue,
  type Sliding,
  windowPositions,
} from "./windows.js";

/** Images, kernels, and where there is one a bias, one number a channel of the result. */
type Convolved = readonly [images: Tensor, kernels: Tensor, ...bias: Tensor[]];

/**
 * The convolution of images `[N, H, W, C]` with kernels `[O, KH, KW, C]`. It is linear in images and in kernels. The three linear maps
 * that this gives, images to images, back, and a pair of images to kernels, are each other's derivatives, so these three operations are
 * closed under differentiation of any order.
 */
export const convolutionOp: Op<Convolved, Sliding> = {
  name: "conv2d",
  shape([x, w], sliding) {
    const image = imageShape("conv2d", x.shape);
    return [image[0], ...windowPositions(image, sliding), at(w.shape, 0)];
  },
  vjp: ({ inputs: [x, w, ...bias], attributes }, cotangent) => [
    imageGradient(cotangent, w, imageShape("conv2d", x.shape), attributes),
    kernelGradient(x, cotangent, kernelShape("conv2d", w.shape), attributes),
    ...bias.map(({ shape }) => sumTo(cotangent, shape)),
  ],
  emit({ inputs: [images, kernels], attributes, shape }, [x, w, ...bias], emitter) {
    return emitConvolution(
      emitter,
      imageValue("conv2d", x, images),
      kernelValue("conv2d", w, kernels),
      bias,
      shape,
      attributes,
    );
  },
};

/** The gradient of a convolution with respect to its images; forward, it is the transposed convolution. */
export const imageGradientOp: Op<Convolved, Sliding & { readonly image: ImageShape }> = {
  name: "convTranspose2d",
  shape: (_, { image }) => image,
  vjp: ({ inputs: [g, w, ...bias], attributes: { image: _, ...sliding } }, cotangent) => [
    convolution(cotangent, w, sliding),
    kernelGradient(cotangent, g, kernelShape("convTranspose2d", w.shape), sliding),
    ...bias.map(({ shape }) => sumTo(cotangent, shape)),
  ],
  emit({ inputs: [gradient, kernels], attributes: { image, ...sliding } }, [g, w, ...bias], emitter) {
    const images = emitImageGradient(
      emitter,
      imageValue("convTranspose2d", g, gradient),
      kernelValue("convTranspose2d", w, kernels),
      image,
      sliding,
    );
    return bias.reduce(
      (sum, vector) => emitter.node("Add", [sum, emitter.reshape(vector, [1, 1, 1, image[3]])]),
      images,
    );
  },
};

/** The gradient of a convolution with respect to its kernels, from images and the gradient of the result. */
export const kernelGradientOp: Op<Two, Sliding & { readonly kernels: KernelShape }> = {
  name: "conv2dKernelGradient",
  shape: (_, { kernels }) => kernels,
  vjp: ({ inputs: [x, g], attributes: { kernels: _, ...sliding } }, cotangent) => [
    imageGradient(g, cotangent, imageShape("conv2d", x.shape), sliding),
    convolution(x, cotangent, sliding),
  ],
  emit({ inputs: [images], attributes: { kernels, ...sliding } }, [x, g], emitter) {
    const cols = emitWindows(emitter, x, imageShape("conv2d", images.shape), sliding);
    const flat = emitter.reshape(g, [-1, kernels[0]]);
    return emitter.reshape(emitter.node("Gemm", [flat, cols], { transA: 1 }), kernels);
  },
};

/** Images convolved with kernels, and a bias added where there is one. */
export function convolution(x: Tensor, w: Tensor, how: Sliding, ...bias: readonly Tensor[]): Tensor {
  return node(convolutionOp, [x, w, ...bias], how);
}

/** Images of shape `image` that kernels spread a gradient over, and a bias added where there is one. */
export function imageGradient(
  g: Tensor,
  w: Tensor,
  image: ImageShape,
  how: Sliding,
  ...bias: readonly Tensor[]
): Tensor {
  return node(imageGradientOp, [g, w, ...bias], { ...how, image });
}

function kernelGradient(x: Tensor, g: Tensor, kernels: KernelShape, how: Sliding): Tensor {
  return node(kernelGradientOp, [x, g], { ...how, kernels });
}
