import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { mirrored } from "../../src/data/mirrored.js";
import { imageDataset } from "../../src/data/openImages.js";
import { grid } from "../../src/data/points.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { nearestPictures } from "../../src/runs/nearestPictures.js";
import { featuresName, featureWarnings, withPlacedFeatures } from "../../src/runs/pictureFeatures.js";

const noise = (count: number, shape: readonly [number, number, number]) => {
  const rng = createRng(1);
  const bytes = Uint8Array.from({ length: count * shape[0] * shape[1] * shape[2] }, () => rng.integer(256));
  return imageDataset("noise", { shape, bytes, warnings: [] }, { warnings: [] }, {});
};
const digits = noise(60, [28, 28, 1]);
const photos = noise(20, [32, 32, 3]);

describe("what pictures are compared by", () => {
  it("is the digit classifier where pictures may be digits, else the fashion classifier, and what is given before both", () => {
    expect(featuresName({}, digits)).toBe("mnist-classifier");
    expect(featuresName({ features: "auto" }, photos)).toBe("fashion-classifier");
    expect(featuresName({ features: "none" }, digits)).toBeUndefined();
    expect(featuresName({ features: "own.onnx" }, photos)).toBe("own.onnx");
    expect(featuresName({}, grid())).toBeUndefined();
  });

  it("is the fashion classifier where grey pictures of 28 x 28 lie under that name", () => {
    const named = (name: string) => featuresName({}, { ...digits, name });
    for (const name of [
      "fashion/train-images-idx3-ubyte.gz",
      "/data/Fashion-MNIST/train.npy",
      "fashion.idx",
      "./FASHION",
    ])
      expect(named(name)).toBe("fashion-classifier");
    for (const name of [
      "mnist/train-images-idx3-ubyte.gz",
      "/fashion/others/digits/images.idx",
      "mnist",
      "stacked-mnist",
    ])
      expect(named(name)).toBe("mnist-classifier");
    expect(featuresName({ features: "mnist-classifier" }, { ...digits, name: "fashion" })).toBe("mnist-classifier");
  });

  it("is found from any folder, and told to have no effect where there are no pictures", () => {
    expect(withPlacedFeatures({ features: "own.onnx" })).toEqual({ features: resolve("own.onnx") });
    for (const features of ["auto", "none", "mnist-classifier", "fashion-classifier"])
      expect(withPlacedFeatures({ features })).toEqual({ features });
    expect(featureWarnings({ features: "none" }, digits)).toEqual([]);
    expect(featureWarnings({ features: "own.onnx" }, grid())).toEqual([
      'features has no effect here: pictures are compared by them, and "grid" has none.',
    ]);
  });
});

describe("the training picture nearest to a sample", () => {
  it.each(["none", "auto"])("is the one that it copies, by features: %s", async (features) => {
    const config = resolveConfig({ data: "noise", loss: "w-gp", features }, digits);
    const originals = digits.at?.(Uint32Array.of(3, 41)).sample ?? new Float32Array();
    const copies = originals.map((value, i) => Math.max(-1, Math.min(1, value + (i % 2 ? 0.01 : -0.01))));
    const { pairs, among, by } = await nearestPictures(config, digits, copies);
    expect(among).toBe(digits.size);
    expect(by).toBe(features === "none" ? "pixels" : "mnist-classifier");
    for (const i of [0, 1]) {
      expect(pairs.subarray(2 * i * 784, (2 * i + 1) * 784)).toEqual(copies.subarray(i * 784, (i + 1) * 784));
      expect(pairs.subarray((2 * i + 1) * 784, (2 * i + 2) * 784)).toEqual(originals.subarray(i * 784, (i + 1) * 784));
    }
  });

  it("may be the mirrored copy of one, where training mirrors pictures", async () => {
    const config = resolveConfig({ data: "noise", loss: "w-gp", features: "none" }, digits);
    const original = digits.at?.(Uint32Array.of(17)).sample ?? new Float32Array();
    const turned = original.map((_, i) => original[28 * Math.floor(i / 28) + 27 - (i % 28)] ?? 0);
    const found = await nearestPictures(config, mirrored(digits), turned);
    expect(found.pairs.subarray(784)).toEqual(turned);
    expect([found.among, found.isMirrored]).toEqual([digits.size, true]);
    const unmirrored = await nearestPictures(config, digits, turned);
    expect(unmirrored.isMirrored).toBe(false);
    expect(unmirrored.pairs.subarray(784)).not.toEqual(turned);
  });
});
