import { mkdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { comparablePoints } from "../../src/data/pointPair.js";
import { type FilePoints, readPoints } from "../../src/data/pointSets.js";
import { temporaryFile, temporaryFolder } from "./files.js";

const fixture = JSON.parse(await readFile(new URL("../fixtures/data/npy.json", import.meta.url), "utf8")) as {
  cases: { readonly name: string; readonly file: string }[];
  notFinite: string;
};
const saved = (name: string) =>
  temporaryFile("array.npy", Buffer.from(fixture.cases.find((one) => one.name === name)!.file, "base64"));
const table = (text: string) => temporaryFile("points.csv", text);
const idx = (type: number, shape: readonly number[], elements: readonly number[]) =>
  temporaryFile(
    "data.idx",
    Uint8Array.from([0, 0, type, shape.length, ...shape.flatMap((length) => [0, 0, 0, length]), ...elements]),
  );

async function folderOf(color: string, size = 28): Promise<string> {
  const folder = join(await temporaryFolder(), "images");
  await mkdir(folder);
  await sharp({ create: { width: size, height: size, channels: 3, background: color } }).toFile(join(folder, "a.png"));
  return folder;
}

describe("points of a file", () => {
  it("of a table are its numbers as they are, constant columns and large ones included", async () => {
    const { points, count, dimension, columns, weights } = await readPoints(await table("x,time\n1,1.7e9\n1,-0.1\n"));
    expect([...points]).toEqual([1, 1.7e9, 1, -0.1]);
    expect({ count, dimension, columns, weights }).toEqual({
      count: 2,
      dimension: 2,
      columns: ["x", "time"],
      weights: undefined,
    });
  });

  it("of a table with weights are the other columns", async () => {
    const path = await table("x,w,y\n1,3,2\n4,0,5\n");
    const { points, dimension, columns, weights } = await readPoints(path, { weights: "w" });
    expect([...points]).toEqual([1, 2, 4, 5]);
    expect([...weights!]).toEqual([3, 0]);
    expect({ dimension, columns }).toEqual({ dimension: 2, columns: ["x", "y"] });
  });

  it.each([
    ["one axis", 3, 1],
    ["version 1", 3, 2],
    ["C order, 3 axes", 2, 12],
  ])("of an array: %s", async (name, count, dimension) => {
    expect(await readPoints(await saved(name))).toMatchObject({ count, dimension });
  });

  it("of an IDX file of shorts are as they are, those of images in [-1, 1]", async () => {
    expect([...(await readPoints(await idx(11, [2], [0, 5, 255, 255]))).points]).toEqual([5, -1]);
    const images = await readPoints(await idx(8, [2, 1, 2], [0, 255, 51, 0]));
    expect([...images.points].map((value) => Number(value.toFixed(6)))).toEqual([-1, 1, -0.6, -1]);
    expect(images).toMatchObject({ count: 2, dimension: 2, imageShape: [1, 2, 1] });
  });

  it("of a folder are its images", async () => {
    const { points, ...rest } = await readPoints(await folderOf("red"));
    expect(rest).toMatchObject({ count: 1, dimension: 28 * 28 * 3, imageShape: [28, 28, 3] });
    expect([...points.subarray(0, 3)]).toEqual([1, -1, -1]);
    expect(await readPoints(await folderOf("red", 50), { size: 32, channels: 1 })).toMatchObject({ dimension: 1024 });
    const idx = Buffer.concat([Buffer.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2), Buffer.of(9, 9, 9, 9)]);
    const scaled = await readPoints(await temporaryFile("a-ubyte", idx), { size: 32 });
    expect(scaled).toMatchObject({ dimension: 1024, imageShape: [32, 32, 1] });
  });

  const refusals: [name: string, path: () => string | Promise<string>, options: object, message: RegExp][] = [
    ["a missing file", () => "nowhere.csv", {}, /no file or folder called "nowhere\.csv"/],
    ["an unknown kind", () => temporaryFile("points.doc", "1"), {}, /points\.doc is of no known kind: give a table/],
    ["a bad cell", () => table("x,y\n1,2\n3,four\n"), {}, /points\.csv, line 3, column "y": "four" is not/],
    ["a table without rows", () => table("x,y\n"), {}, /no rows/],
    ["an array without an axis", () => saved("no axis"), {}, /one number without an axis/],
    ["an empty array", () => saved("no points"), {}, /holds no points: its shape is \(0, 2\)/],
    [
      "a number that is not finite",
      () => temporaryFile("array.npy", Buffer.from(fixture.notFinite, "base64")),
      {},
      /array\.npy: point 1 \(counted from 0\) has the coordinate Infinity/,
    ],
    ["weights of an array", () => saved("one axis"), { weights: "w" }, /Weights are a column of a table/],
    ["weights that are not there", () => table("x,y\n1,2\n"), { weights: "w" }, /no column "w" .*its columns are x, y/],
    ["weights that are there twice", () => table("x,w,w\n1,2,3\n"), { weights: "w" }, /two columns are named "w"/],
    ["nothing but weights", () => table("w\n1\n"), { weights: "w" }, /no column of coordinates/],
    [
      "a negative weight",
      () => table("x,w\n1,2\n3,-1\n"),
      { weights: "w" },
      /"w": the weight of point 1 .* is -1; weights cannot be negative/,
    ],
    [
      "a weight that is not finite",
      () => table("x,w\n1,2\n3,Infinity\n"),
      { weights: "w" },
      /line 3, column "w": "Infinity" is not a finite/,
    ],
    ["weights of nothing", () => table("x,w\n1,0\n3,0\n"), { weights: "w" }, /"w": all weights are 0/],
  ];
  it("refuses a file that Node cannot read in one piece", async () => {
    const path = await temporaryFile("large.npy", "");
    await truncate(path, 2 ** 31);
    await expect(readPoints(path)).rejects.toThrow(/large\.npy has 2147483648 bytes, .* 2 GiB/);
  });

  it.each(refusals)("refuses %s", async (_, path, options, message) => {
    await expect(readPoints(await path(), options)).rejects.toThrow(message);
    await expect(readPoints(await path(), options)).rejects.toMatchObject({ name: "InputError" });
  });
});

