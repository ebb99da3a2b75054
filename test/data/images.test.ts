import { execFileSync } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.js";
import { openImages } from "../../src/data/openImages.js";
import { readImages } from "../../src/data/readImages.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { temporaryFolder } from "./files.js";

interface Picture {
  readonly width: number;
  readonly height?: number;
  /** Red, green, blue and, perhaps, opacity from 0 to 1. */
  readonly color?: readonly [number, number, number, number?];
  readonly grey?: boolean;
}

/** A folder with one plain picture a name; the name's ending chooses the format. */
async function folderOf(pictures: Readonly<Record<string, Picture>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, { width, height = width, color = [255, 0, 0], grey = false }] of Object.entries(pictures)) {
    const [r, g, b, alpha] = color;
    await mkdir(dirname(join(folder, name)), { recursive: true });
    const background = { r, g, b, alpha: alpha ?? 1 };
    const plain = sharp({ create: { width, height, channels: alpha === undefined ? 3 : 4, background } });
    await (grey ? plain.toColourspace("b-w") : plain).toFile(join(folder, name));
  }
  return folder;
}

/** The first pixel of each of many drawn samples, as bytes, without repeats, sorted. */
function firstPixels(dataset: Dataset): string[] {
  const width = dataset.fields.sample.shape.reduce((size, axis) => size * axis, 1);
  const samples = dataset.batch(createRng(1), 200).sample;
  const pixels = Array.from({ length: 200 }, (_, i) =>
    Array.from(samples.subarray(i * width, i * width + dataset.fields.sample.shape[2]!), (x) =>
      Math.round((x + 1) * 127.5),
    ),
  );
  return [...new Set(pixels.map(String))].sort();
}

describe("a folder of images", () => {
  it("is read with its subfolders, whatever the formats, at the size that all share", async () => {
    const folder = await folderOf({
      "red.png": { width: 32 },
      "cats/green.webp": { width: 32, color: [0, 255, 0] },
      "dogs/deep/white.JPG": { width: 32, color: [255, 255, 255] },
    });
    await writeFile(join(folder, "notes.txt"), "not an image");
    await writeFile(join(folder, "._red.png"), "a hidden file");
    const dataset = await openImages(folder);
    expect(dataset).toMatchObject({
      name: folder,
      fields: { sample: { shape: [32, 32, 3] } },
      size: 3,
      codec: { kind: "images" },
    });
    const [green, red, white] = firstPixels(dataset);
    expect([red, white]).toEqual(["255,0,0", "255,255,255"]);
    // WebP is lossy by a step or two.
    expect(green).toMatch(/^[0-3],25[2-5],[0-3]$/);
  });

  it("is grey where every image is, and colour otherwise", async () => {
    const grey = { width: 28, color: [128, 128, 128], grey: true } as const;
    const allGrey = await openImages(await folderOf({ "a.png": grey, "b.jpg": grey }));
    expect(allGrey.fields.sample.shape).toEqual([28, 28, 1]);
    expect(firstPixels(allGrey)).toEqual(["128"]);
    const mixed = await folderOf({ "a.png": grey, "b.png": { width: 28 } });
    const colour = await openImages(mixed);
    expect(colour.fields.sample.shape).toEqual([28, 28, 3]);
    expect(firstPixels(colour)).toEqual(["128,128,128", "255,0,0"]);
    expect((await openImages(mixed, { channels: 1 })).fields.sample.shape).toEqual([28, 28, 1]);
  });

  it("is cropped at the centre and scaled to the size asked for", async () => {
    const folder = await temporaryFolder();
    // Blue, red, blue: the centre square of a 192 x 64 picture is all red.
    const blue = { create: { width: 192, height: 64, channels: 3 as const, background: "blue" } };
    const red = { create: { width: 64, height: 64, channels: 3 as const, background: "red" } };
    await sharp(blue)
      .composite([{ input: red, left: 64, top: 0 }])
      .toFile(join(folder, "wide.png"));
    const dataset = await openImages(folder, { size: 64 });
    const pixels = dataset.batch(createRng(0), 1).sample;
    expect(pixels).toHaveLength(64 * 64 * 3);
    expect(pixels.every((x, i) => x === (i % 3 === 0 ? 1 : -1))).toBe(true);
    expect((await openImages(folder, { size: 28, channels: 1 })).fields.sample.shape).toEqual([28, 28, 1]);
  });

  it("keeps rows, columns and channels in order", async () => {
    const folder = await temporaryFolder();
    const bytes = Uint8Array.from({ length: 28 * 28 * 3 }, (_, i) => (i * 7) % 256);
    await sharp(bytes, { raw: { width: 28, height: 28, channels: 3 } }).toFile(join(folder, "a.png"));
    const pixels = (await openImages(folder)).batch(createRng(0), 1).sample;
    expect(Array.from(pixels, (x) => Math.round((x + 1) * 127.5))).toEqual([...bytes]);
  });

  it("shows what is transparent as black, and 16 bits as 8", async () => {
    const folder = await folderOf({
      "clear.png": { width: 32, color: [255, 255, 255, 0] },
      "half.png": { width: 32, color: [255, 255, 255, 0.5] },
    });
    await sharp({ create: { width: 32, height: 32, channels: 3, background: "white" } })
      .toColourspace("rgb16")
      .toFile(join(folder, "deep.png"));
    const pixels = firstPixels(await openImages(folder));
    expect(pixels[0]).toBe("0,0,0");
    expect(pixels[1]).toMatch(/^(127|128),/);
    expect(pixels[2]).toBe("255,255,255");
  });

  it("holds out a tenth of the images", async () => {
    const shade = (i: number) => [`${i}.png`, { width: 28, color: [i, i, i] }] as const;
    const folder = await folderOf(Object.fromEntries(Array.from({ length: 20 }, (_, i) => shade(i))));
    const dataset = await openImages(folder, { seed: 3 });
    const [training, heldOut] = [firstPixels(dataset), firstPixels(dataset.heldOut!)];
    expect([training.length, heldOut.length]).toEqual([18, 2]);
    expect(new Set([...training, ...heldOut]).size).toBe(20);
  });
});

