import { countOutside } from "../../../src/report/figures/plane.js";
import { number, percent, whole } from "../language/format.js";
import { type Frame, MANIFOLD_SIDE, SURFACE_SIDE } from "../session/protocol.js";
import type { Colors } from "./colors.js";
import { arrowsOf, drawArrows, unitLength } from "./layers/arrows.js";
import { type Contour, contoursOf, drawContours } from "./layers/contours.js";
import { drawKeys, type Key, keysHeight } from "./layers/keys.js";
import { drawScale, SCALE_HEIGHT } from "./layers/legend.js";
import { drawManifold } from "./layers/manifold.js";
import { drawPlan, meanLength } from "./layers/plan.js";
import { drawPoints } from "./layers/points.js";
import { drawGrid, excessBitmap, surfaceBitmap } from "./layers/surface.js";
import type { SceneLayer } from "./layers.js";
import type { Bitmap, Pen } from "./pens/pen.js";
import type { Moving, Picture, PictureParts } from "./picture.js";
import type { Plane } from "./plane.js";
import { contourLevels, type ScoreScale, scoreScale } from "./scoreScale.js";
import type { SceneWords } from "./words.js";

const GAP = 6;

/** What is computed once for a frame: each is `null` where it is not drawn. */
interface Prepared {
  readonly scale: ScoreScale | null;
  readonly surface: Bitmap | null;
  readonly contours: readonly Contour[] | null;
  readonly excess: { readonly bitmap: Bitmap; readonly edge: readonly Contour[]; readonly share: number } | null;
  readonly plan: Float32Array | null;
}

/** Samples in the plane, with all that is drawn around them. */
export function planePicture(parts: PictureParts, frame: Frame, colors: Colors, words: SceneWords): Picture {
  const shown = (layer: SceneLayer) => parts.layers.includes(layer);
  const prepared = prepare(parts, frame, shown, colors);
  const withScale = shown("surface") || shown("contours");

  const planeAt = (width: number): Plane => {
    const aspect = (frame.y[1] - frame.y[0]) / (frame.x[1] - frame.x[0]);
    return { frame, box: { x: 0.5, y: 0.5, width: width - 1, height: Math.round((width - 1) * aspect) } };
  };
  const keysOf = (plane: Plane) => KEYED.filter(shown).map((layer) => keyOf(layer, prepared, plane, colors, words));
  return {
    planeAt,
    heightAt(width) {
      const { box } = planeAt(width);
      return box.height + 1 + (withScale ? SCALE_HEIGHT : 0) + GAP + keysHeight(keysOf(planeAt(width)), width);
    },
    drawStill(pen, width) {
      const plane = planeAt(width);
      const { box } = plane;
      pen.within(box, () => drawUnder(pen, plane, parts, prepared, shown, colors));
      pen.lines([outlineOf(box)], { color: colors.rule, width: 1 });
      const below = { x: 0, y: box.height + 1, width, height: 0 };
      if (withScale && prepared.scale) drawScale(pen, below, prepared.scale, colors, words);
      drawKeys(pen, { ...below, y: below.y + (withScale ? SCALE_HEIGHT : 0) + GAP }, keysOf(plane), colors);
    },
    drawMoving(pen, width, moving) {
      const plane = planeAt(width);
      pen.within(plane.box, () => {
        drawOver(pen, plane, moving, shown, colors);
        const outside = shown("fakes") ? countOutside(moving.fakes, 2, frame) : 0;
        if (outside > 0) drawNote(pen, plane, words.outside(whole(outside)), colors);
      });
    },
  };
}

function prepare(
  { scene, frame: side }: PictureParts,
  frame: Frame,
  shown: (layer: SceneLayer) => boolean,
  colors: Colors,
): Prepared {
  const gridOf = (values: Float32Array) => ({ values, side: SURFACE_SIDE, frame });
  const grid = side?.surface && (shown("surface") || shown("contours")) ? gridOf(side.surface) : null;
  const slope = side?.slope && shown("slope") ? gridOf(side.slope) : null;
  const scale = grid && side ? scoreScale(grid, side.output, scene.real, side.fakes) : null;
  return {
    scale,
    surface: grid && scale && shown("surface") ? surfaceBitmap(grid, scale, colors) : null,
    contours: grid && scale && shown("contours") ? contoursOf(grid, contourLevels(scale)) : null,
    excess: slope && {
      bitmap: excessBitmap(slope, colors),
      edge: contoursOf(slope, [1]),
      share: slope.values.filter((value) => value > 1).length / slope.values.length,
    },
    plan: shown("plan") ? (side?.plan ?? null) : null,
  };
}

