import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, realpath, rm, stat, utimes } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import { cacheFolder } from "../cacheFolder.js";
import { InputError } from "../errors.js";
import { writeFileAtomically } from "../files.js";
import { type ImageOptions, type ImageSet, inBlocks } from "./images.js";

/** What the files of a folder are decoded to. */
export interface DecodedImages extends ImageSet {
  /** Why the others cannot be decoded, by their paths. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** The least bytes of files of which decoded images are kept: fewer are decoded within about a second. */
const WORTH_KEEPING = 2 ** 25;
/** Bytes that all kept images take at most, and those of one folder. */
const MOST_KEPT = 2 ** 31;
const MOST_OF_ONE = 2 ** 30;
/** Changes when images are decoded to other bytes, or kept in another way. */
const VERSION = 1;

/** The first line of a file of kept images, before their bytes. */
const headSchema = z.object({
  shape: z.tuple([z.number(), z.number(), z.number()]),
  warnings: z.array(z.string()),
  /** The places of the images that cannot be decoded, and why. */
  broken: z.array(z.tuple([z.number(), z.string()])),
});

/**
 * What `decode` makes of the images of a large folder, kept in the user's cache: where nothing has changed since an earlier call, in the folder
 * or in how it is read, nothing is decoded. What was not used for longest is removed beyond 2 GiB. Images are decoded as ever where the cache
 * cannot be used.
 * @param paths of the images
 */
export async function keptImages(
  folder: string,
  paths: readonly string[],
  options: ImageOptions,
  decode: () => Promise<DecodedImages>,
): Promise<DecodedImages> {
  const cache = cacheFolder();
  const key = cache && (await keyOf(folder, paths, options));
  if (cache === undefined || key === undefined) return decode();
  const store = join(cache, "images");
  const file = join(store, key);
  const kept = await read(file, paths).catch(() => undefined);
  if (kept) return kept;
  const decoded = await decode();
  if (decoded.bytes.length > MOST_OF_ONE) return decoded;
  try {
    await mkdir(store, { recursive: true, mode: 0o700 });
    await write(file, paths, decoded);
    await removeOldest(store);
  } catch (error) {
    if (!(error instanceof InputError) && !isSystemError(error)) throw error;
  }
  return decoded;
}

/** What tells a folder and how it is read from every other, by the files' sizes and times; `undefined` where it is not worth keeping. */
async function keyOf(
  folder: string,
  paths: readonly string[],
  { size, channels, background }: ImageOptions,
): Promise<string | undefined> {
  const [{ default: sharp }, place] = await Promise.all([import("sharp"), realpath(folder)]);
  const read = { version: VERSION, decoder: sharp.versions, place, size, channels, background };
  const hash = createHash("sha256").update(JSON.stringify(read));
  let total = 0;
  await inBlocks(
    paths,
    async (path) => ({ path, found: await stat(path).catch(() => undefined) }),
    ({ path, found }) => {
      hash.update(JSON.stringify([relative(folder, path), found?.size, found?.ctimeMs]));
      total += found?.size ?? 0;
    },
  );
  return total < WORTH_KEEPING ? undefined : hash.digest("hex");
}

async function read(file: string, paths: readonly string[]): Promise<DecodedImages | undefined> {
  const content = await readFile(file);
  const end = content.indexOf("\n");
  const { shape, warnings, broken } = headSchema.parse(JSON.parse(content.toString("utf8", 0, end)));
  const bytes = content.subarray(end + 1);
  if (bytes.length !== (paths.length - broken.length) * shape[0] * shape[1] * shape[2]) return undefined;
  await utimes(file, new Date(), new Date());
  return { shape, bytes, warnings, reasons: new Map(broken.map(([place, reason]) => [paths[place] ?? "", reason])) };
}

async function write(file: string, paths: readonly string[], images: DecodedImages): Promise<void> {
  const { shape, bytes, warnings } = images;
  const broken = paths.flatMap((path, place) => {
    const reason = images.reasons.get(path);
    return reason === undefined ? [] : [[place, reason]];
  });
  async function* content() {
    yield `${JSON.stringify({ shape, warnings, broken })}\n`;
    yield bytes;
  }
  await writeFileAtomically(file, content());
}

/** Removes the files that were not used for longest, until the rest take no more than may be kept. */
async function removeOldest(store: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(store)).map(async (name) => ({ path: join(store, name), ...(await stat(join(store, name))) })),
  );
  files.sort((a, b) => b.mtimeMs - a.mtimeMs);
  let total = 0;
  for (const { path, size } of files) {
    total += size;
    if (total > MOST_KEPT) await rm(path, { force: true });
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "errno" in error;
}