describe("a folder holds what its files are, not what they are called:", () => {
  const red = { width: 32 };

  it("a JPEG and a WebP named .png are read", async () => {
    const folder = await folderOf({
      "a.jpg": { width: 32, color: [255, 255, 255] },
      "b.webp": { width: 32, color: [0, 0, 0] },
    });
    const other = await temporaryFolder();
    await writeFile(join(other, "a.png"), await readFile(join(folder, "a.jpg")));
    await writeFile(join(other, "b.png"), await readFile(join(folder, "b.webp")));
    expect(firstPixels(await openImages(other))).toEqual(["0,0,0", "255,255,255"]);
  });

  it("an SVG is not, nor what it names", async () => {
    const folder = await folderOf({ "secret/a.png": red });
    const link = `<image href="secret/a.png" width="32" height="32"/>`;
    for (const start of ["", '<?xml version="1.0"?>\n', "  \n<!-- a picture -->", "\ufeff"]) {
      const svg = `${start}<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">${link}</svg>`;
      await writeFile(join(folder, "b.png"), svg);
      await expect(openImages(folder)).rejects.toThrow(
        /b\.png cannot be decoded as an image \(it is an SVG or other XML, and PNG/,
      );
    }
  });

  it.each(["gif", "tiff", "avif"] as const)("a %s is not", async (kind) => {
    const folder = await folderOf({ "a.png": red });
    const image = sharp({ create: { width: 32, height: 32, channels: 3, background: "red" } });
    await writeFile(join(folder, "b.png"), await image.toFormat(kind).toBuffer());
    await expect(openImages(folder)).rejects.toThrow(
      new RegExp(`b\\.png cannot be decoded as an image \\(it is an? ${kind}, and PNG, JPEG or WebP is needed\\)`, "i"),
    );
  });

  it("hidden files, hidden folders and what macOS adds to an archive are no data", async () => {
    const broken = Buffer.from("no image");
    const folder = await folderOf({ "cats/a.png": red });
    for (const path of [".DS_Store", "cats/._a.png", ".ipynb_checkpoints/a-checkpoint.png", "__MACOSX/cats/a.png"]) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), broken);
    }
    expect((await openImages(folder)).size).toBe(1);
  });

  it("links are followed, and those that lead in a circle end", async () => {
    const [folder, other] = [await folderOf({ "a.png": red }), await folderOf({ "b.png": red, "deep/c.png": red })];
    await symlink(other, join(folder, "linked"));
    await symlink(folder, join(folder, "circle"));
    await symlink("..", join(other, "deep", "up"));
    await symlink(join(folder, "circle"), join(other, "circle"));
    expect((await openImages(folder)).size).toBe(3);
    await symlink(join(folder, "nowhere.png"), join(folder, "dangling.png"));
    await expect(openImages(folder)).rejects.toThrow(/dangling\.png cannot be decoded as an image \(no such file/);
  });

  it.runIf(process.platform !== "win32")("a pipe named like an image is no image", async () => {
    const folder = await folderOf({ "a.png": red });
    execFileSync("mkfifo", [join(folder, "pipe.png")]);
    expect((await openImages(folder)).size).toBe(1);
  });

  it("an image of more than 100 million pixels is not decoded", async () => {
    const folder = await folderOf({ "a.png": red });
    const whole = await readFile(join(folder, "a.png"));
    whole.writeUInt32BE(20_000, 16);
    whole.writeUInt32BE(30_000, 20);
    whole.writeUInt32BE(crc32(whole.subarray(12, 29)), 29);
    await writeFile(join(folder, "bomb.png"), whole);
    for (const options of [{}, { size: 28, channels: 1 }])
      await expect(openImages(folder, options)).rejects.toThrow(
        /bomb\.png cannot be decoded .*it has 20000 x 30000 pixels, and 100,000,000 are the most/,
      );
  });
});