describe("two sets that are to be compared", () => {
  const set = (path: string, points: readonly number[], more: Partial<FilePoints> = {}): FilePoints => {
    const dimension = more.columns?.length ?? 1;
    return { path, points: Float64Array.from(points), count: points.length / dimension, dimension, ...more };
  };

  it("get the columns of the first", () => {
    const a = set("a", [1, 2, 3], { columns: ["x", "y", "z"] });
    const b = set("b", [30, 10, 20, 33, 11, 22], { columns: ["z", "x", "y"] });
    const [first, second] = comparablePoints(a, b);
    expect(first).toEqual(a);
    expect([...second.points]).toEqual([10, 20, 30, 11, 22, 33]);
    expect(second.columns).toEqual(["x", "y", "z"]);
  });

  it("get weights as shares of 1", () => {
    const [a, b] = comparablePoints(
      set("a", [1, 2], { weights: Float64Array.of(1, 3) }),
      set("b", [1], { weights: Float64Array.of(4) }),
    );
    expect([[...a.weights!], [...b.weights!]]).toEqual([[0.25, 0.75], [1]]);
  });

  const weighted = (path: string, ...weights: number[]) => set(path, weights, { weights: Float64Array.from(weights) });
  it("may have weights of different sums when told so only", () => {
    const [a, b] = [weighted("a", 1, 3), weighted("b", 1, 2)];
    expect(() => comparablePoints(a, b)).toThrow(/weights of a sum to 4 and those of b to 3; give --normalise/);
    expect([...comparablePoints(a, b, { normalise: true })[1].weights!]).toEqual([1 / 3, 2 / 3]);
    expect(() => comparablePoints(weighted("a", 0.1, 0.2), weighted("b", 0.3))).not.toThrow();
  });

  const image = (path: string, ...shape: number[]) => set(path, [0, 1, -1], { dimension: 3, imageShape: shape });
  it.each([
    [
      "columns of other names",
      set("a", [1, 2], { columns: ["x", "y"] }),
      set("b", [1, 2], { columns: ["x", "u"] }),
      /The columns differ: a has x, y and b has x, u/,
    ],
    [
      "fewer columns",
      set("a", [1, 2], { columns: ["x", "y"] }),
      set("b", [1], { columns: ["x"] }),
      /a has x, y and b has x;/,
    ],
    [
      "columns of one name in another order",
      set("a", [1, 2, 3], { columns: ["x", "x", "y"] }),
      set("b", [1, 2, 3], { columns: ["x", "y", "x"] }),
      /The columns differ/,
    ],
    [
      "points of other dimensions",
      set("a", [1, 2], { dimension: 2 }),
      set("b", [1]),
      /a has points of dimension 2 and b of 1/,
    ],
    ["images of other shapes", image("a", 1, 1, 3), image("b", 1, 3, 1), /images of 1 x 1 x 3 .* 1 x 3 x 1; .*--size/],
    [
      "images and bytes",
      image("a", 1, 1, 3),
      set("b", [0, 255, 7], { dimension: 3 }),
      /numbers from -1 to 1, and b has the number 255/,
    ],
    ["bytes and images", set("b", [0, 255, 7], { dimension: 3 }), image("a", 1, 1, 3), /b has the number 255/],
  ])("are refused with %s", (_, a, b, message) => {
    expect(() => comparablePoints(a, b)).toThrow(message);
  });
});
