import { describe, expect, it } from "vitest";
import { concat, gradients, mean, mul } from "../../src/engine/index.js";
import { bce, bceNonSaturating, binaryCrossEntropy } from "../../src/losses/bce.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

const BATCH = 32;

describe("the two forms of binary cross-entropy", () => {
  it("agree: the mean over n reals and n fakes, twice, is the reduced form, in value and in gradient", async () => {
    const rng = createRng(0);
    const logits = () =>
      values(
        Array.from(rng.normals(BATCH), (x) => 5 * x),
        [BATCH, 1],
      );
    const labels = values([...Array<number>(BATCH).fill(1), ...Array<number>(BATCH).fill(0)], [2 * BATCH, 1]);
    const results = await evaluate(
      ({ real, fake, labels }) => {
        const long = mul(2, binaryCrossEntropy(labels, concat([real, fake], 0)));
        const reduced = bce.critic({ real, fake });
        const [longReal, longFake] = gradients(long, [real, fake]);
        const [reducedReal, reducedFake] = gradients(reduced, [real, fake]);
        return {
          long,
          reduced,
          longReal: longReal!,
          longFake: longFake!,
          reducedReal: reducedReal!,
          reducedFake: reducedFake!,
        };
      },
      { real: logits(), fake: logits(), labels },
    );
    expect(results.long).toBeAllclose(results.reduced, { relative: 1e-6 });
    expect(results.longReal).toBeAllclose(results.reducedReal, { relative: 1e-6 });
    expect(results.longFake).toBeAllclose(results.reducedFake, { relative: 1e-6 });
  });

  it("takes labels between 0 and 1: the long form is the cross-entropy y log d + (1 - y) log(1 - d)", async () => {
    const [y, d] = [0.9, 0.3];
    const { loss } = await evaluate(({ labels, logits }) => ({ loss: binaryCrossEntropy(labels, logits) }), {
      labels: values([y]),
      logits: values([Math.log(d / (1 - d))]),
    });
    expect(loss.data[0]).toBeCloseTo(-(y * Math.log(d) + (1 - y) * Math.log(1 - d)), 6);
  });
});

describe("a discriminator that is sure of the fakes", () => {
  const logits = [-40, -20, -10, -5];
  const derivative = async (loss: typeof bce) => {
    const { gradient } = await evaluate(
      ({ fake }) => ({
        gradient: mul(gradients(mean(loss.generator({ real: fake, fake })), [fake])[0]!, logits.length),
      }),
      { fake: values(logits, [logits.length, 1]) },
    );
    return Array.from(gradient.data);
  };

  it("starves the minimax generator: its gradient is -d, exact to the last tail", async () => {
    const found = await derivative(bce);
    for (const [i, logit] of logits.entries()) {
      const d = 1 / (1 + Math.exp(-logit));
      expect(Math.abs(found[i]! + d) / d).toBeLessThan(1e-5);
    }
  });

  it("feeds the non-saturating generator: its gradient is d - 1, near -1", async () => {
    const found = await derivative(bceNonSaturating);
    for (const [i, logit] of logits.entries()) expect(found[i]).toBeCloseTo(1 / (1 + Math.exp(-logit)) - 1, 6);
  });
});
