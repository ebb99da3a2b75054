import type { Pen, Stroke } from "../pens/pen.js";
import { type Plane, placesOf } from "../plane.js";

/** Where each fake of a batch would best be moved. @param plan `[count, 4]`: fake x, y, real x, y */
export function drawPlan(pen: Pen, plane: Plane, plan: Float32Array, stroke: Stroke): void {
  const places = placesOf(plane, plan);
  const lines = Array.from({ length: places.length / 4 }, (_, i) => places.subarray(4 * i, 4 * i + 4));
  pen.lines(lines, stroke);
}

/** How far a fake moves on average: the Earth mover's distance of the two batches. */
export function meanLength(plan: Float32Array): number {
  let sum = 0;
  for (let i = 0; i + 3 < plan.length; i += 4) sum += Math.hypot(plan[i + 2]! - plan[i]!, plan[i + 3]! - plan[i + 1]!);
  return sum / (plan.length / 4);
}
