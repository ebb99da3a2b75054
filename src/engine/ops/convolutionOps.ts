import { at } from "../at.js";
import { node, type Op, type Tensor, type Two } from "../tensor.js";
import { emitConvolution, emitImageGradient } from "./emitConvolution.js";
import {
  emitWindows,
  type ImageShape,
  imageShape,
  type KernelShape,
  kernelShape,
  type Sliding,
  windowPositions,
} from "./windows.js";

/**
 * The convolution of images `[N, H, W, C]` with kernels `[O, KH, KW, C]`. It is linear in images and in kernels. The three linear maps
 * that this gives, images to images, back, and a pair of images to kernels, are each other's derivatives, so these three operations are
 * closed under differentiation of any order.
 */
export const convolutionOp: Op<Two, Sliding> = {
  name: "conv2d",
  shape([x, w], sliding) {
    const image = imageShape("conv2d", x.shape);
    return [image[0], ...windowPositions(image, sliding), at(w.shape, 0)];
  },
  vjp: ({ inputs: [x, w], attributes }, cotangent) => [
    imageGradient(cotangent, w, imageShape("conv2d", x.shape), attributes),
    kernelGradient(x, cotangent, kernelShape("conv2d", w.shape), attributes),
  ],
  emit({ inputs: [images, kernels], attributes, shape }, [x, w], emitter) {
    return emitConvolution(
      emitter,
      { name: x, shape: imageShape("conv2d", images.shape) },
      { name: w, shape: kernelShape("conv2d", kernels.shape) },
      shape,
      attributes,
    );
  },
};

/** The gradient of a convolution with respect to its images; forward, it is the transposed convolution. */
export const imageGradientOp: Op<Two, Sliding & { readonly image: ImageShape }> = {
  name: "convTranspose2d",
  shape: (_, { image }) => image,
  vjp: ({ inputs: [g, w], attributes: { image: _, ...sliding } }, cotangent) => [
    convolution(cotangent, w, sliding),
    kernelGradient(cotangent, g, kernelShape("convTranspose2d", w.shape), sliding),
  ],
  emit({ inputs: [gradient, kernels], attributes: { image, ...sliding } }, [g, w], emitter) {
    return emitImageGradient(
      emitter,
      { name: g, shape: imageShape("convTranspose2d", gradient.shape) },
      { name: w, shape: kernelShape("convTranspose2d", kernels.shape) },
      image,
      sliding,
    );
  },
};

const kernelGradientOp: Op<Two, Sliding & { readonly kernels: KernelShape }> = {
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

/** Images convolved with kernels. */
export function convolution(x: Tensor, w: Tensor, how: Sliding): Tensor {
  return node(convolutionOp, [x, w], how);
}

/** Images of shape `image` that kernels spread a gradient over. */
export function imageGradient(g: Tensor, w: Tensor, image: ImageShape, how: Sliding): Tensor {
  return node(imageGradientOp, [g, w], { ...how, image });
}

function kernelGradient(x: Tensor, g: Tensor, kernels: KernelShape, how: Sliding): Tensor {
  return node(kernelGradientOp, [x, g], { ...how, kernels });
}
