import { describe, expect, it } from "vitest";
import { checkSide, sideFor } from "../../src/data/imageSide.js";

const images = (...extents: readonly (readonly [number, number])[]) =>
  extents.map(([width, height]) => ({ width, height }));

describe("the side that images are brought to", () => {
  it.each([16, 28, 32, 64, 100, 128])("is their own where all are squares of %i", (side) => {
    expect(sideFor(images([side, side], [side, side]))).toEqual({ side });
  });

  it.each<[string, readonly (readonly [number, number])[], number, string]>([
    [
      "large photographs",
      [
        [4000, 3000],
        [3000, 4000],
        [640, 480],
      ],
      64,
      "have from 640 x 480 to 3000 x 4000 pixels",
    ],
    [
      "squares that are too large",
      [
        [256, 256],
        [256, 256],
      ],
      64,
      "have 256 x 256 pixels",
    ],
    [
      "squares of two sides",
      [
        [32, 32],
        [64, 64],
        [64, 64],
      ],
      64,
      "have from 32 x 32 to 64 x 64 pixels",
    ],
    [
      "small ones",
      [
        [50, 41],
        [47, 60],
        [20, 20],
      ],
      40,
      "have from 20 x 20 to 47 x 60 pixels",
    ],
    [
      "tiny ones",
      [
        [8, 8],
        [9, 9],
      ],
      16,
      "have from 8 x 8 to 9 x 9 pixels",
    ],
    ["one that is no square", [[32, 28]], 28, "have 32 x 28 pixels: each is scaled to cover 28 x 28"],
  ])("of %s is at most 64, and that of half of them", (_, extents, side, text) => {
    const found = sideFor(images(...extents));
    expect(found.side).toBe(side);
    expect(found.warning).toContain(text);
  });

  it("is a multiple of 4 from 16 to 128", () => {
    for (const side of [12, 30, 132, 28.5, Number.NaN])
      expect(() => checkSide(side)).toThrow(/multiple of 4 from 16 to 128/);
    for (const side of [16, 48, 128]) expect(() => checkSide(side)).not.toThrow();
  });
});