describe("broken images", () => {
  async function withBroken(): Promise<string> {
    const folder = await folderOf({
      "a.png": { width: 32 },
      "b/cut.png": { width: 32 },
      "c.png": { width: 32, color: [0, 0, 255] },
      "d.png": { width: 32, color: [0, 255, 0] },
    });
    const cut = join(folder, "b/cut.png");
    await writeFile(cut, (await readFile(cut)).subarray(0, 60));
    await writeFile(join(folder, "empty.png"), "");
    return folder;
  }

  it("are refused with their number, the first names, and the option that leaves them out", async () => {
    const folder = await withBroken();
    const refused = openImages(folder);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(
      /: it is empty, and PNG, JPEG or WebP is needed.*\); repair or remove them, or give --skip-broken to leave them out\.$/,
    );
    await expect(refused).rejects.toThrow(/2 of 5 images in .* cannot be decoded \(.*b\/cut\.png: /);
  });

  it("are left out where asked, and it is said", async () => {
    const folder = await withBroken();
    for (const options of [{}, { size: 32, channels: 3 }]) {
      const dataset = await openImages(folder, { ...options, skipBroken: true });
      expect(firstPixels(dataset)).toEqual(["0,0,255", "0,255,0", "255,0,0"]);
      expect(dataset.warnings).toEqual([
        expect.stringMatching(/^2 of 5 images in .* cannot be decoded .*; left out\.$/),
      ]);
    }
    expect((await openImages(await folderOf({ "a.png": { width: 32 } }), { skipBroken: true })).warnings).toEqual([]);
  });

  it("are refused all the same where no other is left", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "a.png"), "no image");
    await expect(openImages(folder, { skipBroken: true })).rejects.toThrow(
      /\(it is not an image,.*; repair or remove it\.$/,
    );
  });
});

