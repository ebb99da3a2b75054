import { describe, expect, it } from "vitest";
import { en } from "../../../studio/src/language/en.js";
import { COLORS } from "../../../studio/src/scene/colors.js";
import { arrowsOf, drawArrows, unitLength } from "../../../studio/src/scene/layers/arrows.js";
import { imageSheet } from "../../../studio/src/scene/layers/images.js";
import { drawKeys, keysHeight } from "../../../studio/src/scene/layers/keys.js";
import { drawScale } from "../../../studio/src/scene/layers/legend.js";
import { cellOpacity, drawManifold, quadArea } from "../../../studio/src/scene/layers/manifold.js";
import { drawPlan, meanLength } from "../../../studio/src/scene/layers/plan.js";
import { drawPoints } from "../../../studio/src/scene/layers/points.js";
import { frameLayers, SCENE_LAYERS } from "../../../studio/src/scene/layers.js";
import { type Plane, placeOf, sampleAt } from "../../../studio/src/scene/plane.js";
import type { ScoreScale } from "../../../studio/src/scene/scoreScale.js";
import { createTween } from "../../../studio/src/scene/tween.js";
import { recorder } from "./recorder.js";

/** Ten pixels to one unit. */
const PLANE: Plane = { frame: { x: [-9, 9], y: [-9, 9] }, box: { x: 100, y: 50, width: 180, height: 180 } };
const FILL = { color: "#000000" };

describe("a plane", () => {
  it("puts samples where they belong, upwards, and finds them again", () => {
    expect(placeOf(PLANE, -9, -9)).toEqual([100, 230]);
    expect(placeOf(PLANE, 9, 9)).toEqual([280, 50]);
    const [x, y] = placeOf(PLANE, 2.5, -4);
    const back = sampleAt(PLANE, x, y);
    expect(back[0]).toBeCloseTo(2.5);
    expect(back[1]).toBeCloseTo(-4);
  });
});

describe("arrows of what fakes are told", () => {
  const lengths = (told: number[]) =>
    arrowsOf(PLANE, new Float32Array(told.length), Float32Array.from(told)).map(({ from, to }) =>
      Math.hypot(to[0] - from[0], to[1] - from[1]),
    );

  it("are as long as the feedback is strong, up to a longest; next to nothing has none", () => {
    const unit = unitLength(PLANE);
    expect(lengths([1, 0])[0]).toBeCloseTo(unit, 4);
    expect(lengths([0, 0.5])[0]).toBeCloseTo(unit / 2, 4);
    expect(lengths([0.6, 0.8])[0]).toBeCloseTo(unit, 4);
    expect(lengths([100, 0])[0]).toBeCloseTo(lengths([0, 1e6])[0]!, 4);
    expect(lengths([1e-9, 0, 0, 0, Number.NaN, 1])).toEqual([]);
  });

  it("begin at their fakes and point where those are told to go", () => {
    const [first, second] = arrowsOf(PLANE, Float32Array.of(0, 0, 1, 2, 5, 5), Float32Array.of(0, 1, -1, 0));
    expect(first!.from).toEqual([190, 140]);
    expect(first!.to[0]).toBeCloseTo(190);
    expect(first!.to[1]).toBeLessThan(140);
    expect(second!.from).toEqual([200, 120]);
    expect(second!.to[0]).toBeLessThan(200);
  });

  it("have a head each", () => {
    const pen = recorder();
    drawArrows(pen, arrowsOf(PLANE, Float32Array.of(0, 0, 1, 1), Float32Array.of(1, 0, 0, 1)), FILL);
    expect(pen.of("lines")[0]!.lines).toHaveLength(2);
    expect(pen.of("areas")).toHaveLength(2);
  });
});

