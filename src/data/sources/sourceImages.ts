import { arrayImages } from "../arrayImages.js";
import type { ImageOptions, ImageSet } from "../images.js";
import { readImages } from "../readImages.js";
import type { Source } from "./source.js";

/**
 * The images of a folder (`readImages`) or of an array of their shape (`arrayImages`); `undefined` where a source is neither.
 * @throws InputError as these do
 */
export async function sourceImages(source: Source, options: ImageOptions): Promise<ImageSet | undefined> {
  if (source.kind === "folder") return readImages(source.folder, options);
  return source.kind === "array" ? arrayImages(source.name, source.array, options) : undefined;
}
