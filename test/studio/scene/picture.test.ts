import { describe, expect, it } from "vitest";
import { en } from "../../../studio/src/language/en.js";
import { zh } from "../../../studio/src/language/zh.js";
import { COLORS, colorsOf } from "../../../studio/src/scene/colors.js";
import { describe as inWords } from "../../../studio/src/scene/describe.js";
import { SCENE_LAYERS, type SceneLayer } from "../../../studio/src/scene/layers.js";
import { svgPen } from "../../../studio/src/scene/pens/svgPen.js";
import { movingParts, type PictureParts } from "../../../studio/src/scene/picture.js";
import { pictureOf } from "../../../studio/src/scene/pictureOf.js";
import { MANIFOLD_SIDE, type Scene, type SideFrame, SURFACE_SIDE } from "../../../studio/src/session/protocol.js";
import { recorder } from "./recorder.js";

const SCENE: Scene = {
  shape: [2],
  real: Float32Array.of(0.5, 0.5, -0.5, 0.5),
  modes: null,
  frame: { x: [-1, 1], y: [-0.5, 1] },
  name: "two points",
};
const GRID = Float32Array.from({ length: SURFACE_SIDE ** 2 }, (_, i) => i / SURFACE_SIDE ** 2);
const SIDE: SideFrame = {
  iteration: 1200,
  criticUpdates: 6000,
  losses: null,
  fakes: Float32Array.of(0, 0, 0.2, 0.1, 7, 7),
  surface: GRID,
  output: "probability",
  slope: GRID.map((value) => 2 * value),
  arrows: Float32Array.of(1, 0),
  manifold: Float32Array.from({ length: 2 * MANIFOLD_SIDE ** 2 }, (_, i) => (i % 2) - 0.5),
  plan: Float32Array.of(0, 0, 0.5, 0.5),
  flow: null,
};

function drawn(parts: PictureParts, width = 400) {
  const pen = recorder();
  const picture = pictureOf(parts, COLORS.light, en.scene);
  picture.drawStill(pen, width);
  picture.drawMoving(pen, width, movingParts(parts));
  return { pen, height: picture.heightAt(width) };
}

