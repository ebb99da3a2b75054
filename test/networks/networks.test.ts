import { describe, expect, it } from "vitest";
import { add, constant, gradients, matmul, mul, relu, sum, type Tensor } from "../../src/engine/index.js";
import {
  type ApplyContext,
  batchNorm,
  dcganCritic,
  dcganGenerator,
  dense,
  layerNorm,
  mlp,
  type Network,
  sequential,
} from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

const idle: ApplyContext = { training: false, noise: {}, buffers: {}, update: () => {} };

describe("sequential", () => {
  it("applies its stages in order, each layer under its name", async () => {
    const network = sequential(["first", dense(2, 2)], relu, ["second", dense(2, 1, { bias: false })]);
    expect(Object.keys(network.init(createRng(0)).parameters)).toEqual(["first.weight", "first.bias", "second.weight"]);
    const { y } = await evaluate(
      ({ x, ...parameters }: Record<string, Tensor>) => ({ y: network.apply(parameters, x!, idle) }),
      {
        x: values([1, 2], [1, 2]),
        "first.weight": values([1, -1, 1, -1], [2, 2]),
        "first.bias": values([10, 1], [2]),
        "second.weight": values([2, 100], [2, 1]),
      },
    );
    expect(Array.from(y.data)).toEqual([26]);
  });

  it("takes a user's own layer, two functions, and nests", async () => {
    const shift: Network = {
      init: () => ({ parameters: { by: values([5]) } }),
      apply: ({ by }, x) => add(x, by!),
    };
    const network = sequential(["outer", sequential(["inner", shift])]);
    const { parameters } = network.init(createRng(0));
    expect(Object.keys(parameters)).toEqual(["outer.inner.by"]);
    const { y } = await evaluate(
      ({ x }) => ({ y: network.apply({ "outer.inner.by": constant(parameters["outer.inner.by"]!) }, x, idle) }),
      {
        x: values([1, 2], [1, 2]),
      },
    );
    expect(Array.from(y.data)).toEqual([6, 7]);
  });

  it("says whether any of its layers ties the samples of a batch together", () => {
    expect(sequential(["norm", batchNorm(2)]).usesBatchStatistics).toBe(true);
    expect(sequential(["norm", layerNorm(2)]).usesBatchStatistics).toBe(false);
    expect(mlp({ input: 2, output: 2, hidden: [4], normalisation: "batch" }).usesBatchStatistics).toBe(true);
    expect(dcganCritic({ size: 28, channels: 1, width: 1, normalisation: "layer" }).usesBatchStatistics).toBe(false);
  });
});

describe("a gradient of one sample's score with respect to the others", () => {
  const others = async (normalisation: "batch" | "layer") => {
    const network = mlp({ input: 3, output: 1, hidden: [6], normalisation });
    const first = network.init(createRng(0));
    const constants = (set = {}) =>
      Object.fromEntries(Object.entries(set).map(([name, x]) => [name, constant(x as never)]));
    const { gradient } = await evaluate(
      ({ x, only }) => {
        const context = { training: true, noise: {}, buffers: constants(first.buffers), update: () => {} };
        const scores = network.apply(constants(first.parameters), x, context);
        return { gradient: gradients(sum(mul(scores, only)), [x])[0]! };
      },
      { x: values(Array.from(createRng(1).normals(12)), [4, 3]), only: values([1, 0, 0, 0], [4, 1]) },
    );
    return Array.from(gradient.data).slice(3);
  };

  it("is 0 under layer normalisation, which a gradient penalty needs, and not under batch normalisation", async () => {
    expect((await others("layer")).every((x) => x === 0)).toBe(true);
    expect((await others("batch")).some((x) => x !== 0)).toBe(true);
  });
});

it("a network of two functions is a network", async () => {
  const line: Network = {
    init: (rng) => ({ parameters: { slope: { shape: [2, 1], data: rng.normals(2) } } }),
    apply: ({ slope }, x) => matmul(x, slope!),
  };
  const { y } = await evaluate(({ x, slope }) => ({ y: line.apply({ slope }, x, idle) }), {
    x: values([1, 2], [1, 2]),
    slope: values([3, 4], [2, 1]),
  });
  expect(Array.from(y.data)).toEqual([11]);
});

