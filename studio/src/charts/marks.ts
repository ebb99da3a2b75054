/** Shapes that can be told apart at a few pixels. */
export const MARKS = ["circle", "square", "triangle", "diamond", "cross"] as const;
export type Mark = (typeof MARKS)[number];

/** The mark of a loss, wherever a run of it is drawn: BCE has circles, the W-loss squares. */
const MARK_OF: Readonly<Record<string, Mark>> = {
  bce: "circle",
  "bce-ns": "circle",
  wasserstein: "square",
  hinge: "triangle",
  ls: "diamond",
};

export function markOf(loss: string): Mark {
  return MARK_OF[loss] ?? "cross";
}

/** SVG paths around the origin, about 8 pixels across. */
export const MARK_PATHS: Readonly<Record<Mark, string>> = {
  circle: "M-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0z",
  square: "M-3.2,-3.2h6.4v6.4h-6.4z",
  triangle: "M0,-4.2l4,7h-8z",
  diamond: "M0,-4.6l3,4.6l-3,4.6l-3,-4.6z",
  cross: "M-1.2,-4h2.4v2.8h2.8v2.4h-2.8v2.8h-2.4v-2.8h-2.8v-2.4h2.8z",
};
