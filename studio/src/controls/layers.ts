import type { Term } from "../lessons/index.js";
import type { SceneLayer } from "../scene/index.js";
import type { Scene } from "../session/protocol.js";

interface LayerGroup {
  readonly name: "samples" | "opponent" | "generator";
  readonly layers: readonly SceneLayer[];
  /** What its name explains. */
  readonly terms: readonly Term[];
}

/** The toggles in their order: the samples, what the opponent says of the plane, what the generator does and is told. */
export const LAYER_GROUPS: readonly LayerGroup[] = [
  { name: "samples", layers: ["real", "fakes"], terms: [] },
  { name: "opponent", layers: ["surface", "contours", "slope"], terms: ["surface", "contours", "slope"] },
  { name: "generator", layers: ["arrows", "manifold", "plan"], terms: ["arrows", "manifold", "plan"] },
];

/** The layers that can be chosen for a picture: none of images, which are all shown. */
export function layersOf(scene: Scene | null): readonly SceneLayer[] {
  return scene?.frame === null ? [] : LAYER_GROUPS.flatMap(({ layers }) => layers);
}
