import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gradients, mul, sum } from "../../src/engine/index.js";
import { spectralNorm, weightClipping } from "../../src/lipschitz/index.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import type { Values } from "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

/** Spectral normalisation as PyTorch in float64 does it; test/fixtures/lipschitz/make.py says what is what. */
interface Case extends Readonly<Record<"weight" | "r" | "u" | "used" | "gradient" | "nextU" | "nextV", Values>> {
  readonly name: string;
  readonly iterations: number;
}

const cases = JSON.parse(
  readFileSync(new URL("../fixtures/lipschitz/spectral-norm.json", import.meta.url), "utf8"),
) as readonly Case[];
const float32 = ({ shape, data }: Values) => values(Array.from(data), shape);

/** One reparametrisation of a weight and a bias, with the gradient of sum(used r). */
function normalise({ iterations, weight, r, u, nextV }: Case, training: boolean) {
  const constraint = spectralNorm({ iterations });
  return evaluate(
    ({ weight, bias, r, u, v }) => {
      const next = constraint.reparametrise!({ weight, bias }, { "weight.u": u, "weight.v": v }, training);
      const used = next.parameters.weight!;
      const [gradient] = gradients(sum(mul(used, r)), [weight]);
      const { "weight.u": nextU, "weight.v": nextV } = next.buffers;
      return { used, gradient: gradient!, nextU: nextU!, nextV: nextV!, usedBias: next.parameters.bias! };
    },
    { weight: float32(weight), bias: values([5, 7]), r: float32(r), u: float32(u), v: float32(nextV) },
  );
}

describe("spectral normalisation", () => {
  it.each(cases.map((one) => [one.name, one] as const))("equals PyTorch's in training: %s", async (_, one) => {
    const result = await normalise(one, true);
    for (const key of ["used", "gradient", "nextU", "nextV"] as const) {
      expect(result[key], key).toBeAllclose(one[key], { relative: 3e-6 });
    }
  });

  it("uses the stored vectors as they are outside training", async () => {
    const [one] = cases as readonly [Case];
    const result = await normalise({ ...one, u: one.nextU }, false);
    expect(result.nextU).toEqual(float32(one.nextU));
    expect(result.nextV).toEqual(float32(one.nextV));
    expect(result.used).toBeAllclose(one.used, { relative: 3e-6 });
  });

  /** A weight that is not the one its vectors were made for. */
  const at = (weight: readonly number[], u: readonly number[], v: readonly number[], training = true) =>
    normalise(
      {
        name: "",
        iterations: 1,
        weight: values(weight, [2, 2]),
        r: values([1, 2, 3, 4], [2, 2]),
        u: values(u, [1, 2]),
        nextV: values(v, [1, 2]),
      } as unknown as Case,
      training,
    );

  it.each([true, false])("leaves a weight of 0, and its gradient, as they are, in training: %s", async (training) => {
    const result = await at([0, 0, 0, -0], [0.6, 0.8], [-0.8, 0.6], training);
    expect(Array.from(result.used.data, (value) => value + 0)).toEqual([0, 0, 0, 0]);
    expect(Array.from(result.gradient.data)).toEqual([1, 2, 3, 4]);
    expect(result.nextU).toEqual(values([0.6, 0.8], [1, 2]));
    expect(result.nextV).toEqual(values([-0.8, 0.6], [1, 2]));
  });

  it("normalises a weight that was 0 as soon as it is something again", async () => {
    let [u, v] = [
      [0.6, 0.8],
      [-0.8, 0.6],
    ];
    for (const weight of [...Array<number[]>(3).fill([0, 0, 0, 0]), ...Array<number[]>(12).fill([3, 0, 0, 1])]) {
      const { nextU, nextV, used } = await at(weight, u, v);
      [u, v] = [Array.from(nextU.data), Array.from(nextV.data)];
      if (weight[0]) expect(used).toBeAllclose(values([1, 0, 0, 1 / 3], [2, 2]), { relative: 0.4 });
    }
    expect((await at([3, 0, 0, 1], u, v)).used).toBeAllclose(values([1, 0, 0, 1 / 3], [2, 2]));
  });

  it.each([1e-38, 1e-30, 1e-18, 1e-10, 1, 1e10, 1e18, 1e30, 1e37])(
    "divides a weight of norm 3 times %d by it",
    async (scale) => {
      const weight = [3, 0, 0, 1].map((value) => value * scale);
      const { used, nextU, nextV } = await at(weight, [1, 0], [1, 0]);
      expect(used).toBeAllclose(values([1, 0, 0, 1 / 3], [2, 2]));
      expect([nextU, nextV]).toEqual([values([1, 0], [1, 2]), values([1, 0], [1, 2])]);
    },
  );

  it("leaves biases alone", async () => {
    const { usedBias } = await normalise(cases[0]!, true);
    expect(Array.from(usedBias.data)).toEqual([5, 7]);
  });

  it("starts from the top singular vectors, nearly: here of a weight of norm 3", () => {
    const weight = values([0, 0, -3, 0, 0, 0, 0, 1, 0, 0, 0, 0], [3, 2, 2]);
    const { "w.u": u, "w.v": v } = spectralNorm().initialise!({ w: weight, b: values([1]) }, createRng(0));
    const sign = Math.sign(u!.data[0]!);
    expect(u).toBeAllclose(values([sign, 0, 0], [1, 3]));
    expect(v).toBeAllclose(values([0, 0, -sign, 0], [1, 4]));
  });

  it("refuses a weight that is all 0, and power iterations that are no count", () => {
    const zero = { "dense1.weight": values([0, 0, 0, 0], [2, 2]) };
    expect(() => spectralNorm().initialise!(zero, createRng(0))).toThrow(
      'divides the weight "dense1.weight" by its norm, which is 0',
    );
    expect(() => spectralNorm({ iterations: 0 })).toThrow("must be a whole number from 1, not 0");
    expect(() => spectralNorm({ iterations: 1.5 })).toThrow(expect.objectContaining({ name: "InputError" }));
  });
});

describe("weight clipping", () => {
  it("takes what is outside the limit to it and leaves the rest, biases included", async () => {
    const { clippedWeight, clippedBias } = await evaluate(
      ({ weight, bias }) => {
        const clipped = weightClipping({ limit: 0.5 }).project!({ weight, bias });
        return { clippedWeight: clipped.weight!, clippedBias: clipped.bias! };
      },
      { weight: values([-2, -0.5, -0.25, 0, 0.25, 3], [2, 3]), bias: values([1, -1]) },
    );
    expect(Array.from(clippedWeight.data)).toEqual([-0.5, -0.5, -0.25, 0, 0.25, 0.5]);
    expect(Array.from(clippedBias.data)).toEqual([0.5, -0.5]);
  });

  it.each([0, -1, Number.NaN])("refuses a limit of %d", (limit) => {
    expect(() => weightClipping({ limit })).toThrow(`must be a number above 0, not ${limit}`);
  });
});