describe("options that cannot be are refused", () => {
  it.each([
    [
      "a width of 0",
      () => mlp({ input: 2, output: 1, hidden: [8, 0] }),
      "The width of hidden layer 2 of the mlp network must be a whole number from 1, not 0.",
    ],
    [
      "no inputs",
      () => mlp({ input: 0, output: 1, hidden: [] }),
      "The input of the mlp network must be a whole number from 1, not 0.",
    ],
    ["half an output", () => mlp({ input: 2, output: 0.5, hidden: [] }), "The output of the mlp network must be"],
    [
      "a width of 0 in dcgan",
      () => dcganCritic({ size: 28, channels: 1, width: 0 }),
      "The width of the dcgan network must be a whole number from 1, not 0.",
    ],
    [
      "a size of 30",
      () => dcganCritic({ size: 30, channels: 1, width: 8 }),
      "square images of 28, 32, 64 pixels a side, not 30",
    ],
    ["two channels", () => dcganGenerator({ latent: 8, size: 28, channels: 2, width: 8 }), "1 or 3 channels, not 2"],
    [
      "no latent",
      () => dcganGenerator({ latent: 0, size: 28, channels: 1, width: 8 }),
      "The latent of the dcgan network must be",
    ],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: "InputError" }));
  });
});

describe("normalisation", () => {
  const buffers = { mean: values([0, 0]), variance: values([1, 1]) };
  const parameters = { gain: values([1, 1]), bias: values([0, 0]) };

  it("over a batch is refused where a channel has one value, in training only", async () => {
    const norm = batchNorm(2);
    const apply = (shape: readonly number[], training: boolean) =>
      evaluate(
        ({ x, mean, variance, ...rest }) => ({
          y: norm.apply(rest, x, { training, noise: {}, buffers: { mean, variance }, update: () => {} }),
        }),
        {
          x: values(
            [3, -4, 5, 6].slice(
              0,
              shape.reduce((a, b) => a * b),
            ),
            shape,
          ),
          ...buffers,
          ...parameters,
        },
      );
    for (const one of [
      [1, 2],
      [1, 1, 1, 2],
    ]) {
      await expect(apply(one, true)).rejects.toThrow(/this batch has one: choose a batch of 2 or more/);
      expect((await apply(one, false)).y).toBeAllclose(values([3, -4], one), { relative: 1e-5 });
    }
    for (const two of [
      [2, 2],
      [1, 2, 1, 2],
    ]) {
      expect((await apply(two, true)).y).toBeAllclose(values([-1, -1, 1, 1], two), { relative: 1e-5 });
    }
  });

  it("over a layer is refused for one value, which it would make 0", async () => {
    const apply = evaluate(({ x, gain, bias }) => ({ y: layerNorm(1).apply({ gain, bias }, x, idle) }), {
      x: values([1, 2], [2, 1]),
      gain: values([1]),
      bias: values([0]),
    });
    await expect(apply).rejects.toThrow(/this layer has one: choose a width of 2 or more/);
    expect(() => mlp({ input: 2, output: 1, hidden: [4, 1], normalisation: "layer" })).toThrow(/this layer has one/);
  });

  it("over a layer of equal values is the bias, with finite gradients", async () => {
    const { y, gradient, second } = await evaluate(
      ({ x, gain, bias }) => {
        const y = layerNorm(2).apply({ gain, bias }, x, idle);
        const [gradient] = gradients(sum(mul(y, constant(values([1, 2], [1, 2])))), [x]);
        return { y, gradient: gradient!, second: gradients(sum(mul(gradient!, gradient!)), [x])[0]! };
      },
      { x: values([7, 7, -1e20, -1e20], [2, 2]), gain: values([1, 1]), bias: values([0.5, -0.5]) },
    );
    expect(Array.from(y.data)).toEqual([0.5, -0.5, 0.5, -0.5]);
    // d y / d x = (1 - 1/2) / sqrt(1e-5), so 1 and 2 make -1/2 and 1/2 of that.
    const slope = 0.5 / Math.sqrt(1e-5);
    expect(gradient).toBeAllclose(values([-slope, slope, -slope, slope], [2, 2]), { relative: 1e-5 });
    expect(second.data.every(Number.isFinite)).toBe(true);
  });
});
