import type { Mark } from "../../catalogue.js";

/** Shapes that can be told apart at a few pixels. */
export const MARKS: readonly Mark[] = ["circle", "square", "triangle", "diamond", "cross"];

/** Of the circle among the paths; the others look as large. */
export const MARK_RADIUS = 3.5;

/** SVG paths around the origin, about 8 pixels across. */
export const MARK_PATHS: Readonly<Record<Mark, string>> = {
  circle: "M-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0z",
  square: "M-3.2,-3.2h6.4v6.4h-6.4z",
  triangle: "M0,-4.2l4,7h-8z",
  diamond: "M0,-4.6l3,4.6l-3,4.6l-3,-4.6z",
  cross: "M-1.2,-4h2.4v2.8h2.8v2.4h-2.8v2.8h-2.4v-2.8h-2.8v-2.4h2.8z",
};
