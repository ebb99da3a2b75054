import { describe, expect, it } from "vitest";
import {
  densityAt,
  linearShare,
  lineScales,
  logShare,
  movedApart,
  optimalScore,
  steppedMean,
} from "../../../studio/src/line/scales.js";

describe("bars of feedback", () => {
  it("show 1e-9 against 1 on the logarithmic scale alone", () => {
    expect(linearShare(1e-9)).toBeLessThan(1e-8);
    expect(linearShare(1)).toBeCloseTo(2 / 3);
    expect(logShare(1e-9)).toBeCloseTo(3 / 13);
    expect(logShare(1)).toBeCloseTo(12 / 13);
    expect([0, 1e-30, 1e30].map(logShare)).toEqual([0, 0, 1]);
    expect(linearShare(99)).toBe(1);
  });
});

describe("keys", () => {
  it("move a distribution in small and large steps, within the line", () => {
    expect(steppedMean("ArrowRight", 0.6)).toBe(0.7);
    expect(steppedMean("ArrowLeft", 0.3)).toBe(0.2);
    expect(steppedMean("PageUp", 3.5)).toBe(4);
    expect(steppedMean("Home", 2)).toBe(-4);
    expect(steppedMean("a", 2)).toBeNull();
  });
});

describe("the slider for the distance", () => {
  it("moves both about their middle, each on its side, and within the line", () => {
    expect(movedApart({ real: 1, fake: -1 }, 3)).toEqual({ real: 1.5, fake: -1.5 });
    expect(movedApart({ real: -1, fake: 1 }, 0.5)).toEqual({ real: -0.25, fake: 0.25 });
    expect(movedApart({ real: 3, fake: 2 }, 6)).toEqual({ real: 4, fake: -2 });
    expect(movedApart({ real: 3, fake: 2 }, 8)).toEqual({ real: 4, fake: -4 });
  });
});

describe("the optimal critic between two Gaussians of one deviation", () => {
  it("has slope 1 towards the reals and tells them as far apart as they lie", () => {
    const means = { real: 2, fake: -1 };
    expect(optimalScore(2, means) - optimalScore(-1, means)).toBe(3);
    expect(optimalScore(0.5, means)).toBe(0);
    const turned = { real: -1, fake: 2 };
    expect(optimalScore(-1, turned) - optimalScore(2, turned)).toBe(3);
    expect(optimalScore(3, { real: 1, fake: 1 })).toBeCloseTo(0);
  });
});

describe("the picture's scales", () => {
  const scales = lineScales({ left: 10, right: 110, top: 20, bottom: 120 });

  it("put a probability of one half and a score of 0 at one height, and draw slope 1 as a diagonal", () => {
    expect(scales.probability(0)).toBe(120);
    expect(scales.probability(1)).toBe(20);
    expect(scales.probability(0.5)).toBe(scales.score(0));
    expect(scales.x(1) - scales.x(0)).toBeCloseTo(scales.score(0) - scales.score(1));
  });

  it("have densities that are highest at the mean", () => {
    expect(densityAt(1.5, 0.5)).toEqual([1.5, 1]);
    expect(densityAt(1.5, 0)[1]).toBeLessThan(0.01);
    expect(densityAt(1.5, 0.75)[0]).toBeGreaterThan(1.5);
  });
});