describe("what is transparent shows the background:", () => {
  it.each([
    ["black", "0,0,0", "100,0,0"],
    ["white", "255,255,255", "228,128,128"],
    ["#00ff00", "0,255,0", "100,128,0"],
  ])("%s", async (background, clear, half) => {
    const folder = await folderOf({
      "clear.png": { width: 32, color: [200, 0, 0, 0] },
      "half.png": { width: 32, color: [200, 0, 0, 0.5] },
    });
    const near = (found: string, wanted: string) => {
      const [a, b] = [found.split(",").map(Number), wanted.split(",").map(Number)];
      expect(a.every((value, i) => Math.abs(value - b[i]!) <= 1)).toBe(true);
    };
    const pixels = firstPixels(await openImages(folder, { background }));
    expect(pixels).toContain(clear);
    near(pixels.find((pixel) => pixel !== clear)!, half);
  });

  it("of a palette too, and of grey images, which stay grey unless the background has a colour", async () => {
    const folder = await temporaryFolder();
    const clear = sharp({
      create: { width: 32, height: 32, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    });
    await clear.clone().png({ palette: true }).toFile(join(folder, "palette.png"));
    expect(firstPixels(await openImages(folder, { background: "#0080ff" }))).toEqual(["0,128,255"]);
    const grey = await temporaryFolder();
    await clear.clone().toColourspace("b-w").png().toFile(join(grey, "a.png"));
    expect((await sharp(join(grey, "a.png")).metadata()).channels).toBe(2);
    expect(firstPixels(await openImages(grey))).toEqual(["0"]);
    expect(firstPixels(await openImages(grey, { background: "white" }))).toEqual(["255"]);
    expect(firstPixels(await openImages(grey, { background: "#0080ff" }))).toEqual(["0,128,255"]);
    // The luminance of that blue (ITU-R BT.709, in linear light) as a grey of sRGB.
    const [luminance] = firstPixels(await openImages(grey, { background: "#0080ff", channels: 1 }));
    expect(Math.abs(Number(luminance) - 131)).toBeLessThan(2);
  });
});

it("transparent images stay transparent in 4 channels, and others become opaque", async () => {
  const folder = await temporaryFolder();
  const create = { width: 32, height: 32, channels: 4, background: { r: 255, g: 0, b: 51, alpha: 0.6 } } as const;
  await sharp({ create }).png().toFile(join(folder, "a.png"));
  await sharp({ create }).removeAlpha().toColourspace("b-w").png().toFile(join(folder, "b.png"));
  const { bytes, shape } = await readImages(folder, { channels: 4 });
  expect(shape).toEqual([32, 32, 4]);
  expect([...bytes.subarray(0, 4)]).toEqual([255, 0, 51, 153]);
  expect(bytes.at(-1)).toBe(255);
});

describe("images of several sizes, or of one that no network is built for", () => {
  it("are scaled and cropped, with a line that says so", async () => {
    const several = await openImages(await folderOf({ "a.png": { width: 32 }, "b.png": { width: 64 } }));
    expect(several.fields.sample.shape).toEqual([48, 48, 3]);
    expect(several.warnings).toEqual([
      expect.stringMatching(/from 32 x 32 to 64 x 64 pixels: each is scaled to cover 48/),
    ]);
    const large = await openImages(await folderOf({ "a.png": { width: 100, height: 90 } }));
    expect(large.fields.sample.shape).toEqual([64, 64, 3]);
  });

  it("are counted while they are read", async () => {
    const told: string[] = [];
    const onProgress = (done: number, of: number) => told.push(`${done}/${of}`);
    await openImages(await folderOf({ "a.png": { width: 32 }, "b.png": { width: 32 } }), { onProgress });
    expect(told).toEqual(["1/2", "2/2"]);
  });
});

describe("what cannot be used is refused by name:", () => {
  async function refusal(folder: string, options: Parameters<typeof openImages>[1], message: RegExp) {
    await expect(openImages(folder, options)).rejects.toThrow(InputError);
    await expect(openImages(folder, options)).rejects.toThrow(message);
  }

  it("damaged images", async () => {
    for (const name of ["a.png", "a.jpg", "a.webp"]) {
      const folder = await folderOf({ [name]: { width: 64 } });
      const path = join(folder, name);
      const whole = await readFile(path);
      for (const content of [whole.subarray(0, whole.length / 2), Buffer.alloc(0), Buffer.from("no image at all")]) {
        await writeFile(path, content);
        const message = new RegExp(
          `${name.replace(".", "\\.")} cannot be decoded as an image \\(.+\\); repair or remove it`,
        );
        await refusal(folder, {}, message);
        await refusal(folder, { size: 64, channels: 3 }, message);
      }
    }
  });

  it("folders without images, and no folder at all", async () => {
    const folder = await temporaryFolder();
    await refusal(folder, {}, /holds no PNG, JPEG or WebP image/);
    await writeFile(join(folder, "notes.txt"), "no image");
    await refusal(folder, {}, /holds no PNG, JPEG or WebP image/);
    await refusal(join(folder, "none"), {}, /none cannot be read: no such file or directory/);
  });

  it("a size or channels that no network has", async () => {
    const folder = await folderOf({ "a.png": { width: 32 } });
    await refusal(folder, { size: 30 }, /size 30: the networks are built for sides that are a multiple of 4/);
    await refusal(folder, { channels: 2 }, /2 channels: give 1 for grey, 3 for colour or 4/);
    await refusal(folder, { background: "mauve" }, /background mauve is not supported: give black, white or #rrggbb/);
  });
});