describe("the warped latents", () => {
  it("have areas, also where a cell crosses itself or is a line", () => {
    expect(quadArea([0, 0, 2, 0, 2, 3, 0, 3])).toBeCloseTo(6);
    expect(quadArea([0, 0, 2, 2, 2, 0, 0, 2])).toBeGreaterThan(0);
    expect(quadArea([0, 0, 1, 1, 2, 2, 3, 3])).toBeCloseTo(0);
  });

  it("are the more opaque the smaller a cell is", () => {
    expect(cellOpacity(0, 5)).toBeCloseTo(0.6);
    expect(cellOpacity(5, 5)).toBeCloseTo(0.3);
    expect(cellOpacity(1e9, 5)).toBeLessThan(1e-6);
    const pen = recorder();
    // Three columns, of which the second cell of each row is nine times as wide.
    const manifold = Float32Array.from([-5, 0, 5].flatMap((y) => [-5, y, -4, y, 5, y]));
    drawManifold(pen, PLANE, manifold, 3, FILL, { ...FILL, width: 1 });
    const opacities = pen.of("areas").map(({ fill }) => fill.opacity!);
    expect(opacities).toHaveLength(4);
    expect(opacities[0]).toBeGreaterThan(opacities[1]!);
    expect(opacities[0]).toBeCloseTo(opacities[2]!);
    const grid = pen.of("lines")[0]!.lines;
    expect(grid).toHaveLength(6);
    expect(grid[0]).toEqual([140, 190, 150, 190, 240, 190]);
    expect(grid[3]).toEqual([150, 190, 150, 140, 150, 90]);
  });
});

describe("the transport plan", () => {
  const plan = Float32Array.of(0, 0, 3, 4, 1, 1, 1, 2);

  it("is a line from each fake to its real, and their mean length is the distance", () => {
    const pen = recorder();
    drawPlan(pen, PLANE, plan, { ...FILL, width: 1 });
    expect(pen.of("lines")[0]!.lines).toEqual([
      [190, 140, 220, 100],
      [200, 130, 200, 120],
    ]);
    expect(meanLength(plan)).toBe(3);
  });
});

describe("points", () => {
  it("are drawn inside of the plane alone", () => {
    const pen = recorder();
    drawPoints(pen, PLANE, Float32Array.of(0, 0, 10, 0, Number.NaN, 0, 0, -9.5, -9, 9), 2, { color: "#111111" });
    expect(pen.of("dots").map(({ centers }) => centers)).toEqual([[190, 140, 100, 50]]);
    drawPoints(pen, PLANE, Float32Array.of(0, 0), 2, { color: "#111111", rim: "#ffffff" });
    expect(pen.of("dots").map(({ radius }) => radius)).toEqual([2, 3.4, 2]);
  });
});

describe("the legend of a surface", () => {
  const colors = COLORS.light;
  const box = { x: 0, y: 0, width: 420, height: 0 };
  const drawn = (scale: ScoreScale) => {
    const pen = recorder();
    drawScale(pen, box, scale, colors, en.scene);
    return pen;
  };
  const probability: ScoreScale = {
    bounded: true,
    domain: [0, 1],
    middle: 0.5,
    real: 1,
    fake: 0.25,
  };
  const score: ScoreScale = { bounded: false, domain: [-12, 4], middle: 1, real: 2, fake: 0 };

  it("closes the bar of a probability at 0 and 1, and says what its ends mean", () => {
    const pen = drawn(probability);
    const texts = pen.of("text").map(({ content }) => content);
    expect(texts).toEqual(expect.arrayContaining(["0", "1", "0 looks fake, 1 looks real"]));
    expect(pen.of("lines")[0]!.lines).toHaveLength(2);
  });

  it("ends the bar of a score in tips, at the smallest and the largest score", () => {
    const pen = drawn(score);
    expect(pen.of("text").map(({ content }) => content)).toEqual(
      expect.arrayContaining(["-12", "4", "higher looks more real"]),
    );
    expect(pen.of("lines")).toEqual([]);
    expect(pen.of("areas")[0]!.rings).toHaveLength(2);
  });

  it("points to the means of reals above and of fakes below, where they lie on the bar, and says what they are", () => {
    const pen = drawn(probability);
    const bar = pen.of("bitmap")[0]!.box;
    const [real, fake] = pen.of("areas").map(({ rings }) => rings[0]!);
    expect(real![0]).toBeCloseTo(bar.x + bar.width);
    expect(real![1]).toBeLessThanOrEqual(bar.y);
    expect(fake![0]).toBeCloseTo(bar.x + bar.width / 4);
    expect(fake![1]).toBeGreaterThanOrEqual(bar.y + bar.height);
    const said = (content: string) => pen.of("text").find((one) => one.content === content)!;
    const { real: ofReals, fakes: ofFakes } = en.scene.means;
    // Towards the middle of the bar, where there is room.
    expect([said(ofReals).lettering.align, said(ofFakes).lettering.align]).toEqual(["end", "start"]);
    expect(said(ofReals).x).toBeLessThan(real![0]!);
    expect(said(ofFakes).x).toBeGreaterThan(fake![0]!);
    const neither = drawn({ ...probability, real: null, fake: null });
    expect(neither.of("areas")).toEqual([]);
    expect(neither.of("text")).toHaveLength(3);
  });
});

