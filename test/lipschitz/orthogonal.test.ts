import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gradients, mul, sum } from "../../src/engine/index.js";
import { orthogonalWeights } from "../../src/lipschitz/index.js";
import "../allclose.js";
import type { Values } from "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

/** Bjorck and Bowie's iterations in float64; test/fixtures/lipschitz/make.py says what is what. */
type Names = "orthogonal" | "moved" | "r" | "iterated" | "gradient" | "throughMany" | "projected" | "nearest";
type Case = Readonly<Record<Names, Values>> & { readonly name: string };

const cases = JSON.parse(
  readFileSync(new URL("../fixtures/lipschitz/orthogonal.json", import.meta.url), "utf8"),
) as readonly Case[];
const named = cases.map((one) => [one.name, one] as const);
const float32 = ({ shape, data }: Values) => values(Array.from(data), shape);

describe("orthogonal weights", () => {
  it.each(named)("apply the critic with one iteration, through which the gradient flows: %s", async (_, one) => {
    const { used, gradient } = await evaluate(
      ({ weight, r }) => {
        const used = orthogonalWeights().reparametrise!({ weight }, {}, true).parameters.weight!;
        return { used, gradient: gradients(sum(mul(used, r)), [weight])[0]! };
      },
      { weight: float32(one.orthogonal), r: float32(one.r) },
    );
    expect(used).toBeAllclose(one.iterated, { relative: 1e-6 });
    expect(used).toBeAllclose(one.orthogonal, { relative: 1e-6 });
    expect(gradient).toBeAllclose(one.gradient, { relative: 3e-6 });
    expect(gradient, "as through 30 iterations").toBeAllclose(one.throughMany, { relative: 3e-6 });
  });

  it.each(named)("bring a weight that an update moved back to the nearest orthogonal one: %s", async (_, one) => {
    const { projected, free } = await evaluate(
      ({ weight, bias }) => {
        const { weight: projected, bias: free } = orthogonalWeights().project!({ weight, bias });
        return { projected: projected!, free: free! };
      },
      { weight: float32(one.moved), bias: values([5, -7]) },
    );
    expect(projected).toBeAllclose(one.projected, { relative: 1e-6 });
    expect(projected).toBeAllclose(one.nearest, { relative: 2e-6 });
    expect(Array.from(free.data)).toEqual([5, -7]);
  });

  it("leave a weight of 0 there, with a gradient that leads away", async () => {
    const { projected, gradient } = await evaluate(
      ({ weight }) => {
        const { project, reparametrise } = orthogonalWeights();
        const used = reparametrise!({ weight }, {}, true).parameters.weight!;
        return { projected: project!({ weight }).weight!, gradient: gradients(sum(used), [weight])[0]! };
      },
      { weight: values(Array<number>(6).fill(0), [3, 2]) },
    );
    expect(projected).toEqual(values(Array<number>(6).fill(0), [3, 2]));
    expect(gradient).toBeAllclose(values(Array<number>(6).fill(1.5), [3, 2]));
  });

  it("start from orthonormal columns that span what the given ones do", () => {
    const { weight, bias } = orthogonalWeights().start!({
      weight: values([3, 1, 4, 1, 0, 0], [3, 2]),
      bias: values([5, 7]),
    });
    expect(weight).toBeAllclose(values([0.6, 0.8, 0.8, -0.6, 0, 0], [3, 2]));
    expect(bias).toEqual(values([5, 7]));
  });

  it("refuse kernels, whose windows overlap, and weights of dependent columns", () => {
    const { start } = orthogonalWeights();
    expect(() => start!({ "conv1.weight": values([1, 2, 3, 4], [1, 2, 2, 1]) })).toThrow(
      '"conv1.weight" is of a convolution: choose the mlp network, or another constraint such as w-gp.',
    );
    for (const dependent of [
      [1, 2, 2, 4],
      [0, 0, 0, 0],
    ]) {
      expect(() => start!({ "dense1.weight": values(dependent, [2, 2]) })).toThrow(
        'The weight "dense1.weight" cannot be made orthogonal: its columns depend on each other',
      );
    }
  });
});
