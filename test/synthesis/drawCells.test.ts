import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { drawCells } from "../../src/synthesis/drawCells.js";
import type { LatentClasses } from "../../src/synthesis/latentClasses.js";
import { posterior } from "../../src/synthesis/posterior.js";

const model: LatentClasses = {
  weights: Float32Array.of(0.5, 0.25, 0.25),
  columns: [Float32Array.of(1, 0, 0.5, 0.5, 0, 1), Float32Array.of(0.25, 0.25, 0.5, 0, 1, 0, 0.5, 0.5, 0)],
};

describe("the posterior of classes", () => {
  it("is Bayes' rule", () => {
    const { weights, logProbability } = posterior(model, [Float32Array.of(0, 1), null]);
    [0, 1 / 3, 2 / 3].forEach((weight, c) => {
      expect(weights[c]).toBeCloseTo(weight, 12);
    });
    expect(Math.exp(logProbability)).toBeCloseTo(0.375, 12);
    const both = posterior(model, [Float32Array.of(1, 0), Float32Array.of(1, 1, 0)]);
    expect(Math.exp(both.logProbability)).toBeCloseTo(0.5 * 0.5 + 0.25 * 0.5, 12);
    [2 / 3, 1 / 3, 0].forEach((weight, c) => {
      expect(both.weights[c]).toBeCloseTo(weight, 12);
    });
  });

  it("is the prior where nothing is known, and nothing where it is impossible", () => {
    expect(posterior(model, [])).toEqual({ weights: Float64Array.of(0.5, 0.25, 0.25), logProbability: 0 });
    const impossible = posterior(model, [Float32Array.of(0, 1), Float32Array.of(0, 0, 1)]);
    expect(impossible).toEqual({ weights: new Float64Array(3), logProbability: -Infinity });
  });

  it("weighs cells as evidence does", () => {
    const { weights } = posterior(model, [Float32Array.of(0.9, 0.1)]);
    const joint = [0.5 * 0.9, 0.25 * 0.5, 0.25 * 0.1];
    const total = joint.reduce((sum, p) => sum + p);
    weights.forEach((weight, c) => {
      expect(weight).toBeCloseTo(joint[c]! / total, 6);
    });
  });
});

describe("rows drawn from latent classes", () => {
  it("have the joint distribution of the model", () => {
    const n = 20_000;
    const { classes, codes } = drawCells(model, createRng(1), n);
    const [a, b] = codes;
    const counts = new Float64Array(6);
    for (let i = 0; i < n; i++) counts[a![i]! * 3 + b![i]!]! += 1 / n;
    for (let x = 0; x < 2; x++)
      for (let y = 0; y < 3; y++) {
        const exact = model.weights.reduce(
          (sum, weight, c) => sum + weight * model.columns[0]![c * 2 + x]! * model.columns[1]![c * 3 + y]!,
          0,
        );
        expect(counts[x * 3 + y]).toBeCloseTo(exact, 1.7);
        if (exact === 0) expect(counts[x * 3 + y]).toBe(0);
      }
    expect(classes.filter((c) => c === 0).length / n).toBeCloseTo(0.5, 1.7);
  });

  it("fulfil conditions, in the shares that the model has under them", () => {
    const n = 20_000;
    const { codes } = drawCells(model, createRng(2), n, [null, Float32Array.of(1, 1, 0)]);
    const [a, b] = codes;
    expect(b!.every((code) => code < 2)).toBe(true);
    // p(first = 0 | second < 2) = (0.5 * 0.5 + 0.25 * 0.5) / (0.5 * 0.5 + 0.25 + 0.25)
    expect(a!.filter((code) => code === 0).length / n).toBeCloseTo(0.5, 1.7);
  });

  it("are the same for a seed; of none there are none", () => {
    expect(drawCells(model, createRng(3), 50)).toEqual(drawCells(model, createRng(3), 50));
    expect(drawCells(model, createRng(3), 0).codes[1]).toHaveLength(0);
  });

  it("are refused where nothing can fulfil the conditions", () => {
    const impossible = [Float32Array.of(0, 1), Float32Array.of(0, 0, 1)];
    expect(() => drawCells(model, createRng(4), 1, impossible)).toThrow("No row can fulfil these conditions");
  });
});
