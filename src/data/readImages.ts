import { BrokenImages } from "./brokenImages.js";
import { decode, type ImageHeader, readImageFile, readImageHeader } from "./imageFile.js";
import { imagePaths } from "./imageFolder.js";
import { sideFor } from "./imageSide.js";
import { BLACK, checkImageOptions, type ImageOptions, type ImageSet, imageBuffer, inBlocks } from "./images.js";
import { type DecodedImages, keptImages } from "./keptImages.js";

/** Images of a folder. */
export interface FolderImages extends ImageSet {
  /** The file of each. */
  readonly paths: readonly string[];
}

/**
 * The PNG, JPEG and WebP images of a folder and its subfolders, in the order of their paths. Hidden files and other kinds are passed over, and
 * what a file is is told by its content; an animation gives its first frame; what is transparent shows the background; photographs are turned
 * upright as their EXIF orientation says. Images that are not squares of the side to be (`ImageOptions`) are scaled to cover it and cropped at
 * their centre. What the files of a large folder are decoded to is kept in the user's cache (`keptImages`).
 * @throws InputError for an option out of range, a folder that cannot be read or has no images, images that are damaged (unless
 * `skipBroken`), and more images than memory can hold
 */
export async function readImages(folder: string, options: ImageOptions = {}): Promise<FolderImages> {
  checkImageOptions(options);
  const all = await imagePaths(folder);
  const { shape, bytes, warnings, reasons } = await keptImages(folder, all, options, () =>
    decodeImages(folder, all, options),
  );
  const broken = new BrokenImages(folder, all.length, reasons);
  if (broken.count > 0 && (!options.skipBroken || broken.count === all.length)) throw broken.refusal();
  const paths = all.filter((path) => !reasons.has(path));
  return { shape, bytes, warnings: [...broken.warnings(), ...warnings], paths };
}

async function decodeImages(folder: string, all: readonly string[], options: ImageOptions): Promise<DecodedImages> {
  const broken = new BrokenImages(folder, all.length);
  const { readable, format, warnings } = await commonFormat(all, broken, options);
  const shape = [format.size, format.size, format.channels] as const;
  const bytes = imageBuffer(folder, readable.length, shape);
  let [done, filled] = [0, 0];
  await inBlocks(
    readable,
    (path) => broken.unless(path, async () => decode(await readImageFile(path), format)),
    (image) => {
      if (image) bytes.set(image, filled);
      filled += image?.length ?? 0;
      options.onProgress?.(++done, readable.length);
    },
  );
  return { shape, bytes: bytes.subarray(0, filled), warnings, reasons: broken.reasons };
}

interface Header extends ImageHeader {
  readonly path: string;
}

/** The images that are not found to be broken yet, and what to decode them to: what the options say, else what all of them have. */
async function commonFormat(all: readonly string[], broken: BrokenImages, options: ImageOptions) {
  const { size, channels, background = BLACK } = options;
  if (size !== undefined && channels !== undefined)
    return { readable: all, format: { size, channels, background }, warnings: [] };
  const headers: Header[] = [];
  await inBlocks(
    all,
    (path) => broken.unless(path, async () => ({ ...(await readImageHeader(path)), path })),
    (header) => {
      if (header !== undefined) headers.push(header);
    },
  );
  if (headers.length === 0) throw broken.refusal();
  const { side, warning } = size === undefined ? sideFor(headers) : { side: size, warning: undefined };
  const format = {
    size: side,
    channels: channels ?? (areGrey(headers, background) ? 1 : 3),
    background,
  };
  return { readable: headers.map(({ path }) => path), format, warnings: warning === undefined ? [] : [warning] };
}

/** Whether images become grey where nobody says: where all are, and the background is where it shows. */
function areGrey(headers: readonly Header[], background: string): boolean {
  const greyBackground = /^(black|white|#(..)\2\2)$/i.test(background);
  return headers.every(({ grey, transparent }) => grey && (greyBackground || !transparent));
}
