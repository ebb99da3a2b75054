import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.js";
import { npyBytes } from "../../src/data/npyBytes.js";
import { openDataset } from "../../src/data/open.js";
import { openImages } from "../../src/data/openImages.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { temporaryFile, temporaryFolder } from "./files.js";

/** A folder of plain grey pictures of 28 pixels, each of the shade that is given. */
async function folderOf(shades: Readonly<Record<string, number>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, shade] of Object.entries(shades)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    const raw = { width: 28, height: 28, channels: 1 } as const;
    await sharp(new Uint8Array(28 * 28).fill(shade), { raw }).toFile(join(folder, name));
  }
  return folder;
}

/** The class of each shade, as drawn batches have them together, of the held-out images too. */
function classesByShade(data: Dataset): Record<number, string> {
  const { categories } = data.fields.condition!;
  const found = new Map<number, string>();
  for (const part of [data, ...(data.heldOut ? [data.heldOut] : [])]) {
    const { sample, condition } = part.batch(createRng(1), 300);
    for (let i = 0; i < 300; i++) {
      const shade = Math.round((sample[(i * sample.length) / 300]! + 1) * 127.5);
      const row = condition!.subarray(i * categories.length, (i + 1) * categories.length);
      const name = categories[row.indexOf(1)]!;
      expect(found.get(shade) ?? name).toBe(name);
      found.set(shade, name);
    }
  }
  return Object.fromEntries(found);
}

const animals = { "cats/a.png": 10, "cats/b.png": 20, "dogs/a.png": 30, "dogs/b.png": 40 };
const ofAnimals = { 10: "cats", 20: "cats", 30: "dogs", 40: "dogs" };
const flat = { "a.png": 10, "b.png": 20, "c.png": 30, "d.png": 40 };

/** An array of 1 x 1 images of shades that count up, as IDX. */
const arrayOf = (count: number) =>
  temporaryFile(
    "images-idx3-ubyte",
    Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 1, 0, 0, 0, 1, ...Array(count).keys()),
  );
const labelsIdx = (labels: readonly number[]) =>
  temporaryFile("labels-idx1-ubyte", Uint8Array.of(0, 0, 8, 1, 0, 0, 0, labels.length, ...labels));