describe("keys", () => {
  it("stand in as many rows as the width asks for, with an arrow of the length that it stands for", () => {
    const keyOf = (label: string) => ({ swatch: "arrow", color: "#000000", label, length: 33 }) as const;
    const long = Array.from({ length: 3 }, () => keyOf("transport plan: 0.25 on average"));
    expect(keysHeight(long, 650)).toBe(keysHeight(long.slice(1), 650));
    expect(keysHeight(long, 200)).toBe(3 * keysHeight(long.slice(2), 200));
    expect(keysHeight([keyOf("real"), keyOf("fake")], 300)).toBe(keysHeight([keyOf("real")], 300));
    expect(keysHeight([], 480)).toBe(0);
    const pen = recorder();
    const keys = [keyOf("one")];
    drawKeys(pen, { x: 5, y: 0, width: 200, height: 0 }, keys, COLORS.light);
    const [x1, , x2] = pen.of("lines")[0]!.lines[0]!;
    expect(x2! - x1!).toBe(33);
  });
});

describe("what the worker is asked for", () => {
  it("is what the shown layers need, once", () => {
    expect(frameLayers(["real", "fakes"])).toEqual([]);
    expect(frameLayers(["surface", "contours", "arrows"])).toEqual(["surface", "arrows"]);
    expect(frameLayers(SCENE_LAYERS)).toHaveLength(5);
  });
});

describe("things that move", () => {
  it("pass through the places between, and turn round where they are", () => {
    const tween = createTween();
    tween.moveTo(Float32Array.of(0, 10), 0, 0);
    expect([...tween.at(0)]).toEqual([0, 10]);
    tween.moveTo(Float32Array.of(10, 10), 100, 200);
    expect(tween.at(150)[0]).toBeCloseTo(2.5);
    expect(tween.moving(299)).toBe(true);
    tween.moveTo(Float32Array.of(0, 0), 200, 100);
    expect(tween.at(200)[0]).toBeCloseTo(5);
    expect([...tween.at(300)]).toEqual([0, 0]);
    expect(tween.moving(300)).toBe(false);
  });

  it("jump where there is another count of them", () => {
    const tween = createTween();
    tween.moveTo(Float32Array.of(1), 0, 100);
    tween.moveTo(Float32Array.of(5, 6, 7), 10, 100);
    expect([...tween.at(11)]).toEqual([5, 6, 7]);
  });
});

describe("a sheet of images", () => {
  const pixel = (sheet: { pixels: Uint8ClampedArray; width: number }, x: number, y: number) => [
    ...sheet.pixels.subarray(4 * (y * sheet.width + x), 4 * (y * sheet.width + x) + 4),
  ];

  it("has them row by row with clear gaps, -1 as black and 1 as white", () => {
    const sheet = imageSheet(Float32Array.of(-1, 1, 9, Number.NaN), [1, 1, 1], 2);
    expect([sheet.width, sheet.height]).toEqual([4, 4]);
    expect(pixel(sheet, 0, 0)).toEqual([0, 0, 0, 255]);
    expect(pixel(sheet, 1, 0)).toEqual([0, 0, 0, 0]);
    expect(pixel(sheet, 3, 0)).toEqual([255, 255, 255, 255]);
    expect(pixel(sheet, 0, 3)).toEqual([255, 255, 255, 255]);
    expect(pixel(sheet, 3, 3)).toEqual([0, 0, 0, 255]);
  });

  it("keeps three channels apart", () => {
    const sheet = imageSheet(Float32Array.of(1, -1, 0), [1, 1, 3], 1);
    expect(pixel(sheet, 0, 0)).toEqual([255, 0, 128, 255]);
  });
});
