import type { LabelledImages } from "../../data/sets/mnist.js";
import { InputError } from "../../errors.js";
import { trainAlone } from "../../game/alone.js";
import { Divergence } from "../../game/divergence.js";
import type { ParameterSet } from "../../networks/index.js";
import { unflattenData } from "../../networks/parameters.js";
import { adam, cosine } from "../../optimizers/index.js";
import { createRng } from "../../random.js";
import { crossEntropy } from "./crossEntropy.js";
import { CLASSES, classifier, SIDE } from "./network.js";
import { shiftedDigits } from "./shiftedDigits.js";

export interface ClassifierTraining {
  /** Digits in a batch. Default: 128. */
  readonly batch?: number;
  /** Default: 5,000. */
  readonly iterations?: number;
  /** Of Adam at the start, from where it falls to 0 along half a cosine. Default: 0.001. */
  readonly learningRate?: number;
  /** Equal seeds give equal bits on one machine. Default: 0. */
  readonly seed?: number;
  /** Told after each update the number done so far, from 1, and the batch's cross-entropy in nats. */
  readonly onUpdate?: (iteration: number, loss: number) => void;
}

/**
 * Trains the classifier on digits moved by up to two pixels, by softmax cross-entropy and Adam.
 * @returns its parameters, for `classifierModel`
 * @throws InputError where the loss, the gradient or the next parameters are not finite
 */
export async function trainClassifier(
  digits: LabelledImages,
  { batch = 128, iterations = 5000, learningRate = 1e-3, seed = 0, onUpdate }: ClassifierTraining = {},
): Promise<ParameterSet> {
  const rng = createRng(seed);
  const optimizer = adam({ learningRate: { initial: learningRate, schedule: cosine({ over: iterations }) } });
  const specs = { images: { shape: [batch, SIDE, SIDE, 1] }, labels: { shape: [batch, CLASSES] } };
  const training = await trainAlone({ network: classifier, optimizer }, rng, {
    specs,
    name: "classifier",
    terms: ({ apply }, { images, labels }) => ({ "cross-entropy": crossEntropy(apply(images), labels) }),
  });
  try {
    for (let iteration = 1; iteration <= iterations; iteration++) {
      const { images, labels } = shiftedDigits(digits, rng, batch);
      const { loss } = await training.update({
        images: { ...specs.images, data: images },
        labels: { ...specs.labels, data: labels },
      });
      onUpdate?.(iteration, loss.data[0] ?? Number.NaN);
    }
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    throw new InputError(
      `The training of the classifier came to numbers that are not finite at update ${error.iteration}: choose a smaller learning rate.`,
    );
  } finally {
    await training.release();
  }
  return unflattenData(training.state().parameters, training.layout);
}
