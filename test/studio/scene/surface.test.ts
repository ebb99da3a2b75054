import { describe, expect, it } from "vitest";
import { bytesOf, COLORS, colorsOf, colorTable } from "../../../studio/src/scene/colors.js";
import { type Grid, meanAt, valueAt } from "../../../studio/src/scene/grid.js";
import { contoursOf } from "../../../studio/src/scene/layers/contours.js";
import { drawGrid, excessBitmap, excessOpacity, surfaceBitmap } from "../../../studio/src/scene/layers/surface.js";
import { colorShare, contourLevels, scoreScale } from "../../../studio/src/scene/scoreScale.js";
import { recorder } from "./recorder.js";

const FRAME = { x: [-1, 3], y: [-2, 2] } as const;

/** A function of the plane on a grid over the frame. */
function gridOf(side: number, f: (x: number, y: number) => number): Grid {
  const at = ([low, high]: readonly [number, number], i: number) => low + ((high - low) * i) / (side - 1);
  const values = Float32Array.from({ length: side * side }, (_, i) =>
    f(at(FRAME.x, i % side), at(FRAME.y, Math.floor(i / side))),
  );
  return { values, side, frame: FRAME };
}

const pixelAt = (pixels: Uint8ClampedArray, i: number) => [...pixels.subarray(4 * i, 4 * i + 4)];

describe("values between those of a grid", () => {
  const plane = gridOf(9, (x, y) => 2 * x - 3 * y + 1);

  it("are exact for a plane, and those of the nearest edge outside", () => {
    for (const [x, y] of [
      [-1, -2],
      [3, 2],
      [0.3, -1.7],
      [2.99, 0],
    ] as const) {
      expect(valueAt(plane, x, y)).toBeCloseTo(2 * x - 3 * y + 1, 5);
    }
    expect(valueAt(plane, 10, 0)).toBeCloseTo(7, 5);
    expect(valueAt(plane, 0, -10)).toBeCloseTo(7, 5);
  });

  it("have a mean over samples, and none over nothing or where they are not finite", () => {
    expect(meanAt(plane, Float32Array.of(0, 0, 1, 1))).toBeCloseTo(0.5, 5);
    expect(meanAt(plane, new Float32Array(0))).toBeNull();
    expect(meanAt(plane, Float32Array.of(0, 0, Number.NaN, 1))).toBeNull();
    expect(
      meanAt(
        gridOf(3, () => Number.NaN),
        Float32Array.of(0, 0),
      ),
    ).toBeNull();
  });
});

describe("the scale of a surface", () => {
  const slope = gridOf(5, (x) => x);
  const [real, fakes] = [Float32Array.of(2, 0, 3, 1), Float32Array.of(0, 0)];

  it("of a probability is 0 to 1, whatever is found", () => {
    const scale = scoreScale(
      gridOf(5, (x) => 0.3 + x / 10),
      "probability",
      real,
      fakes,
    );
    expect(scale.domain).toEqual([0, 1]);
    expect(scale.bounded).toBe(true);
    expect([0, 0.25, 0.5, 1].map((value) => colorShare(scale, value))).toEqual([0, 0.25, 0.5, 1]);
    expect(contourLevels(scale)).toHaveLength(9);
  });

  it("of scores ends at the smallest and the largest, and its middle lies half-way between the means of both", () => {
    const scale = scoreScale(slope, "score", real, fakes);
    expect(scale).toMatchObject({ bounded: false, domain: [-1, 3], real: 2.5, fake: 0, middle: 1.25 });
    expect(colorShare(scale, -1)).toBe(0);
    expect(colorShare(scale, 1.25)).toBe(0.5);
    expect(colorShare(scale, 3)).toBe(1);
    expect(colorShare(scale, 99)).toBe(1);
    expect(colorShare(scale, 1.25 - 2.25 / 2)).toBeCloseTo(0.25, 6);
    expect(contourLevels(scale)).toEqual([-0.5, 0, 0.5, 1, 1.5, 2, 2.5]);
  });

  it("moves with a constant that is added to all scores, which says nothing", () => {
    const raised = scoreScale(
      gridOf(5, (x) => x + 100),
      "score",
      real,
      fakes,
    );
    const scale = scoreScale(slope, "score", real, fakes);
    for (const value of [-0.5, 0, 2]) expect(colorShare(raised, value + 100)).toBeCloseTo(colorShare(scale, value), 5);
  });

  it("copes with a surface that is the same everywhere, and with one that is not finite", () => {
    const flat = scoreScale(
      gridOf(3, () => 4),
      "score",
      real,
      fakes,
    );
    expect(colorShare(flat, 4)).toBe(0.5);
    expect(contourLevels(flat)).toEqual([]);
    const broken = scoreScale(
      gridOf(3, () => Number.NaN),
      "score",
      real,
      fakes,
    );
    expect(contourLevels(broken)).toEqual([]);
    expect(broken.real).toBeNull();
  });
});

