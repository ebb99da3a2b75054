import { describe, expect, it } from "vitest";
import { type LabelledImages, mnistLabelled } from "../../../src/data/sets/mnist.js";
import { compile } from "../../../src/engine/index.js";
import { crossEntropy } from "../../../src/metrics/mnistClassifier/crossEntropy.js";
import { loadMnistClassifier, trainClassifier } from "../../../src/metrics/mnistClassifier/index.js";
import { shiftedDigits } from "../../../src/metrics/mnistClassifier/shiftedDigits.js";
import { createRng } from "../../../src/random.js";
import "../../allclose.js";

const { train, test } = await mnistLabelled();
const inRange = (bytes: Uint8Array) => Float32Array.from(bytes, (byte) => byte / 127.5 - 1);

describe("the stored classifier", () => {
  it("knows at least 99 % of the 10,000 test digits", async () => {
    const classifier = await loadMnistClassifier();
    const digits = await classifier.classify(inRange(test.images), 10_000);
    await classifier.release();
    const right = digits.filter((digit, i) => digit === test.labels[i]).length;
    console.log(`${right} of 10000 test digits are right`);
    expect(right).toBeGreaterThanOrEqual(9900);
  });

  it("gives each image its own features, whatever else goes through the network with it", async () => {
    const classifier = await loadMnistClassifier();
    const { featureCount } = classifier;
    const images = inRange(test.images.subarray(0, 503 * 784));
    const features = await classifier.features(images, 503);
    const last = await classifier.features(images.subarray(502 * 784), 1);
    await classifier.release();
    expect(features).toHaveLength(503 * featureCount);
    expect(features.every((value) => value >= 0)).toBe(true);
    const shape = [featureCount];
    expect({ shape, data: features.slice(502 * featureCount) }).toBeAllclose({ shape, data: last });
    expect(Math.max(...last)).toBeGreaterThan(0);
  });

  it("takes no image at all, and refuses numbers that are not so many images", async () => {
    const classifier = await loadMnistClassifier();
    expect(await classifier.classify(new Float32Array(), 0)).toEqual(new Uint8Array());
    await expect(classifier.classify(new Float32Array(784), 2)).rejects.toThrow(/784 numbers are not 2 images/);
    await classifier.release();
  });

  it("says where a file that is missing was looked for", async () => {
    await expect(loadMnistClassifier("no/such.onnx")).rejects.toThrow("no/such.onnx cannot be read");
  });
});

describe("training it", () => {
  const run = async (seed: number, iterations: number) => {
    const losses: number[] = [];
    const parameters = await trainClassifier(train, {
      batch: 32,
      iterations,
      learningRate: 3e-3,
      seed,
      onUpdate: (_, loss) => losses.push(loss),
    });
    return { losses, parameters };
  };
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it("lowers the loss from that of a guess", async () => {
    const { losses } = await run(1, 60);
    expect(mean(losses.slice(0, 3))).toBeGreaterThan(0.8 * Math.log(10));
    expect(mean(losses.slice(-10))).toBeLessThan(0.6 * Math.log(10));
  });

  it("ends in the same bits for the same seed, and in others for another", async () => {
    const [first, again, other] = [await run(1, 5), await run(1, 5), await run(2, 5)];
    expect(again).toEqual(first);
    expect(other.losses).not.toEqual(first.losses);
  });

  it("stops where its numbers are not finite", async () => {
    const wild = trainClassifier(train, { batch: 4, iterations: 3, learningRate: 1e38 });
    await expect(wild).rejects.toThrow(/not finite at update \d: choose a smaller learning rate/);
  });

  it("is by the cross-entropy, finite for any logits", async () => {
    const program = await compile(({ logits, labels }) => ({ loss: crossEntropy(logits, labels) }), {
      logits: { shape: [2, 3] },
      labels: { shape: [2, 3] },
    });
    const labels = { shape: [2, 3], data: Float32Array.of(0, 1, 0, 0, 0, 1) };
    const loss = async (...logits: number[]) =>
      (await program.run({ logits: { shape: [2, 3], data: Float32Array.from(logits) }, labels })).loss!.data[0]!;
    const direct = (Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 2 + Math.log(3)) / 2;
    expect(await loss(1, 2, 3, 5, 5, 5)).toBeCloseTo(direct, 6);
    expect(await loss(1000, 0, 0, 0, 0, 1000)).toBe(500);
    await program.release();
  });

  it("moves digits by up to two pixels and leaves their labels with them", () => {
    // One dark pixel in the middle tells how far an image was moved.
    const images = new Uint8Array(784);
    images[14 * 28 + 14] = 255;
    const one: LabelledImages = { images, labels: Uint8Array.of(7) };
    const { images: moved, labels } = shiftedDigits(one, createRng(0), 300);
    const places = new Set<string>();
    for (let i = 0; i < 300; i++) {
      const image = moved.subarray(i * 784, (i + 1) * 784);
      const dark = image.indexOf(1);
      places.add(`${Math.floor(dark / 28) - 14},${(dark % 28) - 14}`);
      expect(image.filter((value) => value === -1)).toHaveLength(783);
      expect(labels.subarray(i * 10, (i + 1) * 10).indexOf(1)).toBe(7);
    }
    const steps = [-2, -1, 0, 1, 2];
    expect(places).toEqual(new Set(steps.flatMap((down) => steps.map((across) => `${down},${across}`))));
  });
});
