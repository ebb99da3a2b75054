import type { Colors } from "./colors.js";
import { imagePicture } from "./imagePicture.js";
import type { Picture, PictureParts } from "./picture.js";
import { planePicture } from "./planePicture.js";
import type { SceneWords } from "./words.js";

/** Everything that is computed once for a frame. */
export function pictureOf(parts: PictureParts, colors: Colors, words: SceneWords): Picture {
  return parts.scene.frame ? planePicture(parts, parts.scene.frame, colors, words) : imagePicture(parts, colors, words);
}
