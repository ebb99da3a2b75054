import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gradients, mean } from "../../src/engine/index.js";
import { type AdversarialLoss, losses } from "../../src/losses/index.js";
import "../allclose.js";
import type { Values } from "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

/** A loss on batches of raw outputs, as PyTorch in float64 gives it; test/fixtures/losses/make.py says what is what. */
interface Case extends Readonly<Record<(typeof RESULTS)[number] | "real" | "fake", Values>> {
  readonly loss: string;
  readonly name: string;
}

const RESULTS = ["critic", "criticReal", "criticFake", "generator", "generatorFake", "value"] as const;
const cases = JSON.parse(
  readFileSync(new URL("../fixtures/losses/losses.json", import.meta.url), "utf8"),
) as readonly Case[];

function everything(loss: AdversarialLoss, real: Values, fake: Values) {
  return evaluate(
    ({ real, fake }) => {
      const critic = loss.critic({ real, fake });
      const generator = loss.generator({ real, fake });
      const [criticReal, criticFake] = gradients(critic, [real, fake]);
      const [generatorFake] = gradients(mean(generator), [fake]);
      return {
        critic,
        criticReal: criticReal!,
        criticFake: criticFake!,
        generator,
        generatorFake: generatorFake!,
        value: loss.value({ real, fake }),
      };
    },
    { real: float32(real), fake: float32(fake) },
  );
}

function float32({ shape, data }: Values) {
  return values(Array.from(data), shape);
}

describe.each(losses.entries.map((loss) => [loss.name, loss] as const))("%s", (name, loss) => {
  const own = cases.filter((one) => one.loss === name);

  it.each(own.map((one) => [one.name, one] as const))("equals PyTorch's value and gradients: %s", async (_, one) => {
    const results = await everything(loss, one.real, one.fake);
    for (const key of RESULTS) expect(results[key], key).toBeAllclose(one[key], { relative: 1e-6 });
  });

  it("is finite, with finite gradients, for outputs of magnitude 1e4", async () => {
    const extremes = values([-1e4, -1e2, 0, 1e2, 1e4], [5, 1]);
    const results = await everything(loss, extremes, extremes);
    for (const key of RESULTS) expect(results[key].data.every(Number.isFinite), key).toBe(true);
  });

  it("reports what its kind of output says: a probability in [0, 1], or the score itself", async () => {
    const raw = values([-1e4, -3, 0, 3, 1e4], [5, 1]);
    const { output } = await evaluate(({ raw }) => ({ output: loss.activate(raw) }), { raw });
    const probabilities = values([0, 1 / (1 + Math.exp(3)), 0.5, 1 / (1 + Math.exp(-3)), 1], [5, 1]);
    expect(output).toBeAllclose(loss.output === "probability" ? probabilities : raw, { relative: 1e-6 });
  });
});

/**
 * Reals and fakes on four points, in sixteenths. With the best critic's output at each point `value` must be the divergence that the
 * loss's docstring names.
 */
const REALS = [8, 4, 4, 0];
const FAKES = [2, 4, 6, 4];
const p = REALS.map((count) => count / 16);
const q = FAKES.map((count) => count / 16);
const overPoints = (term: (p: number, q: number) => number) =>
  p.reduce((total, _, point) => total + term(p[point]!, q[point]!), 0);
const relativeEntropy = (p: number, q: number) => (p === 0 ? 0 : p * Math.log(p / q));

const jensenShannon = overPoints((p, q) => (relativeEntropy(p, (p + q) / 2) + relativeEntropy(q, (p + q) / 2)) / 2);
const totalVariation = overPoints((p, q) => Math.abs(p - q) / 2);
const triangular = overPoints((p, q) => (p - q) ** 2 / (p + q));

describe("the value at the best critic is what `estimates` says", () => {
  const optimum: Readonly<Record<string, readonly [best: (p: number, q: number) => number, expected: number]>> = {
    bce: [(p, q) => Math.max(Math.log(p / q), -100), 2 * jensenShannon - Math.log(4)],
    "bce-ns": [(p, q) => Math.max(Math.log(p / q), -100), 2 * jensenShannon - Math.log(4)],
    hinge: [(p, q) => Math.sign(p - q), 2 * totalVariation - 2],
    ls: [(p, q) => p / (p + q), 1 / 4 - triangular / 8],
  };

  it.each(Object.entries(optimum))("%s", async (name, [best, expected]) => {
    const output = p.map((_, point) => best(p[point]!, q[point]!));
    const batch = (counts: readonly number[]) => {
      const data = counts.flatMap((count, point) => Array<number>(count).fill(output[point]!));
      return values(data, [data.length, 1]);
    };
    const loss = losses.get(name);
    const { value } = await everything(loss, batch(REALS), batch(FAKES));
    expect(value.data[0]).toBeCloseTo(expected, 6);
  });

  it("wasserstein: two shifted samples on the line with c(x) = x, whose distance is the shift", async () => {
    const wasserstein = losses.get("wasserstein");
    const { value } = await everything(wasserstein, values([2, 3, 7], [3, 1]), values([0.5, 1.5, 5.5], [3, 1]));
    expect(value.data[0]).toBeCloseTo(1.5, 6);
  });
});

describe("relativistic pairing", () => {
  const rp = losses.get("rp");
  const column = (...data: number[]) => values(data, [data.length, 1]);
  const gameValue = async (real: Values, fake: Values) => (await everything(rp, real, fake)).value.data[0];

  it("has the value -log 2 where no real is told from a fake, and 0 where all are", async () => {
    expect(await gameValue(column(2, 2, 2), column(2, 2, 2))).toBeCloseTo(-Math.log(2), 6);
    expect(await gameValue(column(60, 70), column(-50, -40))).toBeCloseTo(0, 6);
  });

  it("knows only differences of outputs", async () => {
    const [one, moved] = await Promise.all(
      [0, 64].map((by) => everything(rp, column(1 + by, 3 + by), column(by, 2 + by))),
    );
    for (const key of RESULTS) expect(moved?.[key], key).toBeAllclose(one![key], { relative: 1e-6 });
  });

  it("pairs each real with the fake of its place, and begins the shorter batch again", async () => {
    const { critic, generator } = await everything(rp, column(1, 5), column(0, 2, -3));
    const softplus = (x: number) => Math.log1p(Math.exp(x));
    expect(critic.data[0]).toBeCloseTo((softplus(-1) + softplus(-3) + softplus(-4)) / 3, 6);
    expect(generator).toBeAllclose(column(softplus(1), softplus(3), softplus(4)), { relative: 1e-6 });
  });
});
