import { mkdir, open, readdir, readFile, rename, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readImages } from "../../src/data/readImages.js";
import { temporaryFolder } from "./files.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A JPEG, with zeros behind it where it is to be a large file. */
async function picture(path: string, background: string, bytes = 0): Promise<void> {
  await sharp({ create: { width: 32, height: 32, channels: 3, background } })
    .jpeg()
    .toFile(path);
  if (bytes > 0) await truncate(path, bytes);
}

/** A folder of two pictures that is large enough to be kept, and the folder of what is kept. */
async function large(size = 2 ** 25) {
  const [folder, cache] = [await temporaryFolder(), await temporaryFolder()];
  vi.stubEnv("MONGE_CACHE", cache);
  await picture(join(folder, "a.jpg"), "red", size);
  await picture(join(folder, "b.jpg"), "blue");
  return { folder, store: join(cache, "images") };
}

/** Changes the last of the kept bytes, by which it is seen where images come from. */
async function mark(store: string): Promise<void> {
  const [name = ""] = await readdir(store);
  const file = await open(join(store, name), "r+");
  await file.write(new Uint8Array([77]), 0, 1, (await file.stat()).size - 1);
  await file.close();
}

const lastByte = async (...asked: Parameters<typeof readImages>) => (await readImages(...asked)).bytes.at(-1);

describe("images of a large folder", () => {
  it("are decoded once", async () => {
    const { folder, store } = await large();
    const first = await readImages(folder);
    expect(await readImages(folder)).toEqual({ ...first, bytes: Buffer.from(first.bytes) });
    await mark(store);
    expect(await lastByte(folder)).toBe(77);
  });

  it("are decoded anew where a file, its name or what they are to be has changed", async () => {
    const { folder, store } = await large();
    const first = await lastByte(folder);
    await mark(store);
    expect(await lastByte(folder, { background: "white" })).toBe(first);
    await picture(join(folder, "b.jpg"), "yellow");
    expect(await lastByte(folder)).toBeLessThan(5);
    await rename(join(folder, "b.jpg"), join(folder, "c.jpg"));
    expect((await readImages(folder)).paths).toEqual([join(folder, "a.jpg"), join(folder, "c.jpg")]);
    expect(await readdir(store)).toHaveLength(4);
  });

  it("are decoded anew, and kept again, where what was kept is damaged", async () => {
    const { folder, store } = await large();
    const first = await readImages(folder);
    const [name = ""] = await readdir(store);
    const whole = await readFile(join(store, name));
    for (const damaged of [whole.subarray(0, 100), whole.subarray(30), Buffer.alloc(0), Buffer.from("{}\n")]) {
      await writeFile(join(store, name), damaged);
      expect(await readImages(folder)).toEqual(first);
      expect(await readFile(join(store, name))).toEqual(whole);
    }
  });

  it("are kept with what is said of broken ones, and refused for them all the same", async () => {
    const { folder, store } = await large();
    await writeFile(join(folder, "c.jpg"), "no image");
    const first = await readImages(folder, { skipBroken: true });
    expect(first.warnings).toEqual([
      expect.stringMatching(/c\.jpg cannot be decoded .*it is not an image.*; left out\.$/),
    ]);
    await mark(store);
    const { bytes, ...again } = await readImages(folder, { skipBroken: true });
    expect(bytes.at(-1)).toBe(77);
    expect(again).toEqual({ shape: first.shape, warnings: first.warnings, paths: first.paths });
    await expect(readImages(folder)).rejects.toThrow(
      /c\.jpg cannot be decoded .*repair or remove it, or give --skip-broken/,
    );
  });

  it("take no more room than 2 GiB: those that were not used for longest go", async () => {
    const { folder, store } = await large();
    await mkdir(store);
    for (const [name, days] of Object.entries({ old: 3, older: 5, oldest: 9 })) {
      await writeFile(join(store, name), "");
      await truncate(join(store, name), 9e8);
      await utimes(join(store, name), new Date(), new Date(Date.now() - days * 86_400_000));
    }
    await readImages(folder);
    const left = await readdir(store);
    expect(left).toHaveLength(3);
    expect(left).toEqual(expect.arrayContaining(["old", "older"]));
  });

  it("are read all the same where nothing can be kept", async () => {
    const { folder } = await large();
    const first = await readImages(folder);
    vi.stubEnv("MONGE_CACHE", join(folder, "a.jpg"));
    expect(await readImages(folder)).toEqual(first);
  });
});

describe("nothing is kept", () => {
  it("of a small folder", async () => {
    const { folder, store } = await large(2 ** 24);
    await readImages(folder);
    await expect(stat(store)).rejects.toThrow(/no such file/);
  });

  it("where it is switched off", async () => {
    const { folder, store } = await large();
    vi.stubEnv("MONGE_CACHE", "off");
    await readImages(folder);
    await expect(stat(store)).rejects.toThrow(/no such file/);
  });
});
