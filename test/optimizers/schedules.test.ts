import { describe, expect, it } from "vitest";
import { adam, constant, cosine, linearDecay } from "../../src/optimizers/index.js";

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

  it("count updates done: the first update has the whole learning rate", () => {
    const rate = (iteration: number) =>
      adam({ learningRate: { initial: 1, schedule: linearDecay({ over: 4 }) }, beta1: 0, beta2: 0 }).scalars(
        iteration,
      )[0];
    expect([1, 2, 3, 4, 5].map(rate)).toEqual([1, 0.75, 0.5, 0.25, 0]);
  });
});
