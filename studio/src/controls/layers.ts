import type { SceneLayer } from "../scene/index.js";
import type { Scene } from "../session/protocol.js";

/** In the order of their toggles: the samples, what the opponent says of the plane, what follows from it. */
const ORDER: readonly SceneLayer[] = ["real", "fakes", "surface", "contours", "slope", "arrows", "manifold", "plan"];

/** The layers that can be chosen for a picture: none of images, which are all shown. */
export function layersOf(scene: Scene | null): readonly SceneLayer[] {
  return scene?.frame === null ? [] : ORDER;
}
