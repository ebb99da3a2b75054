import { type ImageArray, imageArray } from "./imageArray.js";
import { convert } from "./imageFile.js";
import { BLACK, checkImageOptions, type ImageOptions, type ImageSet, imageBuffer, inBlocks } from "./images.js";
import type { NumberArray } from "./sources/numberArray.js";

/**
 * The images of an array (`imageArray`), scaled and brought to channels as `readImages` does with those of a folder.
 * @param name of the file, for messages
 * @param options `skipBroken` has no meaning here
 * @returns `undefined` where the shape is not one of images
 * @throws InputError for an option out of range, as `imageArray` does, and for images that memory cannot hold
 */
export async function arrayImages(
  name: string,
  array: NumberArray,
  options: ImageOptions = {},
): Promise<ImageSet | undefined> {
  checkImageOptions(options);
  const images = imageArray(name, array);
  return images && { ...(await scaled(name, images, options)), warnings: images.warnings };
}

async function scaled(
  name: string,
  { count, height, width, channels: found, bytes }: ImageArray,
  { size, channels = found === 1 ? 1 : 3, background = BLACK }: ImageOptions,
): Promise<Pick<ImageSet, "shape" | "bytes">> {
  const shape = [size ?? height, size ?? width, channels] as const;
  if (shape[0] === height && shape[1] === width && channels === found) return { shape, bytes };
  const made = imageBuffer(name, count, shape);
  const each = height * width * found;
  let filled = 0;
  await inBlocks(
    Array.from({ length: count }, (_, image) => image * each),
    (start) => convert(bytes.subarray(start, start + each), [height, width, found], { size, channels, background }),
    (image) => {
      made.set(image, filled);
      filled += image.length;
    },
  );
  return { shape, bytes: made };
}
