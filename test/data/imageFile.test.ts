import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { decode, type PixelFormat, readImageFile, readImageHeader } from "../../src/data/imageFile.js";
import { createRng } from "../../src/random.js";
import { temporaryFolder } from "./files.js";

/** Smooth noise, so that lossy formats and ways of scaling agree on it. */
function noise(width: number, height: number, channels: 1 | 3 | 4, cells = 8): Sharp {
  const rng = createRng(width + channels);
  const rough = Uint8Array.from({ length: cells * cells * channels }, () => rng.integer(256));
  return sharp(rough, { raw: { width: cells, height: cells, channels } }).resize(width, height, {
    fit: "fill",
    kernel: "cubic",
  });
}

async function fileOf(image: Sharp, name: string): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await image.toFile(path);
  return path;
}

/** What `decode` gives, by the steps in which nothing is left out: all pixels, turned, in sRGB, scaled. */
async function reference(path: string, { size, channels, background }: PixelFormat): Promise<Uint8Array> {
  const upright = await sharp(path).autoOrient().png().toBuffer();
  const { height, width } = typeof size === "number" ? { height: size, width: size } : (size ?? {});
  const coloured = sharp(upright).resize(width, height, { fit: "cover" }).pipelineColourspace("srgb");
  return await (channels === 4 ? coloured.ensureAlpha() : coloured.flatten({ background }))
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer();
}

function expectNear(found: Uint8Array, wanted: Uint8Array, mean: number) {
  expect(found.length).toBe(wanted.length);
  const distance = found.reduce((sum, value, i) => sum + Math.abs(value - (wanted[i] ?? 0)), 0) / found.length;
  expect(distance).toBeLessThan(mean);
}

const background = "black";

describe("a JPEG that is scaled while it is decoded", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "is turned upright from orientation %i as one of all pixels",
    async (orientation) => {
      const image = noise(600, 400, 3).withMetadata({ orientation }).jpeg({ quality: 95 });
      const path = await fileOf(image, "a.jpg");
      for (const size of [32, { height: 20, width: 36 }, undefined]) {
        const format = { size, channels: 3, background };
        expectNear(await decode(await readImageFile(path), format), await reference(path, format), 1.5);
      }
    },
  );

  it.each([
    ["grey", 1],
    ["colour", 3],
    ["cmyk", 3],
  ] as const)("is the same of %s, whatever the channels", async (kind, channels) => {
    const image = noise(900, 900, channels).toColourspace(kind === "cmyk" ? "cmyk" : kind === "grey" ? "b-w" : "srgb");
    const path = await fileOf(image.jpeg({ quality: 95 }), "a.jpg");
    for (const channels of [1, 3, 4]) {
      const format = { size: 32, channels, background };
      expectNear(await decode(await readImageFile(path), format), await reference(path, format), 2.5);
    }
  });
});

it.each([1, 3, 4] as const)("a PNG of %i channels is what it is without scaling in the decoder", async (channels) => {
  const path = await fileOf(noise(120, 90, channels).toColourspace(channels === 1 ? "b-w" : "srgb"), "a.png");
  for (const channels of [1, 3, 4]) {
    const format = { size: 32, channels, background };
    expect(await decode(await readImageFile(path), format)).toEqual(await reference(path, format));
  }
});

describe("the header of a file", () => {
  it.each([
    ["jpg", (image: Sharp) => image.withMetadata({ orientation: 6 }).jpeg({ quality: 100 })],
    ["png", (image: Sharp) => image.png()],
    ["webp", (image: Sharp) => image.webp({ lossless: true })],
  ])("of many bytes is that of the whole: %s", async (ending, encoded) => {
    const path = await fileOf(encoded(noise(400, 300, 4, 300)), `a.${ending}`);
    const { bytes, ...header } = await readImageFile(path);
    expect(bytes.length).toBeGreaterThan(2 ** 16);
    expect(await readImageHeader(path)).toEqual(header);
    expect(header).toMatchObject({ width: 400, height: 300, grey: false, transparent: ending !== "jpg" });
  });

  it("is found behind a comment that is longer than what is read of the start", async () => {
    const plain = await noise(200, 200, 3).jpeg().toBuffer();
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(0xffff - 2)]);
    const path = join(await temporaryFolder(), "a.jpg");
    await writeFile(path, Buffer.concat([plain.subarray(0, 2), comment, comment, plain.subarray(2)]));
    expect(await readImageHeader(path)).toMatchObject({ width: 200, height: 200 });
  });
});
