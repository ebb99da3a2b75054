import { describe, expect, it } from "vitest";
import { fingerprintOf } from "../../src/data/fingerprint.js";
import { fromArray } from "../../src/data/memory.js";
import { openDataset } from "../../src/data/open.js";
import { disjointRegions, grid, ring, twoGaussians, unequalModes } from "../../src/data/points.js";
import { storedDataset } from "../../src/data/stored.js";
import { conditionWhere } from "../../src/data/where.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { temporaryFile } from "./files.js";

/** The places of the ones in one-hot rows, each of which must have exactly one. */
function places(rows: Float32Array, categories: number): number[] {
  return Array.from({ length: rows.length / categories }, (_, i) => {
    const row = [...rows.subarray(i * categories, (i + 1) * categories)];
    expect(row.filter((value) => value === 1)).toHaveLength(1);
    expect(row.filter((value) => value === 0)).toHaveLength(categories - 1);
    return row.indexOf(1);
  });
}

it("the region of disjoint regions as a condition is the one that a sample lies in, and costs no draw", () => {
  const { fields, batch } = disjointRegions({ conditional: true });
  expect(fields.condition).toEqual({ name: "region", categories: ["disc", "ring"], shape: [2] });
  const { sample, condition } = batch(createRng(1), 400);
  expect(sample).toEqual(disjointRegions().batch(createRng(1), 400).sample);
  places(condition!, 2).forEach((region, i) => {
    expect(Math.hypot(sample[2 * i]!, sample[2 * i + 1]!) < 1 / 0.9).toBe(region === 0);
  });
});

describe("the mode of a mixture as a condition", () => {
  it.each([
    ["ring", ring],
    ["grid", grid],
    ["unequal-modes", unequalModes],
    ["two-gaussians", twoGaussians],
  ])("of %s is the one whose centre is nearest, and costs no draw", (_, open) => {
    const data = open({ conditional: true });
    const { name, categories, shape } = data.fields.condition!;
    const { centers } = data.modes!;
    expect({ name, categories }).toEqual({ name: "mode", categories: centers.map((_, k) => String(k)) });
    expect(shape).toEqual([centers.length]);
    const [rng, plain] = [createRng(1), createRng(1)];
    const { sample, condition } = data.batch(rng, 400);
    expect(sample).toEqual(open().batch(plain, 400).sample);
    expect(rng.state()).toEqual(plain.state());
    const distances = (i: number) => centers.map(([x, y]) => Math.hypot(sample[2 * i]! - x!, sample[2 * i + 1]! - y!));
    const found = places(condition!, centers.length);
    expect(new Set(found).size).toBe(centers.length);
    found.forEach((mode, i) => {
      expect(distances(i)[mode]).toBe(Math.min(...distances(i)));
    });
  });

  it("is there only where it is asked for", () => {
    expect(ring().fields.condition).toBeUndefined();
    expect(ring().batch(createRng(0), 3).condition).toBeUndefined();
  });

  it("counts the ring's modes by their angle", () => {
    const angles = ring().modes!.centers.map(([x, y]) => (Math.atan2(y!, x!) / Math.PI) * 4);
    expect(angles.map((angle) => (Math.round(angle) + 8) % 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

it("labels of stored samples stay with them, whichever way they are drawn", () => {
  const labels = {
    name: "remainder",
    categories: ["none", "one", "two"],
    places: Uint8Array.from({ length: 9 }, (_, i) => i % 3),
  };
  const samples = Float32Array.from({ length: 9 }, (_, i) => i);
  const rows = Uint32Array.of(8, 7, 6, 5, 4, 3);
  const data = storedDataset(
    { name: "counts", kind: "points", codec: { kind: "identity" }, shape: [1], samples, labels },
    rows,
  );
  for (const { sample, condition } of [data.batch(createRng(0), 50), data.distinct!(createRng(0), 6)])
    expect(places(condition!, 3)).toEqual([...sample].map((value) => value % 3));
});

it("labels make other data of the same samples, and other labels too", () => {
  const array = Array.from({ length: 30 }, (_, i) => i);
  const odd = array.map((i) => (i % 2 === 0 ? "even" : "odd"));
  const prints = [undefined, odd, odd.toReversed()].map((labels) => fingerprintOf(fromArray(array, { labels })));
  expect(new Set(prints).size).toBe(3);
  expect(fingerprintOf(fromArray(array, { labels: odd, name: "renamed" }))).toBe(prints[1]);
});

describe("opening data with its labels", () => {
  it("gives the digits of MNIST, for the held-out ones too", async () => {
    const data = await openDataset("mnist", { conditional: true });
    expect(data.fields.condition).toEqual({ name: "digit", categories: [..."0123456789"], shape: [10] });
    const { sample } = data.batch(createRng(2), 200);
    const plain = await openDataset("mnist", { conditional: false });
    expect(sample).toEqual(plain.batch(createRng(2), 200).sample);
    expect(plain.fields.condition).toBeUndefined();
    expect((await openDataset("mnist")).fields).toEqual(data.fields);
    // A one has the least ink of all digits, a zero the most.
    const ink = new Map<number, number[]>();
    const { sample: digits, condition } = data.heldOut!.batch(createRng(3), 500);
    places(condition!, 10).forEach((digit, i) => {
      const sum = digits.subarray(i * 784, (i + 1) * 784).reduce((total, pixel) => total + pixel, 0);
      ink.set(digit, [...(ink.get(digit) ?? []), sum]);
    });
    const mean = (digit: number) => ink.get(digit)!.reduce((sum, value) => sum + value, 0) / ink.get(digit)!.length;
    const order = [...ink.keys()].sort((a, b) => mean(a) - mean(b));
    expect([order[0], order.at(-1)]).toEqual([1, 0]);
  });

  it.each(["swiss-roll", "moons"])("refuses %s, which has none", async (name) => {
    await expect(openDataset(name, { conditional: true })).rejects.toThrow(
      `${name} has no labels that could be a condition, as ring, grid, unequal-modes, two-gaussians, disjoint-regions and mnist have; train on it without --conditional.`,
    );
  });

  it("refuses a table", async () => {
    const path = await temporaryFile("points.csv", "x,y\n1,2\n3,5\n");
    await expect(openDataset(path, { conditional: true })).rejects.toThrow(InputError);
  });
});

describe("a condition that is written down", () => {
  const mode = ring({ conditional: true }).fields.condition;

  it.each(["mode=3", " mode = 3 "])("%o is the row of its category", (where) => {
    expect([...conditionWhere(where, mode)]).toEqual([0, 0, 0, 1, 0, 0, 0, 0]);
  });

  it.each([
    ["3", /"3" names no condition; give mode=0, where mode is one of 0, 1/],
    ["digit=3", /There is no condition "digit": the only one is mode, which is one of 0/],
    ["mode=8", /^There is no mode "8": it is one of 0, 1, 2, 3, 4, 5, 6, 7\.$/],
    ["mode=", /There is no mode ""/],
  ])("%o is refused with what is known", (where, message) => {
    expect(() => conditionWhere(where, mode)).toThrow(InputError);
    expect(() => conditionWhere(where, mode)).toThrow(message);
  });

  it("is refused where there is none", () => {
    expect(() => conditionWhere("mode=3", undefined)).toThrow(/mode=3 .* trained without conditions/);
  });
});