describe("the colours of a surface", () => {
  it.each(["light", "dark"] as const)("fade from the tint of the side to paper, in grey too (%s)", (theme) => {
    const { surface, paper, fake, real } = colorsOf(theme, { color: "#0b76c5", mark: "square" });
    const table = colorTable(surface);
    const entry = (i: number) => [...table.subarray(3 * i, 3 * i + 3)];
    expect(entry(0)).toEqual(bytesOf(surface[0]!));
    expect(entry(255)).toEqual(bytesOf(paper));
    const grey = ([red, green, blue]: readonly number[]) => 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    const away = Array.from({ length: 256 }, (_, i) => Math.abs(grey(entry(i)) - grey(bytesOf(paper))));
    // Bytes are rounded, each channel for itself.
    for (let i = 1; i < away.length; i++) expect(away[i]).toBeLessThan(away[i - 1]! + 1);
    const [tint, ofFake, ofReal] = [entry(0), bytesOf(fake), bytesOf(real)].map((color) =>
      Math.abs(grey(color) - grey(bytesOf(paper))),
    );
    expect(ofReal).toBeGreaterThan(1.3 * ofFake!);
    expect(ofFake).toBeGreaterThan(1.3 * tint!);
  });

  it("stand where the values do: the first row at the bottom, nothing where a value is not finite", () => {
    const colors = COLORS.light;
    const values = Float32Array.of(0, 1, Number.NaN, 1);
    const grid = { values, side: 2, frame: FRAME };
    const scale = scoreScale(grid, "probability", new Float32Array(0), new Float32Array(0));
    const { pixels } = surfaceBitmap(grid, scale, colors);
    expect(pixelAt(pixels, 0)).toEqual([0, 0, 0, 0]);
    expect(pixelAt(pixels, 1)).toEqual([...bytesOf(colors.surface.at(-1)!), 255]);
    expect(pixelAt(pixels, 2)).toEqual([...bytesOf(colors.surface[0]!), 255]);
  });

  it("are laid so that the outermost values are on the edges of the plane", () => {
    const pen = recorder();
    const bitmap = { width: 5, height: 5, pixels: new Uint8ClampedArray(100) };
    drawGrid(pen, { frame: FRAME, box: { x: 10, y: 20, width: 40, height: 80 } }, bitmap);
    expect(pen.of("bitmap")[0]!.box).toEqual({ x: 5, y: 10, width: 50, height: 100 });
  });
});

describe("where the slope exceeds 1", () => {
  it("nothing is marked up to 1, and the more above it", () => {
    expect([0, 0.5, 1, Number.NaN].map(excessOpacity)).toEqual([0, 0, 0, 0]);
    const above = [1.01, 1.5, 2, 3].map(excessOpacity);
    expect(above).toEqual([...above].sort((a, b) => a - b));
    expect(above[0]).toBeGreaterThan(0.05);
    expect(excessOpacity(Infinity)).toBe(excessOpacity(3));
    const { pixels } = excessBitmap({ values: Float32Array.of(0.5, 2, 1, 9), side: 2, frame: FRAME }, COLORS.light);
    expect([2, 3, 0, 1].map((i) => pixelAt(pixels, i)[3]! > 0)).toEqual([false, true, false, true]);
  });
});

describe("contour lines", () => {
  const inside = ([x, y]: [number, number]) => x >= -1 && x <= 3 && y >= -2 && y <= 2;
  const placesIn = (rings: readonly Float32Array[]) =>
    rings
      .flatMap((ring) =>
        Array.from({ length: ring.length / 2 }, (_, i): [number, number] => [ring[2 * i]!, ring[2 * i + 1]!]),
      )
      .filter(inside);

  it("of a plane are straight, where the plane has their level", () => {
    const found = contoursOf(
      gridOf(21, (x) => x),
      [0, 1.3],
    );
    for (const { level, rings } of found) {
      const places = placesIn(rings);
      expect(places.length).toBeGreaterThan(10);
      for (const [x] of places) expect(x).toBeCloseTo(level, 5);
    }
  });

  it("of a cone are circles", () => {
    const cone = gridOf(61, (x, y) => Math.hypot(x - 1, y));
    const places = placesIn(contoursOf(cone, [1])[0]!.rings);
    expect(places.length).toBeGreaterThan(40);
    for (const [x, y] of places) expect(Math.abs(Math.hypot(x - 1, y) - 1)).toBeLessThan(0.01);
  });

  it("are none where no value reaches the level, or none is a number", () => {
    const none = contoursOf(
      gridOf(5, (x) => x),
      [17],
    );
    expect(none[0]!.rings).toEqual([]);
    expect(
      contoursOf(
        gridOf(5, () => Number.NaN),
        [0],
      )[0]!.rings,
    ).toEqual([]);
  });
});
