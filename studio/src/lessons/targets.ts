/** What a lesson can point at: the page has one element with each of these as its `data-target`. */
export const TARGETS = [
  /** The picture of a side. */
  "scene-left",
  "scene-right",
  /** The one-dimensional mode. */
  "line",
] as const;
export type Target = (typeof TARGETS)[number];
