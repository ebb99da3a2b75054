import type { Layer } from "../session/protocol.js";

/** What a picture may show, from the lowest to the highest. */
export const SCENE_LAYERS = ["surface", "slope", "contours", "real", "plan", "manifold", "fakes", "arrows"] as const;
export type SceneLayer = (typeof SCENE_LAYERS)[number];

const NEEDED: Readonly<Partial<Record<SceneLayer, Layer>>> = {
  surface: "surface",
  contours: "surface",
  slope: "slope",
  manifold: "manifold",
  plan: "plan",
  arrows: "arrows",
};

/** What the worker must be asked for, so that these can be shown: for `Session.setLayers`. */
export function frameLayers(shown: readonly SceneLayer[]): Layer[] {
  return [...new Set(shown.flatMap((layer) => NEEDED[layer] ?? []))];
}
