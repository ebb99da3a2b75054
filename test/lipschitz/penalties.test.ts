import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gradients, matmul, mul, reshape, sum, type Tensor, tanh } from "../../src/engine/index.js";
import {
  gradientPenalty,
  type LipschitzConstraint,
  oneSidedPenalty,
  realAndFakePenalty,
  realPenalty,
} from "../../src/lipschitz/index.js";
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
  readonly r1: Result;
  readonly r1r2: Result;
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
function penaltyOf(
  constraint: LipschitzConstraint,
  { real, fake, epsilon, a, b }: Pick<Case, "real" | "fake" | "epsilon" | "a" | "b">,
) {
  const float32 = ({ shape, data }: Values) => values(Array.from(data), shape);
  return evaluate(
    ({ real, fake, epsilon, a, b }) => {
      const critic = (x: Tensor) => matmul(tanh(matmul(reshape(x, [x.shape[0]!, -1]), a)), b);
      const penalty = constraint.penalty!({ critic, criticOfFakes: critic, real, fake, epsilon });
      const [byA, byB, byReal, byFake] = gradients(penalty, [a, b, real, fake]);
      return { penalty, byA: byA!, byB: byB!, byReal: byReal!, byFake: byFake! };
    },
    { real: float32(real), fake: float32(fake), epsilon: float32(epsilon), a: float32(a), b: float32(b) },
  );
}

/** Each penalty by its weight, and what the weight is called. */
const kinds = {
  gp: { of: (lambda?: number) => gradientPenalty({ ...(lambda !== undefined && { lambda }) }), weight: "lambda" },
  lp: { of: (lambda?: number) => oneSidedPenalty({ ...(lambda !== undefined && { lambda }) }), weight: "lambda" },
  r1: { of: (gamma?: number) => realPenalty({ ...(gamma !== undefined && { gamma }) }), weight: "gamma" },
  r1r2: { of: (gamma?: number) => realAndFakePenalty({ ...(gamma !== undefined && { gamma }) }), weight: "gamma" },
} as const;

describe.each(["gp", "lp", "r1", "r1r2"] as const)("the %s penalty", (kind) => {
  const { of: make, weight } = kinds[kind];

  it.each(cases.map((one) => [one.name, one] as const))(
    "equals PyTorch's with one norm a sample, with its gradients: %s",
    async (_, one) => {
      const result = await penaltyOf(make(1), one);
      expect(result.penalty, "penalty").toBeAllclose(one[kind].penalty, { relative: 1e-5 });
      expect(result.byA, "by a").toBeAllclose(one[kind].a, { relative: 1e-5 });
      expect(result.byB, "by b").toBeAllclose(one[kind].b, { relative: 1e-5 });
    },
  );

  it(`is weighed by ${weight}, by default 10`, async () => {
    const [one] = cases;
    const of = async (constraint: LipschitzConstraint) => (await penaltyOf(constraint, one!)).penalty.data[0]!;
    const single = await of(make(1));
    expect(await of(make())).toBeCloseTo(10 * single, 4);
    expect(await of(make(0))).toBe(0);
  });

  it("sends no gradient to the samples", async () => {
    const { byReal, byFake } = await penaltyOf(make(), cases[0]!);
    expect([...byReal.data, ...byFake.data].every((value) => value === 0)).toBe(true);
  });

  it("is finite, with finite gradients, on a critic that is constant", async () => {
    const [{ a, b, ...samples }] = cases as readonly [Case];
    const zero = ({ shape, data }: Values) => ({ shape, data: Array.from(data, () => 0) });
    const result = await penaltyOf(make(1), { ...samples, a: zero(a), b: zero(b) });
    expect(result.penalty.data[0]).toBeCloseTo(kind === "gp" ? 1 : 0, 5);
    expect([...result.byA.data, ...result.byB.data].every(Number.isFinite)).toBe(true);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(`refuses a ${weight} of %d`, (value) => {
    expect(() => make(value)).toThrow(`must be a number from 0, not ${value}`);
    expect(() => make(value)).toThrow(expect.objectContaining({ name: "InputError" }));
  });
});

it("R2 looks at fakes as the critic judges them under their own conditions", async () => {
  const { penalty } = await evaluate(
    ({ real, fake, epsilon }) => ({
      penalty: realAndFakePenalty({ gamma: 2 }).penalty!({
        critic: (x) => mul(3, sum(x, 1, { keepDims: true })),
        criticOfFakes: (x) => mul(5, sum(x, 1, { keepDims: true })),
        real,
        fake,
        epsilon,
      }),
    }),
    { real: values([1, 2], [2, 1]), fake: values([0, 4], [2, 1]), epsilon: values([0.1, 0.7], [2, 1]) },
  );
  expect(penalty.data[0]).toBeCloseTo(9 + 25, 5);
});

it("the two-sided penalty of a linear critic is (slope - 1)^2, the one-sided only above 1", async () => {
  const linear = (w: Tensor) => (x: Tensor) => matmul(mul(x, 1), w);
  const slopeOf = async (constraint: LipschitzConstraint, slope: number) => {
    const direction = [0.6 * slope, 0.8 * slope];
    const { penalty } = await evaluate(
      ({ real, fake, epsilon, w }) => ({
        penalty: constraint.penalty!({ critic: linear(w), criticOfFakes: linear(w), real, fake, epsilon }),
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
