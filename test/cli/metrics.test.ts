import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { arrayImages } from "../../src/data/arrayImages.js";
import { readArray } from "../../src/data/sources/source.js";
import { openFeatureNetwork } from "../../src/metrics/images/featureNetwork.js";
import { imageMetrics } from "../../src/metrics/images/imageMetrics.js";
import { createRng } from "../../src/random.js";
import { BATCH, channelMeans, writeModel } from "../metrics/images/models.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);

/** Runs the command line in this process. */
const monge = (...argv: string[]) => captured(() => runCommand(argv));

async function measured(...argv: string[]) {
  const { code, out, err } = await monge("metrics", ...argv, "--json", "--quiet");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}

/** An IDX file of `count` noisy images of `side` pixels around a brightness. */
async function writeIdx(name: string, count: number, side: number, brightness: number, seed: number) {
  const header = Buffer.from([0, 0, 8, 3, 0, 0, count >> 8, count & 255, 0, 0, 0, side, 0, 0, 0, side]);
  const noise = createRng(seed).normals(count * side * side);
  const bytes = new Uint8Array(Uint8ClampedArray.from(noise, (x) => brightness + 20 * x));
  await writeFile(at(name), Buffer.concat([header, bytes]));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-metrics-"));
  await writeIdx("real.idx", 60, 28, 100, 1);
  await writeIdx("same.idx", 50, 28, 100, 2);
  await writeIdx("bright.idx", 50, 28, 180, 3);
  await writeIdx("small.idx", 20, 8, 100, 4);
  await writeIdx("few.idx", 3, 28, 100, 5);
  await writeFile(at("points.csv"), "x,y\n1,2\n3,4\n");
  await writeModel(at("nchw.onnx"), [BATCH, 1, 28, 28], channelMeans("nchw"));
  await mkdir(at("empty"));
  await mkdir(at("pictures"));
  for (let i = 0; i < 8; i++) {
    const background = { r: 30 * i, g: 0, b: 0 };
    await sharp({ create: { width: 40, height: 30, channels: 3, background } }).toFile(at(`pictures/${i}.png`));
  }
  const tiny = ["--iterations", "2", "--network", "mlp", "--width", "8", "--batch", "16", "--quiet"];
  const train = (data: string, out: string) => monge("train", "--data", data, "--out", at(out), ...tiny);
  expect(await train(at("real.idx"), "run")).toMatchObject({ code: 0, err: "" });
  expect(await train("ring", "ring")).toMatchObject({ code: 0, err: "" });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("monge metrics", () => {
  it("prints every metric, the numbers of images and what they were measured with", async () => {
    const { code, out } = await monge("metrics", at("real.idx"), at("same.idx"), "--quiet");
    expect(code).toBe(0);
    const names = ["Frechet distance", "kernel distance", "precision", "recall", "density", "coverage", "samples"];
    for (const name of names) expect(out).toMatch(new RegExp(`│ ${name} +│ [-\\d]`));
    expect(out).toMatch(/kernel distance +│ .* ± .* \(100 subsets of 25\)/);
    expect(out).toMatch(/samples +│ 50 /);
    expect(out).toMatch(/network +│ mnist-classifier/);
  });

  it("with an ONNX file's features is what the library makes of the same images", async () => {
    const found = await measured(at("same.idx"), at("bright.idx"), "--features", at("nchw.onnx"), "--range", "0..255");
    expect(found).toMatchObject({ samples: 50, dimension: 1, layout: "nchw", range: "0..255", output: "means" });
    // The means of the images are about 100 and about 180 (bytes are clipped at 255), and hardly scattered.
    expect(Math.sqrt(found.frechetDistance)).toBeCloseTo(80, 0);
    expect(found).toMatchObject({ precision: 0, recall: 0, density: 0, coverage: 0 });
    expect(found.kernelDistance.mean).toBeGreaterThan(1000);
  });

  it("finds a set like another nearer than a brighter one", async () => {
    const same = await measured(at("real.idx"), at("same.idx"));
    const bright = await measured(at("real.idx"), at("bright.idx"));
    expect(same.frechetDistance).toBeLessThan(bright.frechetDistance / 3);
    expect(same.kernelDistance.mean).toBeLessThan(bright.kernelDistance.mean / 3);
    expect(same.coverage).toBeGreaterThan(bright.coverage);
  });

  it("draws the same images for the same seed, and no more than it is asked for", async () => {
    const some = (seed: string) => measured(at("real.idx"), at("same.idx"), "--samples", "20", "--seed", seed);
    const { seconds: _, ...first } = await some("1");
    expect(first.samples).toBe(20);
    expect(await some("1")).toMatchObject(first);
    expect((await some("2")).frechetDistance).not.toBe(first.frechetDistance);
  });

  it("measures a run by the samples that monge sample makes with the same seed", async () => {
    await monge("sample", at("run"), "-n", "60", "--seed", "7", "-o", at("samples.json"));
    const samples = JSON.parse(await readFile(at("samples.json"), "utf8")).samples.flat() as number[];
    const made = new Uint8Array(samples.map((x) => Math.round((x + 1) * 127.5)));
    const network = await openFeatureNetwork("mnist-classifier");
    const real = await network.features((await arrayImages("real.idx", await readArray(at("real.idx"))))!);
    const fake = await network.features({ shape: [28, 28, 1], bytes: made });
    await network.release();
    const expected = await imageMetrics(real, fake, { seed: 7 });
    expect(await measured(at("real.idx"), at("run"), "--samples", "60", "--seed", "7")).toMatchObject(expected);
  });

  it("scales folders of images", async () => {
    const options = ["--size", "28", "--channels", "1", "--features", at("nchw.onnx")];
    const found = await measured(at("real.idx"), at("pictures"), ...options);
    expect(found).toMatchObject({ samples: 8, real: at("real.idx"), fake: at("pictures") });
  });
});

describe("bad input ends with one sentence and exit code 2", () => {
  it.each<[name: string, argv: () => string[], says: RegExp]>([
    ["a missing path", () => [at("none"), at("real.idx")], /no file or folder called ".*none"/],
    [
      "a table",
      () => [at("points.csv"), at("real.idx")],
      /points.csv holds no images: give the name of a data set, an array of images .* mnist and mnist-test/,
    ],
    ["an empty folder", () => [at("empty"), at("real.idx")], /empty holds no PNG/],
    ["a run of points", () => [at("real.idx"), at("ring")], /makes samples of shape \[2\], not images/],
    ["other shapes", () => [at("real.idx"), at("small.idx")], /28 x 28 x 1 and .*small.idx of 8 x 8 x 1/],
    ["too few images", () => [at("real.idx"), at("few.idx")], /few.idx has 3 images, and at least 6 are needed/],
    ["too many samples", () => [at("real.idx"), at("same.idx"), "--samples", "51"], /asks for 51 images and .* has 50/],
    ["too few samples", () => [at("real.idx"), at("same.idx"), "--samples", "5"], /whole number from 6/],
    ["an unknown range", () => [at("real.idx"), at("same.idx"), "--range", "0..2"], /Allowed choices are 0..1/],
    ["no model", () => [at("real.idx"), at("same.idx"), "--features", at("points.csv")], /as an ONNX model/],
  ])("%s", async (_, argv, says) => {
    const { code, out, err } = await monge("metrics", ...argv());
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toMatch(says);
  });
});
