/** What a step of the tour can point at: the page has one element with each of these as its `data-target`. */
export const TARGETS = [
  /** The picture of a side. */
  "scene-left",
  "scene-right",
  /** The choice of loss and Lipschitz constraint of a side. */
  "side-left",
  "side-right",
  /** The charts of a side, or the charts that both share. */
  "charts",
  /** The buttons for one critic update and one generator iteration. */
  "steps",
  /** The one-dimensional mode. */
  "line",
  /** The choice of data. */
  "data",
] as const;
export type Target = (typeof TARGETS)[number];