function drawUnder(
  pen: Pen,
  plane: Plane,
  { scene }: PictureParts,
  { scale, surface, contours, excess, plan }: Prepared,
  shown: (layer: SceneLayer) => boolean,
  { real, paper, ink, excess: pink }: Colors,
): void {
  if (surface) drawGrid(pen, plane, surface);
  if (excess) {
    drawGrid(pen, plane, excess.bitmap);
    drawContours(pen, plane, excess.edge, () => ({ color: pink, width: 1.5, dash: [5, 3] }));
  }
  if (contours) {
    drawContours(pen, plane, contours, (level) => ({
      color: ink,
      opacity: 0.45,
      width: scale?.bounded && level === 0.5 ? 1.8 : 0.9,
    }));
  }
  if (shown("real")) drawPoints(pen, plane, scene.real, 2, { color: real, rim: paper });
  if (plan) drawPlan(pen, plane, plan, { color: ink, opacity: 0.45, width: 1 });
}

function drawOver(
  pen: Pen,
  plane: Plane,
  { fakes, arrows, manifold }: Moving,
  shown: (layer: SceneLayer) => boolean,
  { fake, fakeMark, ink }: Colors,
): void {
  if (shown("manifold") && manifold.length > 0) {
    drawManifold(pen, plane, manifold, MANIFOLD_SIDE, { color: fake }, { color: fake, opacity: 0.6, width: 0.7 });
  }
  if (shown("fakes")) drawPoints(pen, plane, fakes, 2.6, { color: fake, mark: fakeMark, opacity: 0.6 });
  if (shown("arrows")) drawArrows(pen, arrowsOf(plane, fakes, arrows), { color: ink, opacity: 0.85 });
}

const KEYED = ["real", "fakes", "arrows", "slope", "plan", "manifold"] as const satisfies readonly SceneLayer[];

function keyOf(
  layer: (typeof KEYED)[number],
  { excess, plan }: Prepared,
  plane: Plane,
  colors: Colors,
  { keys }: SceneWords,
): Key {
  const unknown = "–";
  switch (layer) {
    case "real":
      return { swatch: "dot", color: colors.real, label: keys.real };
    case "fakes":
      return { swatch: "dot", color: colors.fake, mark: colors.fakeMark, label: keys.fakes };
    case "arrows":
      return { swatch: "arrow", color: colors.ink, label: keys.arrows, length: unitLength(plane) };
    case "slope":
      return { swatch: "area", color: colors.excess, label: keys.slope(excess ? percent(excess.share) : unknown) };
    case "plan":
      return { swatch: "line", color: colors.ink, label: keys.plan(plan ? number(meanLength(plan), 3) : unknown) };
    case "manifold":
      return { swatch: "area", color: colors.fake, label: keys.manifold };
  }
}

function drawNote(pen: Pen, { box }: Plane, note: string, colors: Colors): void {
  const [right, bottom, wide] = [box.x + box.width, box.y + box.height, widthOf(note) + 16];
  pen.areas([[right - wide, bottom - 22, right, bottom - 22, right, bottom, right - wide, bottom]], {
    color: colors.paper,
    opacity: 0.75,
  });
  pen.text(note, right - 6, bottom - 7, { color: colors.ink, size: 12, align: "end" });
}

/** About how wide a text of 12 pixels is: Chinese characters are as wide as high. */
function widthOf(content: string): number {
  return [...content].reduce((sum, character) => sum + (character > "\u2e80" ? 12 : 6.8), 0);
}

function outlineOf({ x, y, width, height }: Plane["box"]): number[] {
  return [x, y, x + width, y, x + width, y + height, x, y + height, x, y];
}
