import type { Fill, Pen } from "../pens/pen.js";
import { type Plane, placeOf } from "../plane.js";

/** The longest arrow, in lengths of one that says 1. */
const LONGEST = 2.5;
/** In pixels: shorter ones are not drawn. */
const SHORTEST = 0.75;
const HEAD = 5;

export interface Arrow {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** The length of an arrow that says 1, in pixels. */
export function unitLength({ box }: Plane): number {
  return box.width / 18;
}

/**
 * What fakes are told, as arrows from them: as long as the gradient is large, `unitLength` where its norm is 1. A fake that is told
 * next to nothing has none.
 * @param fakes samples `[n, 2]`; `told` minus the gradient of the generator's loss at the first of them, `[count, 2]`
 */
export function arrowsOf(plane: Plane, fakes: Float32Array, told: Float32Array): Arrow[] {
  const { frame, box } = plane;
  const [across, up] = [box.width / (frame.x[1] - frame.x[0]), box.height / (frame.y[1] - frame.y[0])];
  const arrows: Arrow[] = [];
  for (let i = 0; i + 1 < Math.min(fakes.length, told.length); i += 2) {
    const norm = Math.hypot(told[i]!, told[i + 1]!);
    const length = Math.min(LONGEST, norm) * unitLength(plane);
    if (!(length >= SHORTEST)) continue;
    const [dx, dy] = [told[i]! * across, -told[i + 1]! * up];
    const share = length / Math.hypot(dx, dy);
    const from = placeOf(plane, fakes[i]!, fakes[i + 1]!);
    arrows.push({ from, to: [from[0] + share * dx, from[1] + share * dy] });
  }
  return arrows;
}

export function drawArrows(pen: Pen, arrows: readonly Arrow[], fill: Fill): void {
  pen.lines(
    arrows.map(({ from, to }) => [...from, ...to]),
    { ...fill, width: 1.2 },
  );
  // One by one: where heads overlap in one path, the overlap would be a hole.
  for (const arrow of arrows) pen.areas([headOf(arrow)], fill);
}

/** The tip of an arrow, as a triangle no longer than it. */
function headOf({ from, to }: Arrow): number[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const size = Math.min(HEAD, 0.6 * length);
  const [x, y] = [(dx / length) * size, (dy / length) * size];
  return [
    to[0] + x / 2,
    to[1] + y / 2,
    to[0] - x / 2 - y / 2,
    to[1] - y / 2 + x / 2,
    to[0] - x / 2 + y / 2,
    to[1] - y / 2 - x / 2,
  ];
}
