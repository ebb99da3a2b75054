import { expect, it } from "vitest";
import { mnistLabelled } from "../../../src/data/sets/mnist.js";
import { labelAccuracy } from "../../../src/metrics/mnistClassifier/index.js";

it("is near 1 for real digits, and what remains where some are called by another name", async () => {
  const { images, labels } = (await mnistLabelled()).test;
  const [some, digits] = [images.subarray(0, 500 * 784), labels.subarray(0, 500)];
  const accuracy = await labelAccuracy(some, digits);
  expect(accuracy).toBeGreaterThan(0.98);
  const wrong = digits.map((digit, i) => (i < 250 ? (digit + 1) % 10 : digit));
  expect(await labelAccuracy(some, wrong)).toBeLessThan(accuracy / 2 + 0.02);
});