describe("the picture of a side", () => {
  it.each(SCENE_LAYERS)("draws %s where it is asked for, and only then", (layer) => {
    const others = SCENE_LAYERS.filter((other) => other !== layer);
    const count = (layers: readonly SceneLayer[]) => drawn({ scene: SCENE, frame: SIDE, layers }).pen.marks.length;
    expect(count([layer])).toBeGreaterThan(count([]));
    expect(count(SCENE_LAYERS)).toBeGreaterThan(count(others));
  });

  it("shows reals alone before there is a frame, in the room that it will need", () => {
    const before = drawn({ scene: SCENE, frame: null, layers: SCENE_LAYERS });
    expect(before.pen.of("dots")[0]!.centers).toHaveLength(4);
    expect(before.pen.of("bitmap")).toEqual([]);
    expect(before.height).toBe(drawn({ scene: SCENE, frame: SIDE, layers: SCENE_LAYERS }).height);
  });

  it("keeps the proportions of the plane, and says how many fakes are outside", () => {
    const picture = pictureOf({ scene: SCENE, frame: SIDE, layers: ["fakes"] }, COLORS.dark, en.scene);
    const { box } = picture.planeAt(401)!;
    expect(box.height / box.width).toBeCloseTo(0.75, 2);
    const { pen } = drawn({ scene: SCENE, frame: SIDE, layers: ["fakes"] });
    expect(pen.of("text").map(({ content }) => content)).toContain("fakes outside: 1");
  });

  it("gives fakes the mark of their side, in the key too, and reals a circle", () => {
    const parts: PictureParts = { scene: SCENE, frame: SIDE, layers: ["real", "fakes"] };
    const colors = colorsOf("light", { color: "#0b76c5", mark: "square" });
    const pen = recorder();
    const picture = pictureOf(parts, colors, en.scene);
    picture.drawStill(pen, 400);
    picture.drawMoving(pen, 400, movingParts(parts));
    const dots = pen.of("dots").map(({ fill }) => fill);
    const marksOf = (wanted: string) =>
      dots.filter(({ color }) => color === wanted).map(({ mark }) => mark ?? "circle");
    expect(marksOf(colors.fake)).toEqual(["square", "square"]);
    expect(new Set(marksOf(colors.real))).toEqual(new Set(["circle"]));
  });

  it("draws a side that has diverged", () => {
    const nothing = (array: Float32Array | null) => array!.map(() => Number.NaN);
    const broken: SideFrame = {
      ...SIDE,
      fakes: nothing(SIDE.fakes),
      surface: nothing(SIDE.surface),
      slope: nothing(SIDE.slope),
      arrows: nothing(SIDE.arrows),
      manifold: nothing(SIDE.manifold),
      plan: null,
    };
    for (const output of ["probability", "score"] as const) {
      const { pen } = drawn({ scene: SCENE, frame: { ...broken, output }, layers: SCENE_LAYERS });
      expect(pen.of("dots").some(({ centers }) => centers.some(Number.isNaN))).toBe(false);
    }
  });

  it("is said in words, in both languages", () => {
    const parts = { scene: SCENE, frame: SIDE, layers: [] };
    expect(inWords(parts, en.scene)).toBe("iteration 1,200; the discriminator's probability runs from 0 to 1");
    expect(inWords(parts, zh.scene)).toContain("1,200");
    expect(inWords({ ...parts, frame: null }, en.scene)).toContain("two points");
  });

  it("of images has real ones, generated ones and those between two latents, without a plane", () => {
    const scene: Scene = { ...SCENE, shape: [2, 2, 1], real: new Float32Array(4 * 40), frame: null };
    const frame = { ...SIDE, fakes: new Float32Array(4 * 24) };
    const parts = { scene, frame, layers: SCENE_LAYERS };
    const sizes = (more: Partial<PictureParts> = {}) =>
      drawn({ ...parts, ...more })
        .pen.of("bitmap")
        .map(({ bitmap: { width, height } }) => [width, height]);
    expect(sizes()).toEqual([
      [30, 6],
      [30, 10],
    ]);
    expect(sizes({ interpolation: new Float32Array(4 * 10) })[2]).toEqual([38, 2]);
    expect(sizes({ layers: [] })).toEqual(sizes());
    expect(pictureOf(parts, COLORS.light, en.scene).planeAt(400)).toBeNull();
    expect(
      drawn(parts)
        .pen.of("bitmap")
        .every(({ smooth }) => !smooth),
    ).toBe(true);
  });
});

describe("a picture as SVG", () => {
  const svgOf = (frame: SideFrame) => {
    const pen = svgPen(() => "data:image/png;base64,AA==");
    const picture = pictureOf({ scene: SCENE, frame, layers: SCENE_LAYERS }, COLORS.light, en.scene);
    const moved = pen.movedTo(10, 20);
    picture.drawStill(moved, 400);
    picture.drawMoving(moved, 400, movingParts({ scene: SCENE, frame, layers: SCENE_LAYERS }));
    return pen.document(420, 600);
  };

  it("has surfaces as images and the rest as paths and text, all its elements closed", () => {
    const svg = svgOf(SIDE);
    expect(svg.match(/<image /g)).toHaveLength(3);
    expect(svg).toContain("0 looks fake, 1 looks real");
    for (const name of ["svg", "g", "text"])
      expect(svg.match(new RegExp(`<${name}[ >]`, "g"))!.length).toBe(svg.match(new RegExp(`</${name}>`, "g"))!.length);
    expect(svg).not.toContain("NaN");
  });

  it("has marks of a side as shapes, and circles as dots", () => {
    const pen = svgPen(() => "");
    pen.dots([1, 2, 3, 4], 7, { color: "#000000", mark: "square" });
    pen.dots([5, 6], 1, { color: "#000000" });
    const svg = pen.document(9, 9);
    expect(svg).toContain(`<path transform="translate(3,4)scale(2)" d="M-3.2,-3.2h6.4v6.4h-6.4z"/>`);
    expect(svg).toContain(`<path d="M5,6h0"`);
  });

  it("holds no number that is none, and no markup of others", () => {
    expect(svgOf({ ...SIDE, manifold: SIDE.manifold!.map(() => Number.NaN) })).not.toContain("NaN");
    const pen = svgPen(() => "");
    pen.text(`<a href="x">&`, 0, 0, { color: "#000000", size: 10 });
    expect(pen.document(1, 1)).toContain("&lt;a href=&quot;x&quot;&gt;&amp;");
  });
});
