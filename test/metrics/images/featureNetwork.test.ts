import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImageBytes } from "../../../src/data/images.js";
import { mnistLabelled } from "../../../src/data/sets/mnist.js";
import { mean, mul, reshape } from "../../../src/engine/index.js";
import { InputError } from "../../../src/errors.js";
import { type FeatureNetworkOptions, openFeatureNetwork } from "../../../src/metrics/images/featureNetwork.js";
import { fashionClassifierFile, loadMnistClassifier } from "../../../src/metrics/mnistClassifier/index.js";
import { BATCH, channelMeans, writeModel } from "./models.js";

let folder: string;
const at = (name: string) => join(folder, name);

/** Seven images of 4 x 4 pixels; image i has the bytes 10 i, 20 i and 30 i in its channels, all over. */
const plain: ImageBytes = {
  shape: [4, 4, 3],
  bytes: Uint8Array.from({ length: 7 * 48 }, (_, k) => 10 * Math.floor(k / 48) * ((k % 3) + 1)),
};
const grey: ImageBytes = { shape: [4, 4, 1], bytes: Uint8Array.from({ length: 32 }, (_, k) => 8 * (k % 16)) };

async function features(path: string, images: ImageBytes, options: FeatureNetworkOptions = {}) {
  const network = await openFeatureNetwork(path, options);
  try {
    return await network.features(images);
  } finally {
    await network.release();
  }
}
const rounded = (values: Float32Array) => Array.from(values, (value) => Math.round(1000 * value) / 1000);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-features-"));
  await writeModel(at("nhwc.onnx"), [BATCH, 4, 4, 3], channelMeans("nhwc"));
  await writeModel(at("nchw.onnx"), [BATCH, 3, 4, 4], channelMeans("nchw"));
  await writeModel(at("batch.onnx"), [3, 3, 4, 4], channelMeans("nchw"));
  await writeModel(at("large.onnx"), [BATCH, 3, 8, 6], channelMeans("nchw"));
  await writeModel(at("grey.onnx"), [BATCH, 1, 4, 4], channelMeans("nchw"));
  await writeModel(at("either.onnx"), [BATCH, 3, 4, 3], channelMeans("nhwc"));
  await writeModel(at("points.onnx"), [BATCH, 4], (x) => ({ y: x }));
  await writeModel(at("four.onnx"), [BATCH, 4, 4, 4], channelMeans("nhwc"));
  await writeModel(at("huge.onnx"), [BATCH, 4, 4, 3], (x) => ({ y: mul(mean(x, [1, 2]), 1e30) }));
  await writeModel(at("whole.onnx"), [3, 3, 4, 4], (x) => ({ y: reshape(mean(x), [1, 1]) }));
  await writeModel(at("two.onnx"), [BATCH, 4, 4, 3], (x) => ({ ...channelMeans("nhwc")(x), pixels: mul(x, 2) }));
  await writeFile(at("text.onnx"), "no model");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a feature network from an ONNX file", () => {
  const bytes = Array.from({ length: 7 }, (_, i) => [10 * i, 20 * i, 30 * i]).flat();

  it.each(["nhwc", "nchw", "batch"])("gets whole images, channels where %s.onnx has them", async (name) => {
    const found = await features(at(`${name}.onnx`), plain, { range: "0..255" });
    expect(found).toMatchObject({ count: 7, dimension: 3 });
    expect(rounded(found.values)).toEqual(bytes);
  });

  it.each([
    ["-1..1", (byte: number) => byte / 127.5 - 1],
    ["0..1", (byte: number) => byte / 255],
    // torchvision's Normalize(mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225])
    ["imagenet", (byte: number, c: number) => (byte / 255 - [0.485, 0.456, 0.406][c]!) / [0.229, 0.224, 0.225][c]!],
  ] as const)("gets numbers of the range %s", async (range, of) => {
    const found = await features(at("nchw.onnx"), plain, { range });
    expect(rounded(found.values)).toEqual(rounded(Float32Array.from(bytes, (byte, k) => of(byte, k % 3))));
  });

  it("gets -1..1 where no range is told", async () => {
    const [first] = (await features(at("nhwc.onnx"), plain)).values;
    expect(first).toBe(-1);
  });

  it("gets images of its own size, grey ones in every channel it takes", async () => {
    const found = await features(at("large.onnx"), grey, { range: "0..255" });
    expect(found).toMatchObject({ count: 2, dimension: 3 });
    for (const value of found.values) expect(Math.abs(value - 60)).toBeLessThan(2);
    expect(rounded((await features(at("grey.onnx"), grey, { range: "0..255" })).values)).toEqual([60, 60]);
  });

  it("has its features in the output that is named, flattened to a vector an image", async () => {
    const found = await features(at("two.onnx"), plain, { output: "pixels", range: "0..255" });
    expect(found).toMatchObject({ count: 7, dimension: 48 });
    expect(rounded(found.values)).toEqual(Array.from(plain.bytes, (byte) => 2 * byte));
  });

  it("says of itself what it takes and gives", async () => {
    const network = await openFeatureNetwork(at("batch.onnx"), { range: "0..1" });
    expect(network.format).toEqual({ layout: "nchw", range: "0..1", channels: 3, height: 4, width: 4, batch: 3 });
    expect(network.output).toBe("means");
    await network.release();
  });

  it("takes a layout that its input's shape leaves open", async () => {
    const asRows = await features(at("either.onnx"), plain, { layout: "nhwc", range: "0..255" });
    expect(rounded(asRows.values)).toEqual(bytes);
  });
});

