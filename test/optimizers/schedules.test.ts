import { describe, expect, it } from "vitest";
import { adam, constant, cosine, flatCosine, linearDecay } from "../../src/optimizers/index.js";

describe("schedules", () => {
  it("start at 1, pass the middle and stay at their end", () => {
    const linear = linearDecay({ over: 10, to: 0.2 });
    expect([0, 5, 10, 11, 1000].map(linear)).toEqual([
      1,
      0.6,
      expect.closeTo(0.2, 12),
      expect.closeTo(0.2, 12),
      expect.closeTo(0.2, 12),
    ]);
    const half = cosine({ over: 10, to: 0.2 });
    expect(half(0)).toBe(1);
    expect(half(5)).toBeCloseTo(0.6, 12);
    expect(half(10)).toBeCloseTo(0.2, 12);
    expect(half(1000)).toBeCloseTo(0.2, 12);
    expect(constant()(1000)).toBe(1);
  });

  it("end at 0 by default", () => {
    expect(linearDecay({ over: 10 })(10)).toBe(0);
    expect(cosine({ over: 10 })(10)).toBeCloseTo(0, 12);
  });

  it("rise, stay until the middle and then fall along half a cosine", () => {
    const factor = flatCosine({ over: 100, to: 0.2, warmUp: 4 });
    expect([0, 1, 3, 4, 50].map(factor)).toEqual([0.25, 0.5, 1, 1, 1]);
    expect(factor(75)).toBeCloseTo(0.6, 12);
    expect([100, 1000].map(factor)).toEqual([expect.closeTo(0.2, 12), expect.closeTo(0.2, 12)]);
    expect(flatCosine({ over: 1000 })(1000)).toBeCloseTo(0.05, 12);
    expect(flatCosine({ over: 1000, warmUp: 0 })(0)).toBe(1);
    expect(() => flatCosine({ over: 10, warmUp: -1 })).toThrow(/rises over.*-1/);
  });

  it("count updates done: the first update has the whole learning rate", () => {
    const rate = (iteration: number) =>
      adam({ learningRate: { initial: 1, schedule: linearDecay({ over: 4 }) }, beta1: 0, beta2: 0 }).scalars(
        iteration,
      )[0];
    expect([1, 2, 3, 4, 5].map(rate)).toEqual([1, 0.75, 0.5, 0.25, 0]);
  });
});
