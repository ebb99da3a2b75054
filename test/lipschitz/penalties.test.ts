import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gradients, matmul, mul, reshape, sum, type Tensor, tanh } from "../../src/engine/index.js";
import { gradientPenalty, type LipschitzConstraint, oneSidedPenalty } from "../../src/lipschitz/index.js";
import "../allclose.js";
import type { Values } from "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

/** Penalties as PyTorch in float64 gives them; test/fixtures/lipschitz/make.py says what is what. */
interface Case {
  readonly name: string;
  readonly real: Values;
  readonly fake: Values;
  readonly epsilon: Values;
  readonly a: Values;
  readonly b: Values;
  readonly gp: Result;
  readonly lp: Result;
}
interface Result {
  readonly penalty: Values;
  readonly a: Values;
  readonly b: Values;
}

const cases = JSON.parse(
  readFileSync(new URL("../fixtures/lipschitz/penalties.json", import.meta.url), "utf8"),
) as readonly Case[];

/** A penalty on the critic tanh(flat(x) a) b, with its gradients. */
function penaltyOf(constraint: LipschitzConstraint, { real, fake, epsilon, a, b }: Omit<Case, "name" | "gp" | "lp">) {
  const float32 = ({ shape, data }: Values) => values(Array.from(data), shape);
  return evaluate(
    ({ real, fake, epsilon, a, b }) => {
      const critic = (x: Tensor) => matmul(tanh(matmul(reshape(x, [x.shape[0]!, -1]), a)), b);
      const penalty = constraint.penalty!({ critic, real, fake, epsilon });
      const [byA, byB, byReal, byFake] = gradients(penalty, [a, b, real, fake]);
      return { penalty, byA: byA!, byB: byB!, byReal: byReal!, byFake: byFake! };
    },
    { real: float32(real), fake: float32(fake), epsilon: float32(epsilon), a: float32(a), b: float32(b) },
  );
}

const kinds = { gp: gradientPenalty, lp: oneSidedPenalty } as const;

describe.each(["gp", "lp"] as const)("the %s penalty", (kind) => {
  it.each(cases.map((one) => [one.name, one] as const))(
    "equals PyTorch's with one norm and one epsilon a sample, with its gradients: %s",
    async (_, one) => {
      const result = await penaltyOf(kinds[kind]({ lambda: 1 }), one);
      expect(result.penalty, "penalty").toBeAllclose(one[kind].penalty, { relative: 1e-5 });
      expect(result.byA, "by a").toBeAllclose(one[kind].a, { relative: 1e-5 });
      expect(result.byB, "by b").toBeAllclose(one[kind].b, { relative: 1e-5 });
    },
  );

  it("is weighed by lambda, by default 10", async () => {
    const [one] = cases;
    const of = async (constraint: LipschitzConstraint) => (await penaltyOf(constraint, one!)).penalty.data[0]!;
    const single = await of(kinds[kind]({ lambda: 1 }));
    expect(await of(kinds[kind]())).toBeCloseTo(10 * single, 4);
    expect(await of(kinds[kind]({ lambda: 0 }))).toBe(0);
  });

  it("sends no gradient to the samples", async () => {
    const { byReal, byFake } = await penaltyOf(kinds[kind](), cases[0]!);
    expect([...byReal.data, ...byFake.data].every((value) => value === 0)).toBe(true);
  });

  it("is finite, with finite gradients, on a critic that is constant", async () => {
    const [{ a, b, ...samples }] = cases as readonly [Case];
    const zero = ({ shape, data }: Values) => ({ shape, data: Array.from(data, () => 0) });
    const result = await penaltyOf(kinds[kind]({ lambda: 1 }), { ...samples, a: zero(a), b: zero(b) });
    expect(result.penalty.data[0]).toBeCloseTo(kind === "gp" ? 1 : 0, 5);
    expect([...result.byA.data, ...result.byB.data].every(Number.isFinite)).toBe(true);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a lambda of %d", (lambda) => {
    expect(() => kinds[kind]({ lambda })).toThrow(`must be a number from 0, not ${lambda}`);
    expect(() => kinds[kind]({ lambda })).toThrow(expect.objectContaining({ name: "InputError" }));
  });
});

it("the two-sided penalty of a linear critic is (slope - 1)^2, the one-sided only above 1", async () => {
  const slopeOf = async (constraint: LipschitzConstraint, slope: number) => {
    const direction = [0.6 * slope, 0.8 * slope];
    const { penalty } = await evaluate(
      ({ real, fake, epsilon, w }) => ({
        penalty: constraint.penalty!({ critic: (x) => matmul(mul(x, 1), w), real, fake, epsilon }),
        size: sum(w),
      }),
      {
        real: values([1, 2, 3, 4], [2, 2]),
        fake: values([0, 1, 5, 2], [2, 2]),
        epsilon: values([0.1, 0.7], [2, 1]),
        w: values(direction, [2, 1]),
      },
    );
    return penalty.data[0];
  };
  expect(await slopeOf(gradientPenalty({ lambda: 1 }), 3)).toBeCloseTo(4, 5);
  expect(await slopeOf(oneSidedPenalty({ lambda: 1 }), 3)).toBeCloseTo(4, 5);
  expect(await slopeOf(gradientPenalty({ lambda: 1 }), 0.5)).toBeCloseTo(0.25, 5);
  expect(await slopeOf(oneSidedPenalty({ lambda: 1 }), 0.5)).toBe(0);
});