describe("the classes of a folder of images are", () => {
  it("its subfolders, which is said where nobody asked for them", async () => {
    const folder = await folderOf(animals);
    const data = await openImages(folder);
    expect(data.fields.condition).toEqual({ name: "class", categories: ["cats", "dogs"], shape: [2] });
    expect(classesByShade(data)).toEqual(ofAnimals);
    expect(data.warnings).toEqual([
      `The subfolders of ${folder} are taken as 2 classes (cats, dogs); --no-conditional trains without.`,
    ]);
    const asked = await openDataset(folder, { conditional: true });
    expect([classesByShade(asked), asked.warnings]).toEqual([ofAnimals, []]);
    const without = await openDataset(folder, { conditional: false });
    expect([without.fields.condition, without.warnings]).toEqual([undefined, []]);
  });

  it("none where an image lies elsewhere, or all in one", async () => {
    for (const shades of [
      { ...animals, "e.png": 50 },
      { "all/cats/a.png": 10, "all/cats/b.png": 20, "all/dogs/a.png": 30, "all/dogs/b.png": 40 },
      { "all/a.png": 10, "all/b.png": 20 },
    ]) {
      const data = await openImages(await folderOf(shades));
      expect([data.fields.condition, data.warnings]).toEqual([undefined, []]);
    }
  });

  it("ordered by size where they are numbers, and kept where broken images are left out", async () => {
    const folder = await folderOf({ "10/a.png": 10, "10/b.png": 11, "9/a.png": 1, "9/b.png": 2 });
    await writeFile(join(folder, "10", "aa.png"), "no image");
    const data = await openImages(folder, { conditional: true, skipBroken: true });
    expect(data.fields.condition!.categories).toEqual(["9", "10"]);
    expect(classesByShade(data)).toEqual({ 1: "9", 2: "9", 10: "10", 11: "10" });
  });

  it("held out with their images", async () => {
    const shades = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i % 3}/${i}.png`, 8 * i]));
    const data = await openImages(await folderOf(shades), { conditional: true });
    expect(data.heldOut!.size).toBe(3);
    expect(classesByShade(data)).toEqual(
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [8 * i, String(i % 3)])),
    );
  });

  it.each([
    ["file,label\na.png,cats\nb.png,cats\n./c.png,dogs\nd.png,dogs\n", "names.csv"],
    ["label\tsize\tfile\ndogs\t1\td.png\ndogs\t1\tc.png\ncats\t2\tb.png\ncats\t3\ta.png\n", "names.tsv"],
    ["a.png,cats\nb.png,cats\nc.png,dogs\nd.png,dogs\n", "no-names.csv"],
    ["picture;kind\na.png;cats\nb.png;cats\nc.png;dogs\nd.png;dogs\n", "other-names.csv"],
  ])("those of a table: %j", async (text, name) => {
    const labels = await temporaryFile(name, text);
    expect(classesByShade(await openDataset(await folderOf(flat), { labels }))).toEqual(ofAnimals);
  });

  it("those of a table that lies beside the folder and names its files from there", async () => {
    const folder = await folderOf({ "set/a.png": 10, "set/b.png": 20, "set/c.png": 30, "set/d.png": 40 });
    const labels = join(folder, "names.csv");
    await writeFile(labels, "file,label\nset/a.png,cats\nset/b.png,cats\nset/c.png,dogs\nset/d.png,dogs\n");
    expect(classesByShade(await openImages(join(folder, "set"), { labels }))).toEqual(ofAnimals);
  });
});

describe("the classes of an array of images are those of a file in its order:", () => {
  const classes = async (labels: string) => {
    const data = await openDataset(await arrayOf(6), { labels });
    const { sample, condition } = data.batch(createRng(0), 100);
    const { name, categories } = data.fields.condition!;
    const found = Array.from({ length: 6 }, () => "");
    for (let i = 0; i < 100; i++) {
      const row = condition!.subarray(i * categories.length, (i + 1) * categories.length);
      found[Math.round((sample[i]! + 1) * 127.5)] = categories[row.indexOf(1)]!;
    }
    return { name, categories, found };
  };

  it("the file beside an IDX file that has its name, which is said where nobody asked for it", async () => {
    const images = await arrayOf(4);
    const labels = join(dirname(images), "labels-idx1-ubyte");
    expect((await openDataset(images)).fields.condition).toBeUndefined();
    await writeFile(labels, Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 4, 5, 7, 5, 7));
    const data = await openDataset(images);
    expect(data.fields.condition?.categories).toEqual(["5", "7"]);
    expect(data.warnings).toEqual([
      `${labels} is taken as the 2 classes of ${images} (5, 7); --no-conditional trains without.`,
    ]);
    expect((await openDataset(images, { conditional: false })).fields.condition).toBeUndefined();
    await writeFile(labels, Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 7, 5));
    await expect(openDataset(images)).rejects.toThrow(/labels-idx1-ubyte has 3 labels, and .* has 4 images/);
  });

  it("IDX and .npy", async () => {
    const expected = { name: "class", categories: ["0", "3", "11"], found: ["3", "3", "0", "11", "0", "11"] };
    const values = [3, 3, 0, 11, 0, 11];
    expect(await classes(await labelsIdx(values))).toEqual(expected);
    expect(await classes(await temporaryFile("labels.npy", npyBytes([6], Float32Array.from(values))))).toEqual(
      expected,
    );
    expect(await classes(await temporaryFile("labels.npy", npyBytes([6, 1], Float64Array.from(values))))).toEqual(
      expected,
    );
  });

  it.each([
    ["label\ncat\ncat\nant\ndog\nant\ndog\n", ["ant", "cat", "dog"]],
    ["cat\ncat\nant\ndog\nant\ndog\n", ["ant", "cat", "dog"]],
    ["id,class\n1,cat\n2,cat\n3,ant\n4,dog\n5,ant\n6,dog\n", ["ant", "cat", "dog"]],
    ["2\n2\n10\n1\n10\n1\n", ["1", "2", "10"]],
  ])("a table %j", async (text, categories) => {
    expect((await classes(await temporaryFile("labels.csv", text))).categories).toEqual(categories);
  });
});

describe("refuses in a sentence", () => {
  const refused = async (opening: Promise<unknown>, message: RegExp) => {
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(message);
  };
  const named = async (text: string, shades: Readonly<Record<string, number>> = flat) =>
    openDataset(await folderOf(shades), { labels: await temporaryFile("names.csv", text) });

  it("a class of one image, and trains without where nobody asked for classes", async () => {
    const folder = await folderOf({ ...animals, "zebras/a.png": 50 });
    const message =
      /^The class "zebras" of .* has one image only: add others of it, or remove it, or train without classes \(--no-conditional\)\.$/;
    await refused(openImages(folder, { conditional: true }), message);
    const data = await openImages(folder);
    expect(data.fields.condition).toBeUndefined();
    expect(data.warnings).toEqual([
      expect.stringMatching(
        /^The class "zebras" of .* has one image only, so that its subfolders are not taken as classes: /,
      ),
    ]);
    await refused(named("file,label\na.png,x\nb.png,x\nc.png,x\nd.png,y\n"), /class "y" .*, or leave out --labels\.$/);
  });

  it("one class alone, and more than a thousand", async () => {
    await refused(
      openImages(await folderOf({ "x/a.png": 1, "x/b.png": 2 }), { conditional: true }),
      /^All images of .* are of the class "x": add /,
    );
    const many = Array.from({ length: 2002 }, (_, i) => i >> 1);
    const images = await temporaryFile("images.npy", npyBytes([2002, 1, 1], new Float32Array(2002)));
    const labels = await temporaryFile("labels.npy", npyBytes([2002], Float32Array.from(many)));
    await refused(
      openDataset(images, { labels }),
      /has 1001 classes, and 1000 are the most: join some of them, or leave/,
    );
  });

  it("conditions where there are no classes", async () => {
    await refused(
      openImages(await folderOf(flat), { conditional: true }),
      /no classes that could be a condition: sort its images into/,
    );
    await refused(
      openDataset(await arrayOf(4), { conditional: true }),
      /no labels that could be a condition: give a file .*--labels/,
    );
  });

  it("files of labels that do not fit", async () => {
    const labels = await labelsIdx([0, 0, 1, 1, 1]);
    await refused(
      openDataset(await arrayOf(4), { labels }),
      /-ubyte has 5 labels, and .* has 4 images; give one label for each/,
    );
    await refused(
      openDataset(await arrayOf(4), { labels: await temporaryFile("l.csv", "a\nb\n") }),
      /l\.csv has 1 labels/,
    );
    await refused(openDataset(await folderOf(flat), { labels }), /has no file names: the classes of a folder/);
    const short = await temporaryFile("l.csv", "label\na\na\nb\n");
    await refused(openDataset(await arrayOf(4), { labels: short }), /l\.csv has 3 labels, and/);
    const halves = await temporaryFile("l.npy", npyBytes([4], Float32Array.of(0, 0.5, 1, 1)));
    await refused(openDataset(await arrayOf(4), { labels: halves }), /l\.npy holds 0\.5; labels are whole numbers/);
    const pairs = await temporaryFile("l.npy", npyBytes([4, 2], new Float32Array(8)));
    await refused(
      openDataset(await arrayOf(4), { labels: pairs }),
      /has the shape \[4, 2\]; labels are one whole number/,
    );
  });

  it("tables that name other files, or leave some out", async () => {
    await refused(
      named("file,label\na.png,x\nb.png,x\nc.png,y\nd.png,y\ne.png,y\n"),
      /names a file that is not among the images of .* \(e\.png\); give/,
    );
    await refused(
      named("file,label\na.png,x\nb.png,x\nc.png,y\n"),
      /leaves out 1 of 4 images of .* \(d\.png\); give each a class/,
    );
    await refused(named("file,label\na.png,x\na.png,x\nc.png,y\nd.png,y\n"), /names "a\.png" twice; give it one class/);
    await refused(named("file,label\na.png,x\nb.png,x\nc.png,\nd.png,y\n"), /says no class of "c\.png"; give it one/);
    await refused(
      named("p,q,r\na.png,x,1\nb.png,x,1\nc.png,y,2\nd.png,y,2\n"),
      /has the columns p, q, r: call the one of file names "file"/,
    );
  });

  it("labels of what are no images, that are not to be used, or are not there", async () => {
    const labels = await labelsIdx([0, 1]);
    for (const data of ["ring", "mnist", await temporaryFile("points.csv", "x,y\n1,2\n3,5\n")])
      await refused(
        openDataset(data, { labels }),
        /^Labels can be given for a folder or file of images only, and .* is none/,
      );
    await refused(
      openDataset(await temporaryFile("rows.csv", "x,y\n1,2\n3,5\n"), { labels, as: "table" }),
      /^Labels can be given/,
    );
    await refused(
      openDataset(await arrayOf(4), { labels, conditional: false }),
      /^--labels gives conditions .* give one of the two\.$/,
    );
    await refused(openImages(await folderOf(flat), { labels: "none.csv" }), /^none\.csv cannot be read: no such file/);
    await refused(openImages(await folderOf(flat), { labels: "-" }), /^Labels cannot come from standard input/);
  });
});
