import { describe, expect, it } from "vitest";
import { decode } from "../../src/data/codecs/index.js";
import type { Dataset } from "../../src/data/dataset.js";
import { fromArray, fromRows } from "../../src/data/memory.js";
import { openDataset } from "../../src/data/open.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { temporaryFile } from "./files.js";

const points = Array.from({ length: 40 }, (_, i) => [i, (i * i) % 7]);

/** All samples in their own units, in the order they were given, where none is held out. */
function rowsOf(data: Dataset, width: number): number[][] {
  const values = decode(data.codec, data.distinct!(createRng(0), data.size).sample);
  const rows = Array.from({ length: data.size }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
  return rows.sort((a, b) => a[0]! - b[0]!);
}

describe("points in memory", () => {
  it("are what the same points in a file are, nested or flat", async () => {
    const file = await openDataset(
      await temporaryFile("points.json", JSON.stringify(points.map(([a, b]) => ({ 1: a, 2: b })))),
    );
    for (const array of [points, { shape: [40, 2], data: points.flat() }]) {
      const data = fromArray(array);
      expect(data).toMatchObject({ name: "array", kind: "points", fields: { sample: { shape: [2] } }, size: 36 });
      expect(data.codec).toEqual(file.codec);
      expect(data.batch(createRng(1), 20)).toEqual(file.batch(createRng(1), 20));
      expect(data.heldOut!.batch(createRng(1), 20)).toEqual(file.heldOut!.batch(createRng(1), 20));
    }
  });

  it("may be numbers on a line", () => {
    const data = fromArray([3, 1, 2], { name: "three" });
    expect(data).toMatchObject({ name: "three", size: 3, fields: { sample: { shape: [1] } } });
    expect(rowsOf(data, 1)).toEqual([[1], [2], [3]]);
  });

  it("take their labels along, also those that are held out", () => {
    const labels = points.map(([a]) => (a! % 3 === 0 ? "fizz" : "none"));
    const data = fromArray(points, { labels, labelName: "word" });
    expect(data.fields.condition).toEqual({ name: "word", categories: ["fizz", "none"], shape: [2] });
    for (const part of [data, data.heldOut!]) {
      const { sample, condition } = part.batch(createRng(2), 100);
      const values = decode(data.codec, sample);
      for (let i = 0; i < 100; i++) expect(condition![2 * i]).toBe(values[2 * i]! % 3 === 0 ? 1 : 0);
    }
    expect(fromArray([1, 2, 3], { labels: [10, 9, 10] }).fields.condition!.categories).toEqual(["9", "10"]);
  });
});

describe("images in memory", () => {
  const bytes = Uint8Array.from({ length: 3 * 4 }, (_, i) => 20 * i);
  const pictures = Array.from({ length: 3 }, (_, i) => [
    [20 * (4 * i), 20 * (4 * i + 1)],
    [20 * (4 * i + 2), 20 * (4 * i + 3)],
  ]);

  it.each([
    ["bytes", { shape: [3, 2, 2], data: bytes }],
    ["bytes of a canvas, with a channel", { shape: [3, 2, 2, 1], data: Uint8ClampedArray.from(bytes) }],
    ["nested numbers", pictures],
  ])("of %s are bytes in [-1, 1]", (_, array) => {
    const data = fromArray(array, { labels: ["a", "b", "c"] });
    expect(data).toMatchObject({ kind: "images", codec: { kind: "images" }, fields: { sample: { shape: [2, 2, 1] } } });
    expect(rowsOf(data, 4).flat()).toEqual([...bytes]);
    const { sample, condition } = data.batch(createRng(0), 10);
    for (let i = 0; i < 10; i++) expect(condition![3 * i]).toBe(sample[4 * i] === -1 ? 1 : 0);
  });

  it("of numbers from 0 to 1 say as what they were taken", () => {
    const data = fromArray({ shape: [1, 1, 2], data: Float32Array.of(0, 1) });
    expect(data.warnings).toEqual([
      "The images in array hold numbers from 0 to 1, taken as 0 for black to 1 for white.",
    ]);
    expect([...data.batch(createRng(0), 1).sample]).toEqual([-1, 1]);
  });
});

describe("rows in memory", () => {
  it("are a table with their names", () => {
    const rows = [
      { age: 31, height: 1.72 },
      { height: 1.8, age: 45 },
      { age: 28, height: 1.655 },
    ];
    const data = fromRows(rows, { labels: [0, 1, 0], labelName: "member" });
    expect(data).toMatchObject({ name: "rows", kind: "points", size: 3 });
    expect(data.codec).toMatchObject({
      kind: "standardise",
      columns: [
        { name: "age", decimals: 0, range: [28, 45] },
        { name: "height", decimals: 3, range: [1.655, 1.8] },
      ],
    });
    expect(rowsOf(data, 2)).toEqual([
      [28, 1.655],
      [31, 1.72],
      [45, 1.8],
    ]);
    expect(data.fields.condition).toEqual({ name: "member", categories: ["0", "1"], shape: [2] });
  });

  it.each([
    [() => fromRows([]), /rows holds no rows of numbers/],
    [() => fromRows([{ a: 1 }]), /rows has one row/],
    [() => fromRows([{ a: 1 }, { b: 2 }] as never), /rows, row 2: it has no "a"/],
    [() => fromRows([{ a: 1 }, { a: Number.NaN }]), /rows, row 2, column "a": NaN is not a finite number/],
    [() => fromRows([{ a: 1 }, { a: 2 }], { labels: [1] }), /2 samples and 1 labels; give one label for each/],
    [() => fromArray([]), /array holds no points/],
    [() => fromArray([[1, 2], [3]]), /arrays of different lengths/],
    [() => fromArray([1, [2]]), /arrays of different lengths/],
    [() => fromArray([[1], 2]), /arrays of different lengths/],
    [() => fromArray([[1, "2"]] as never), /something that is not a number/],
    [
      () =>
        fromArray([
          [1, 2],
          [3, Infinity],
        ]),
      /point 1 \(counted from 0\) has the coordinate Infinity/,
    ],
    [
      () =>
        fromArray([
          [1, 2],
          [1, 3],
        ]),
      /array, column "1", holds 1 in each of its 2 rows/,
    ],
    [() => fromArray({ shape: [2, 2], data: [1, 2, 3] }), /has 3 numbers, and its shape \[2, 2\] asks for 4/],
    [() => fromArray({ shape: [2.5], data: [1, 2] }), /cannot have the shape \[2.5\]/],
    [() => fromArray({ shape: [2, 2, 2, 4], data: new Uint8Array(32) }), /images with opacity/],
    [() => fromArray({ shape: [2, 2, 2, 5], data: new Uint8Array(40) }), /the shape \(2, 2, 2, 5\); give points as/],
  ])("are refused where they are none: %#", (make, says) => {
    expect(make).toThrow(InputError);
    expect(make).toThrow(says);
  });
});