describe("the built-in one", () => {
  it("gives the classifier's features of digits", async () => {
    const { test } = await mnistLabelled();
    const digits: ImageBytes = { shape: [28, 28, 1], bytes: test.images.subarray(0, 20 * 784) };
    const classifier = await loadMnistClassifier();
    const expected = await classifier.features(
      Float32Array.from(digits.bytes, (byte) => byte / 127.5 - 1),
      20,
    );
    await classifier.release();
    const found = await features("mnist-classifier", digits);
    expect(found).toMatchObject({ count: 20, dimension: classifier.featureCount });
    found.values.forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k]!, 4);
    });
  });
});

describe("the built-in one for other pictures", () => {
  it("gives the fashion classifier's features of pictures made grey", async () => {
    const side = 28;
    const colours = Uint8Array.from({ length: 2 * side * side * 3 }, (_, k) => (17 * k + Math.floor(k / 100)) % 256);
    const greys = Uint8Array.from({ length: 2 * side * side }, (_, k) => {
      const [red = 0, green = 0, blue = 0] = colours.subarray(3 * k, 3 * k + 3);
      return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    });
    const found = await features("fashion-classifier", { shape: [side, side, 3], bytes: colours });
    const classifier = await loadMnistClassifier(fashionClassifierFile);
    const wanted = await classifier.features(
      Float32Array.from(greys, (byte) => byte / 127.5 - 1),
      2,
    );
    await classifier.release();
    expect(found).toMatchObject({ count: 2, dimension: 128 });
    expect(rounded(found.values)).toEqual(rounded(wanted));
  });

  it("takes pictures of any size, and shows what is transparent on black", async () => {
    const clear: ImageBytes = {
      shape: [28, 28, 4],
      bytes: Uint8Array.from({ length: 3136 }, (_, k) => (k % 4 === 3 ? 128 : 200)),
    };
    const dark: ImageBytes = { shape: [28, 28, 3], bytes: new Uint8Array(2352).fill(Math.round((200 * 128) / 255)) };
    expect(await features("fashion-classifier", clear)).toEqual(await features("fashion-classifier", dark));
    const found = await features("fashion-classifier", {
      shape: [64, 40, 3],
      bytes: new Uint8Array(64 * 40 * 3).fill(90),
    });
    expect(found).toMatchObject({ count: 1, dimension: 128 });
  });
});

describe("what cannot be used is refused in one sentence", () => {
  it.each<[name: string, path: string, options: FeatureNetworkOptions, images: ImageBytes, says: RegExp]>([
    ["no file", "none.onnx", {}, plain, /none.onnx cannot be used as an ONNX model \(.*exist/],
    ["no model", "text.onnx", {}, plain, /text.onnx cannot be used as an ONNX model/],
    ["no images", "points.onnx", {}, plain, /takes "images", float32 of shape \[batch, 4\].*four axes/],
    ["four channels", "four.onnx", {}, plain, /\[batch, 4, 4, 4\], which has no 1 or 3 channels\./],
    ["another layout", "nhwc.onnx", { layout: "nchw" }, plain, /no 1 or 3 channels in the layout nchw/],
    ["an open layout", "either.onnx", {}, plain, /leaves the order of its axes open; give --layout nchw/],
    [
      "several outputs",
      "two.onnx",
      {},
      plain,
      /several outputs; choose with --output one of means \[batch, 3\], pixels/,
    ],
    ["another output", "two.onnx", { output: "mean" }, plain, /no output "mean"; choose.*means/],
    ["colours for a grey network", "grey.onnx", {}, plain, /takes grey images, and these have colours/],
    [
      "a grey network with ImageNet's means",
      "grey.onnx",
      { range: "imagenet" },
      grey,
      /imagenet is for three channels/,
    ],
    ["features out of bounds", "huge.onnx", {}, plain, /gives the feature -1.00e\+30.*range, -1..1/],
    ["one row for all", "whole.onnx", {}, plain, /shape \[1, 1\] for 3 images/],
    [
      "options of the built-in",
      "mnist-classifier",
      { output: "logits" },
      grey,
      /has its own output; leave out --output/,
    ],
  ])("%s", async (_, path, options, images, says) => {
    const attempt = features(path === "mnist-classifier" ? path : at(path), images, options);
    await expect(attempt).rejects.toThrow(InputError);
    await expect(attempt).rejects.toThrow(says);
  });
});
