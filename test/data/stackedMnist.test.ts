import { expect, it } from "vitest";
import { mnistLabelled } from "../../src/data/sets/mnist.js";
import { stackedMnist } from "../../src/data/sets/stackedMnist.js";
import { createRng } from "../../src/random.js";

const PIXELS = 28 * 28;

/** A number that is another for any two of MNIST's digits. */
function fingerprint(pixel: (i: number) => number): number {
  let hash = 0;
  for (let i = 0; i < PIXELS; i++) hash = (Math.imul(hash, 31) + pixel(i)) | 0;
  return hash;
}

function fingerprintsOf(images: Uint8Array): Set<number> {
  const count = images.length / PIXELS;
  return new Set(Array.from({ length: count }, (_, row) => fingerprint((i) => images[row * PIXELS + i]!)));
}

it("shows in each channel a training digit, and in its held-out set test digits, drawn independently", async () => {
  const [dataset, { train, test }] = await Promise.all([stackedMnist(), mnistLabelled()]);
  expect(dataset).toMatchObject({
    name: "stacked-mnist",
    fields: { sample: { shape: [28, 28, 3] } },
    size: 128_000,
    codec: { kind: "images" },
  });
  for (const [data, digits] of [
    [dataset, fingerprintsOf(train.images)],
    [dataset.heldOut!, fingerprintsOf(test.images)],
  ] as const) {
    const samples = data.batch(createRng(1), 40).sample;
    const channels = Array.from({ length: 120 }, (_, k) => {
      const start = Math.floor(k / 3) * PIXELS * 3 + (k % 3);
      return fingerprint((i) => Math.round((samples[start + 3 * i]! + 1) * 127.5));
    });
    expect(channels.filter((digit) => !digits.has(digit))).toEqual([]);
    expect(new Set(channels).size).toBeGreaterThan(115);
  }
});

it("is the same data each time it is opened, and draws by the generator that it is given alone", async () => {
  const [once, again] = [await stackedMnist(), await stackedMnist()];
  expect(once.batch(createRng(5), 8).sample).toEqual(again.batch(createRng(5), 8).sample);
  expect(once.batch(createRng(5), 8).sample).not.toEqual(once.batch(createRng(6), 8).sample);
});
