import type { LabelledImages } from "../../data/mnist.js";
import { compile, gradients, reshape, slice, type Tensor, type TensorData, zeroIfFinite } from "../../engine/index.js";
import { InputError } from "../../errors.js";
import type { ParameterSet } from "../../networks/index.js";
import {
  flatten,
  flattenData,
  type Layout,
  layoutOf,
  layoutSize,
  unflatten,
  unflattenData,
} from "../../networks/parameters.js";
import { adam, cosine, type Optimizer } from "../../optimizers/index.js";
import { createRng } from "../../random.js";
import { crossEntropy } from "./crossEntropy.js";
import { applyClassifier, CLASSES, initialParameters, SIDE } from "./network.js";
import { shiftedDigits } from "./shiftedDigits.js";

export interface ClassifierTraining {
  /** Digits in a batch; 128 unless told. */
  readonly batch?: number;
  /** Updates; 5,000 unless told. */
  readonly iterations?: number;
  /** Of Adam at the start, from where it falls to 0 along half a cosine; 0.001 unless told. */
  readonly learningRate?: number;
  /** 0 unless told; equal seeds give equal bits on one machine. */
  readonly seed?: number;
  /** Told after each update the number done so far, from 1, and the batch's cross-entropy in nats. */
  readonly onUpdate?: (iteration: number, loss: number) => void;
}

/**
 * Trains the classifier on digits moved by up to two pixels, by softmax cross-entropy and Adam.
 * @returns its parameters, for `classifierModel`
 * @throws InputError where the loss, the gradient or the next parameters are not finite
 */
export async function trainMnistClassifier(
  digits: LabelledImages,
  { batch = 128, iterations = 5000, learningRate = 1e-3, seed = 0, onUpdate }: ClassifierTraining = {},
): Promise<ParameterSet> {
  const rng = createRng(seed);
  const initial = initialParameters(rng);
  const layout = layoutOf(initial);
  const optimizer = adam({ learningRate: { initial: learningRate, schedule: cosine({ over: iterations }) } });
  const parameters = flattenData(initial, layout);
  const zeros = { shape: parameters.shape, data: new Float32Array(parameters.data.length) };
  let state: Record<"parameters" | "m" | "v", TensorData> = { parameters, m: zeros, v: zeros };
  const program = await compileUpdate(layout, optimizer, batch);
  try {
    for (let iteration = 1; iteration <= iterations; iteration++) {
      const { images, labels } = shiftedDigits(digits, rng, batch);
      const { loss, finite, next, nextM, nextV } = await program.run({
        ...state,
        images: { shape: [batch, SIDE, SIDE, 1], data: images },
        labels: { shape: [batch, CLASSES], data: labels },
        scalars: { shape: [2], data: Float32Array.from(optimizer.scalars(iteration)) },
      });
      if (finite!.data[0] !== 0) {
        throw new InputError(
          `The training of the classifier came to numbers that are not finite at update ${iteration}: choose a smaller learning rate.`,
        );
      }
      state = { parameters: next!, m: nextM!, v: nextV! };
      onUpdate?.(iteration, loss!.data[0]!);
    }
  } finally {
    await program.release();
  }
  return unflattenData(state.parameters, layout);
}

function compileUpdate(layout: Layout, optimizer: Optimizer, batch: number) {
  const vector = { shape: [layoutSize(layout)] };
  return compile(
    ({ parameters, m, v, images, labels, scalars }) => {
      const named = unflatten(parameters, layout);
      const loss = crossEntropy(applyClassifier(named, images).logits, labels);
      const gradient = flatten(gradientsOf(loss, named), layout);
      const rates = [0, 1].map((i) => reshape(slice(scalars, [i], [i + 1]), []));
      const next = optimizer.update(parameters, gradient, { m, v }, rates);
      const results = { loss, next: next.parameters, nextM: next.slots.m!, nextV: next.slots.v! };
      return { ...results, finite: zeroIfFinite([gradient, ...Object.values(results)]) };
    },
    {
      parameters: vector,
      m: vector,
      v: vector,
      images: { shape: [batch, SIDE, SIDE, 1] },
      labels: { shape: [batch, CLASSES] },
      scalars: { shape: [2] },
    },
  );
}

function gradientsOf(loss: Tensor, parameters: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const found = gradients(loss, Object.values(parameters));
  return Object.fromEntries(Object.keys(parameters).map((name, i) => [name, found[i]!]));
}
