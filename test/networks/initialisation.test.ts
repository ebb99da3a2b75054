import { describe, expect, it } from "vitest";
import {
  conv,
  convTranspose,
  dcganCritic,
  dcganGenerator,
  dense,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initialiser,
  mlp,
  normal,
  zeros,
} from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";

const COUNT = 40_000;
const fans = { in: 50, out: 150 };

/** Mean, variance and largest magnitude of many weights. */
function moments(initialiser: Initialiser) {
  const weights = Array.from(initialiser(createRng(3), COUNT, fans));
  const mean = weights.reduce((total, x) => total + x, 0) / COUNT;
  const variance = weights.reduce((total, x) => total + (x - mean) ** 2, 0) / COUNT;
  return { mean, variance, largest: Math.max(...weights.map(Math.abs)) };
}

describe("initialisers", () => {
  it.each([
    ["heNormal", heNormal, 2 / 50, Number.POSITIVE_INFINITY],
    ["heUniform", heUniform, 2 / 50, Math.sqrt(6 / 50)],
    ["glorotNormal", glorotNormal, 2 / 200, Number.POSITIVE_INFINITY],
    ["glorotUniform", glorotUniform, 2 / 200, Math.sqrt(6 / 200)],
    ["normal(0.02)", normal(), 0.02 ** 2, Number.POSITIVE_INFINITY],
    ["normal(0.5)", normal(0.5), 0.25, Number.POSITIVE_INFINITY],
  ])("%s has mean 0, its variance and its bound", (_, initialiser, variance, bound) => {
    const found = moments(initialiser);
    // Five standard errors of a mean, and of the variance of normal numbers.
    expect(Math.abs(found.mean)).toBeLessThan(5 * Math.sqrt(variance / COUNT));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / COUNT));
    expect(found.largest).toBeLessThanOrEqual(bound);
    expect(found.largest).toBeGreaterThan(Math.sqrt(variance));
  });

  it("zeros is 0", () => {
    expect(moments(zeros).largest).toBe(0);
  });
});

describe("layers tell the initialiser how many terms an output sums and how many outputs an input reaches", () => {
  const fansOf = (layer: (initialisation: Initialiser) => { init(rng: ReturnType<typeof createRng>): unknown }) => {
    const seen: unknown[] = [];
    layer((_, count, fans) => {
      seen.push(fans);
      return new Float32Array(count);
    }).init(createRng(0));
    return seen;
  };

  it("dense: its inputs and outputs", () => {
    expect(fansOf((initialisation) => dense(3, 5, { initialisation }))).toEqual([{ in: 3, out: 5 }]);
  });

  it("convolution: a stride s leaves 1 / s^2 of the outputs", () => {
    const options = { kernel: 4, stride: 2, padding: 1 };
    expect(fansOf((initialisation) => conv(3, 5, { ...options, initialisation }))).toEqual([{ in: 48, out: 20 }]);
  });

  it("transposed convolution: a stride s leaves 1 / s^2 of the terms", () => {
    const options = { kernel: 4, stride: 2, padding: 1 };
    expect(fansOf((initialisation) => convTranspose(3, 5, { ...options, initialisation }))).toEqual([
      { in: 12, out: 80 },
    ]);
  });
});

describe.each([
  ["mlp", () => mlp({ input: 2, output: 1, hidden: [8, 8], normalisation: "layer" })],
  ["dcganGenerator", () => dcganGenerator({ latent: 4, size: 28, channels: 1, width: 2, normalisation: "batch" })],
  ["dcganCritic", () => dcganCritic({ size: 28, channels: 1, width: 2 })],
])("%s", (_, make) => {
  it("starts from the same values for the same seed, and from others for another", () => {
    expect(make().init(createRng(1))).toEqual(make().init(createRng(1)));
    expect(make().init(createRng(1))).not.toEqual(make().init(createRng(2)));
  });

  it("starts with biases of 0 and gains of 1", () => {
    for (const [name, { data }] of Object.entries(make().init(createRng(1)).parameters)) {
      if (name.endsWith(".bias")) expect(data.every((x) => x === 0)).toBe(true);
      if (name.endsWith(".gain")) expect(data.every((x) => x === 1)).toBe(true);
    }
  });
});

it("starts hidden layers of an mlp with the variance 2 / inputs of He et al.", () => {
  const { parameters } = mlp({ input: 64, output: 64, hidden: [256] }).init(createRng(5));
  const squares = Array.from(parameters["dense1.weight"]!.data).reduce((total, x) => total + x * x, 0);
  expect(Math.abs((squares / (64 * 256)) * (64 / 2) - 1)).toBeLessThan(0.05);
});
