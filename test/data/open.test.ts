import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { datasets } from "../../src/data/catalogue.js";
import { openDataset } from "../../src/data/open.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { temporaryFile, temporaryFolder } from "./files.js";

it.each(datasets.entries)(
  "opens $name by its name, with the labels that it says",
  async ({ name, summary, labels }) => {
    expect(summary).not.toBe("");
    expect((await openDataset(name)).name).toBe(name);
    if (labels === undefined) return;
    expect((await openDataset(name, { conditional: true })).fields.condition!.name).toBe(labels);
  },
);

describe("opens a path by what it is:", () => {
  it("a table", async () => {
    const path = await temporaryFile("points.csv", "a,b\n1,2\n3,4\n");
    expect(await openDataset(path)).toMatchObject({ name: path, fields: { sample: { shape: [2] } }, size: 2 });
  });

  it.each(["train-images-idx3-ubyte", "digits.idx", "digits.idx3-ubyte", "digits.idx3", "digits-ubyte.gz", "d.idx.gz"])(
    "an IDX file called %s",
    async (name) => {
      const path = await temporaryFile(name, Buffer.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9));
      expect(await openDataset(path)).toMatchObject({ name: path, fields: { sample: { shape: [1, 1, 1] } }, size: 1 });
    },
  );

  it("a folder, even one that is called like a file", async () => {
    const folder = join(await temporaryFolder(), "images.csv");
    await mkdir(folder);
    await sharp({ create: { width: 50, height: 40, channels: 3, background: "red" } }).toFile(join(folder, "a.png"));
    const dataset = await openDataset(folder, { size: 32, channels: 1 });
    expect(dataset).toMatchObject({ name: folder, fields: { sample: { shape: [32, 32, 1] } }, size: 1 });
  });

  it("with the seed that parts it", async () => {
    const rows = Array.from({ length: 100 }, (_, i) => i).join("\n");
    const path = await temporaryFile("points.csv", `a\n${rows}\n`);
    const drawn = async (seed: number) => (await openDataset(path, { seed })).heldOut!.batch(createRng(0), 50).sample;
    expect(await drawn(1)).toEqual(await drawn(1));
    expect(await drawn(1)).not.toEqual(await drawn(2));
  });
});

describe("refuses", () => {
  it("an unknown name, with the known ones and the nearest", async () => {
    await expect(openDataset("rign")).rejects.toThrow(InputError);
    await expect(openDataset("rign")).rejects.toThrow(
      'There is no data set and no file or folder called "rign". Did you mean ring? Known data sets: ring, grid, unequal-modes, two-gaussians, gaussian, line, swiss-roll, spiral, moons, disjoint-regions, mnist, stacked-mnist.',
    );
    expect((await openDataset("Swiss-Roll")).name).toBe("swiss-roll");
    await expect(openDataset("swissroll")).rejects.toThrow(/Did you mean swiss-roll\?/);
    // A name that every object has.
    await expect(openDataset("constructor")).rejects.toThrow(InputError);
  });

  it("a missing file, without guessing at a name", async () => {
    await expect(openDataset("data/ring.csv")).rejects.toThrow(
      'There is no data set and no file or folder called "data/ring.csv". Known data sets:',
    );
  });

  it("a file of another kind", async () => {
    const path = await temporaryFile("photo.png", "");
    await expect(openDataset(path)).rejects.toThrow(InputError);
    await expect(openDataset(path)).rejects.toThrow(/photo\.png is of no known kind: give a table \(\.csv/);
  });

  it("a size for what is no folder of images", async () => {
    await expect(openDataset("mnist", { size: 32 })).rejects.toThrow(InputError);
    await expect(openDataset("ring", { channels: 1 })).rejects.toThrow(
      /a folder or file of images only, and ring is none/,
    );
  });
});
