import { constant, relu, reshape, symbolicDimension, type Tensor, traceModel } from "../../engine/index.js";
import { conv, dense, heUniform, type Network, type ParameterSet, sequential } from "../../networks/index.js";

/** Pixels along a side of a digit. */
export const SIDE = 28;
/** How many digits there are to tell apart. */
export const CLASSES = 10;
/** Length of a feature vector. */
export const FEATURES = 128;

const hidden = { initialisation: heUniform };
const halving = { ...hidden, kernel: 4, stride: 2, padding: 1 };

/** 28, 14, 7 and 3 pixels a side, then a dense layer. */
const featureLayers = sequential(
  ["conv1", conv(1, 32, halving)],
  relu,
  ["conv2", conv(32, 64, halving)],
  relu,
  ["conv3", conv(64, 64, halving)],
  relu,
  (x) => reshape(x, [x.shape[0]!, 3 * 3 * 64]),
  ["features", dense(3 * 3 * 64, FEATURES, hidden)],
  relu,
);
const logitLayer = sequential(["logits", dense(FEATURES, CLASSES)]);
const inUse = { training: false, noise: {}, buffers: {}, update: () => {} };

/** Images `[n, 28, 28, 1]` in [-1, 1] to logits `[n, 10]`, by 174,000 parameters. */
export const classifier: Network = {
  init: (rng) => ({ parameters: { ...featureLayers.init(rng).parameters, ...logitLayer.init(rng).parameters } }),
  apply: (parameters, images) => applyClassifier(parameters, images).logits,
};

/** Images `[n, 28, 28, 1]` in [-1, 1] to features `[n, 128]`, none negative, and logits `[n, 10]`, which are linear in them. */
export function applyClassifier(
  parameters: Readonly<Record<string, Tensor>>,
  images: Tensor,
): { readonly features: Tensor; readonly logits: Tensor } {
  const features = featureLayers.apply(parameters, images, inUse);
  return { features, logits: logitLayer.apply(parameters, features, inUse) };
}

/** The classifier as an ONNX file: `images` `[batch, 28, 28, 1]` to `features` `[batch, 128]` and `logits` `[batch, 10]`. */
export function classifierModel(
  parameters: ParameterSet,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  return traceModel(
    ({ images }) => {
      const stored = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, constant(value)]));
      return { ...applyClassifier(stored, images) };
    },
    { images: { shape: [symbolicDimension("batch"), SIDE, SIDE, 1] } },
    { metadata },
  );
}
