import { extent } from "../../../src/report/drawing/scale.js";
import { number, whole } from "../language/format.js";
import type { PictureParts } from "./picture.js";
import type { SceneWords } from "./words.js";

/** A picture in a sentence, for those who do not see it. */
export function describe({ scene, frame }: PictureParts, words: SceneWords): string {
  if (!frame) return words.describe.start(scene.name);
  const range = frame.surface && extent(frame.surface).map((value) => number(value, 2));
  const surface = range ? words.describe[frame.output](range[0]!, range[1]!) : null;
  return [words.iteration(whole(frame.iteration)), surface].filter(Boolean).join("; ");
}
