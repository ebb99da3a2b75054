import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { emd, exactTransportSync, pointSet } from "../../src/transport/index.js";

describe("emd", () => {
  it("takes points as rows, as numbers, as flat arrays, and mixed", () => {
    const [a, b] = [
      [[0, 0], [1, 0]], // biome-ignore format: points
      [[0, 1], [1, 1]], // biome-ignore format: points
    ];
    expect(emd(a, b)).toBe(1);
    expect(emd(a, { points: Float32Array.of(0, 1, 1, 1), dimension: 2 })).toBe(1);
    expect(emd([Float64Array.of(0, 0)], [[3, 4]])).toBe(5);
    expect(emd([0, 1, 3], Float64Array.of(5, 6, 8))).toBeCloseTo(5, 14);
    const [x, y] = [createRng(1).normals(60), createRng(2).normals(80)];
    const rows = (flat: Float32Array) =>
      Array.from({ length: flat.length / 2 }, (_, i) => [...flat.slice(2 * i, 2 * i + 2)]);
    const sets = { a: { points: x, dimension: 2 }, b: { points: y, dimension: 2 } };
    expect(emd(rows(x), rows(y))).toBe(exactTransportSync(sets).distance);
  });

  it("takes weights, and those of a set", () => {
    expect(emd([0, 10], [0, 10], { sourceWeights: [3, 1], targetWeights: [1, 3] })).toBeCloseTo(20, 12);
    expect(emd(pointSet([0, 10], [0.75, 0.25]), [0, 10], { targetWeights: [0.25, 0.75] })).toBeCloseTo(5, 12);
  });

  it("is W2 for p = 2", () => expect(emd([0, 1], [3, 6], { p: 2 })).toBeCloseTo(Math.sqrt((9 + 25) / 2), 12));

  it("takes a table of costs", () => {
    expect(emd({ costs: [[0, 2], [1, 4]] })).toBeCloseTo(1.5, 14); // biome-ignore format: a table
    const weights = { sourceWeights: [0.5, 0.5], targetWeights: [0.2, 0.3, 0.5] };
    expect(emd({ costs: [[1, 2, 3], [3, 2, 1]], ...weights })).toBeCloseTo(0.2 + 0.6 + 0.5, 14); // biome-ignore format: a table
  });

  it.each([
    ["an empty set", () => emd([], [[1]]), /The set a is empty/],
    [
      "rows of different lengths",
      () => emd([[1, 2], [3]], [[1, 2]]),
      /Point 1 of a has 1 coordinates and point 0 has 2/,
    ],
    ["different dimensions", () => emd([[1, 2]], [1]), /different dimensions, 2 and 1/],
    ["what is no number", () => emd([[1, Number.NaN]], [[1, 2]]), /Point 0 of a has the coordinate NaN/],
    ["too few weights", () => emd([1, 2], [3], { sourceWeights: [1] }), /1 source weights for 2/],
    ["weights of different sums", () => emd([1], [3], { sourceWeights: [1], targetWeights: [2] }), /same sum/],
    ["a ragged table", () => emd({ costs: [[1, 2], [3]] }), /Row 1 of the costs has 1 entries and row 0 has 2/],
    ["an empty table", () => emd({ costs: [] }), /is empty/],
    ["a second set that is missing", () => emd(...([[1]] as unknown as [number[], number[]])), /needs two sets/],
  ])("refuses %s in a sentence", (_, call, sentence) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(sentence);
  });
});
