import { describe, expect, it } from "vitest";
import type { Tensor, TensorData } from "../../src/engine/index.js";
import { type Network, networks, resnetCritic, resnetGenerator } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { evaluate, values } from "../engine/evaluate.js";

type Inputs = {
  readonly x: Tensor;
  readonly condition?: Tensor;
  readonly parameters: Readonly<Record<string, Tensor>>;
};

async function applied(network: Network, x: TensorData, condition?: TensorData): Promise<TensorData> {
  const { parameters } = network.init(createRng(3));
  const { y } = await evaluate(
    ({ x, condition, parameters }: Inputs) => ({
      y: network.apply(parameters, x, { training: true, condition, noise: {}, buffers: {}, update: () => {} }),
    }),
    { x, parameters, ...(condition && { condition }) },
  );
  return y!;
}

const normals = (shape: number[]) => values([...createRng(1).normals(shape.reduce((a, b) => a * b))], shape);
const oneHot = (n: number, classes: number) =>
  values(
    Array.from({ length: n * classes }, (_, at) => (at % classes === Math.floor(at / classes) % classes ? 1 : 0)),
    [n, classes],
  );

describe("residual networks of images", () => {
  it.each([
    [16, 1],
    [20, 3],
    [28, 1],
    [36, 4],
    [64, 3],
  ])("make and judge images of %i pixels a side in %i channels", async (size, channels) => {
    const images = await applied(resnetGenerator({ size, channels, latent: 5, width: 2 }), normals([2, 5]));
    expect(images.shape).toEqual([2, size, size, channels]);
    expect(images.data.every((value) => Math.abs(value) < 1)).toBe(true);
    const scores = await applied(resnetCritic({ size, channels, width: 2 }), images);
    expect(scores.shape).toEqual([2, 1]);
  });

  it("begin with numbers of a usual size, however large the image", async () => {
    for (const size of [16, 28, 64]) {
      const { data } = await applied(resnetGenerator({ size, channels: 1, latent: 32, width: 8 }), normals([8, 32]));
      const deviation = Math.sqrt([...data].reduce((sum, value) => sum + value ** 2, 0) / data.length);
      expect(deviation, `${size}`).toBeGreaterThan(0.2);
      expect(deviation, `${size}`).toBeLessThan(0.9);
    }
  });

  it("have a score for each class, of which the condition picks one", async () => {
    const critic = resnetCritic({ size: 16, channels: 1, width: 2, condition: 3 });
    const image = normals([1, 16, 16, 1]);
    const same = values(
      [0, 1, 2].flatMap(() => [...image.data]),
      [3, 16, 16, 1],
    );
    const { data } = await applied(critic, same, oneHot(3, 3));
    expect(new Set(data).size).toBe(3);
    const mixed = values([0.5, 0.5, 0], [1, 3]);
    const half = await applied(critic, image, mixed);
    expect(half.data[0]).toBeCloseTo((data[0]! + data[1]!) / 2, 5);
  });

  it("make other images under another condition, and refuse to go without one", async () => {
    const generator = resnetGenerator({ size: 16, channels: 1, latent: 2, width: 2, condition: 2 });
    const latents = values([0.5, -1, 0.5, -1], [2, 2]);
    const { data } = await applied(generator, latents, oneHot(2, 2));
    expect(data.slice(0, 256)).not.toEqual(data.slice(256));
    const without = resnetCritic({ size: 16, channels: 1, width: 2, condition: 2 });
    await expect(applied(without, normals([1, 16, 16, 1]))).rejects.toThrow(/made for conditions of length 2/);
  });

  it.each([8, 18, 30, 132, 16.5])("refuse images of %d pixels a side, with what to do", (size) => {
    expect(() => resnetCritic({ size, channels: 1, width: 2 })).toThrow(
      `The resnet network makes square images whose side is a multiple of 4 from 16 to 128, not ${size}: scale the images with --image-size 32`,
    );
    expect(networks.get("resnet").refuses?.([size, size, 1])).toMatch(/^the resnet network makes square images/);
  });

  it("count their weights as they are", () => {
    const entry = networks.get("resnet");
    for (const [shape, condition] of [
      [[28, 28, 1], 10],
      [[64, 64, 3], 0],
    ] as const) {
      const { generator, critic } = entry.make({ width: 8, blocks: 2, augment: 0 }, { shape, latent: 16, condition });
      const weights = [generator, critic]
        .flatMap((network) => Object.entries(network.init(createRng(0)).parameters))
        .filter(([name]) => name.endsWith("weight"))
        .reduce((sum, [, { data }]) => sum + data.length, 0);
      expect(entry.parameterCount?.({ width: 8, blocks: 2, augment: 0 }, { shape, latent: 16, condition })).toBe(
        weights,
      );
    }
  });
});
