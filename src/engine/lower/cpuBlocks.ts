import { convolutionOp, imageGradientOp, kernelGradientOp } from "../ops/convolutionOps.js";
import { sumOp } from "../ops/sum.js";
import { imageValue, kernelValue } from "../ops/windows.js";
import { emitBlockedConvolution, emitBlockedImageGradient, emitBlockedKernelGradient } from "./blockedConvolution.js";
import { emitBlockedElements, emitBlockedSum } from "./blockedElements.js";
import { lowering, type Target } from "./target.js";

/**
 * A CPU whose convolutions take `block` channels at a time: ONNX Runtime's own kernel reads images in blocks of channels,
 * `[N, C / block, H, W, block]`, straight from where they lie, and no window matrix is made. From one convolution to the next
 * images stay in blocks. Convolutions of other numbers of channels are written as anywhere. Models with these nodes run on such a CPU only.
 */
export function cpuBlocks(block: number): Target {
  return {
    name: `a CPU with blocks of ${block} channels`,
    lowerings: [
      lowering(convolutionOp, ({ inputs: [images, kernels], attributes }, [x, w, ...bias], emitter) =>
        emitBlockedConvolution(
          emitter,
          block,
          imageValue("conv2d", x, images),
          kernelValue("conv2d", w, kernels),
          bias,
          attributes,
        ),
      ),
      lowering(
        imageGradientOp,
        ({ inputs: [gradient, kernels], attributes: { image, ...sliding } }, [g, w, ...bias], emitter) =>
          emitBlockedImageGradient(
            emitter,
            block,
            imageValue("convTranspose2d", g, gradient),
            kernelValue("convTranspose2d", w, kernels),
            bias,
            image,
            sliding,
          ),
      ),
      lowering(
        kernelGradientOp,
        ({ inputs: [images, gradient], attributes: { kernels: _, ...sliding } }, [x, g], emitter) =>
          emitBlockedKernelGradient(
            emitter,
            block,
            imageValue("conv2d", x, images),
            imageValue("conv2d", g, gradient),
            sliding,
          ),
      ),
      lowering(sumOp, ({ inputs: [{ shape }], attributes: { axes } }, [x], emitter) =>
        emitBlockedSum(emitter, block, { name: x, shape }, axes),
      ),
    ],
    pointwise: (node, inputs, emitter) => emitBlockedElements(emitter, node, inputs),
  };
}
