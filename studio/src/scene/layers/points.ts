import type { Dotting, Pen } from "../pens/pen.js";
import { type Plane, placeOf } from "../plane.js";

/** Radius of the rim that parts a point from what lies under it, beyond the point's own. */
const RIM = 1.4;

/** Samples `[count, 2]` as dots, ringed where a rim is given; what is not finite or lies outside of the plane is left out. */
export function drawPoints(
  pen: Pen,
  plane: Plane,
  samples: Float32Array,
  radius: number,
  { rim, ...fill }: Dotting & { readonly rim?: string },
): void {
  const places = visible(plane, samples);
  if (rim) pen.dots(places, radius + RIM, { color: rim });
  pen.dots(places, radius, fill);
}

function visible(plane: Plane, samples: Float32Array): number[] {
  const { x, y } = plane.frame;
  const places: number[] = [];
  for (let i = 0; i + 1 < samples.length; i += 2) {
    const [a, b] = [samples[i]!, samples[i + 1]!];
    if (a >= x[0] && a <= x[1] && b >= y[0] && b <= y[1]) places.push(...placeOf(plane, a, b));
  }
  return places;
}
