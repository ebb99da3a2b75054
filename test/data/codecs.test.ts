import { describe, expect, it } from "vitest";
import { type Codec, codecSchema, decode, encode, images, rangeOf, standardise } from "../../src/data/codecs/index.js";
import { describeColumn } from "../../src/data/codecs/standardise.js";
import { tableDataset } from "../../src/data/table.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";

/** One column of values, standardised. */
function column(values: readonly number[]) {
  const codec = standardise("t", { columns: ["x"], values });
  return { codec, samples: encode(codec, values) };
}

const times = (origin: number, count: number) => {
  const rng = createRng(1);
  return Array.from({ length: count }, () => Math.round(origin + 50 * rng.normal()));
};

describe("a table's own units", () => {
  it.each([
    ["seconds", 1.7e9, 300],
    ["milliseconds", 1.7e12, 1000],
  ])("come back to the bit where %s since 1970 are close to each other", (_, origin, count) => {
    const values = times(origin, count);
    const data = column(values);
    expect([...decode(data.codec, data.samples)]).toEqual(values);
    // A generator's samples are spread as finely as 32 bits around zero are, and not as 32 bits around the origin are.
    const drawn = decode(data.codec, createRng(2).normals(500), { round: false, clamp: false });
    expect(new Set(drawn).size).toBe(500);
    expect(new Set(decode(data.codec, createRng(2).normals(500))).size).toBeGreaterThan(100);
  });

  it.each([
    ["whole numbers", [1, 2, 30, -4], 0],
    ["two decimals", [0.1, 12.34, -5, 1e6 + 0.29], 2],
    ["prices that binary floats miss by a bit", [1.1, 2.2, 3.3, 4.35, 8.41], 2],
    ["small steps", [1e-7, 3e-7, 2.5e-7], 8],
    ["large whole numbers", [1e15, 1e15 + 1, 2 ** 53, 1e300], 0],
    ["sums that were never rounded", [0.1 + 0.2, 0.7 + 0.1], null],
    ["32-bit floats", [Math.fround(0.1), Math.fround(0.7)], null],
    ["thirds", [1 / 3, 2 / 3, 1], null],
    ["numbers too small for 14 decimals", [1e-200, 2e-200], null],
  ])("of %s have so many decimals", (_, values, decimals) => {
    expect(describeColumn("x", Float64Array.from(values))).toEqual({
      name: "x",
      decimals,
      range: [Math.min(...values), Math.max(...values)],
    });
  });

  it("are rounded to the decimals that were seen and kept inside the range, each unless it is let go of", () => {
    const values = [1, 10.25, 2, 9.5, 3, 11.75];
    const codec = standardise("t", { columns: ["whole", "money"], values });
    const samples = createRng(3)
      .normals(400)
      .map((z) => 3 * z);
    const free = decode(codec, samples, { round: false, clamp: false });
    free.forEach((value, i) => {
      const { mean, deviation } = codec.columns[i % 2]!;
      expect(value).toBe(samples[i]! * deviation + mean);
    });
    const within = (value: number, i: number) =>
      i % 2 === 0 ? value >= 1 && value <= 3 : value >= 9.5 && value <= 11.75;
    const short = (value: number, i: number) => value === Number(value.toFixed(i % 2 === 0 ? 0 : 2));
    const both = decode(codec, samples);
    expect([free.every(within), free.every(short), both.every(within), both.every(short)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(decode(codec, samples, { round: false }).every(within)).toBe(true);
    expect(decode(codec, samples, { clamp: false }).every(short)).toBe(true);
    expect(decode(codec, samples, { clamp: false }).some((value, i) => !within(value, i))).toBe(true);
    expect(Object.is(decode(column([-1, 0, 1]).codec, Float32Array.of(-0.1))[0], 0)).toBe(true);
  });
});

describe("a column of any extent", () => {
  it.each([
    [1e-200, 1e200, 1],
    [-1e160, 1e160, 3e159],
    [1e-300, 2e-300, 5e-300],
    [-8e307, 8e307, 0],
    [3e38, 4e38, 9e38],
    [1e6, 1e6 + 1e-3, 1e6 + 2e-3],
  ])("%d, %d and %d is standardised by its exact mean and deviation", (a, b, c) => {
    const data = column([a, b, c]);
    // The same figures of numbers near 1, where nothing overflows and nothing is lost.
    const lowest = Math.min(a, b, c);
    const extent = Math.max(a, b, c) - lowest;
    const near = [a, b, c].map((value) => (value - lowest) / extent);
    const mean = (near[0]! + near[1]! + near[2]!) / 3;
    const deviation = Math.sqrt(near.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
    expect(data.codec.columns[0]!.deviation / extent).toBeCloseTo(deviation, 12);
    near.forEach((value, i) => {
      expect(data.samples[i]).toBeCloseTo((value - mean) / deviation, 5);
    });
    const back = decode(data.codec, data.samples);
    [a, b, c].forEach((value, i) => {
      expect(Math.abs(back[i]! - value) / extent).toBeLessThan(1e-7);
    });
  });

  it.each([
    [[-1.7e308, 1.7e308], /column "x", reaches from -1\.7e\+308 to 1\.7e\+308, too far for a 64-bit float; divide it/],
    [[0, 5e-324], /column "x", varies by 5e-324 only, which a 64-bit float cannot divide; multiply it/],
    [[7, 7], /column "x", holds 7 in each of its 2 rows/],
    [[7], /t has one row/],
  ])("%j is refused", (values, says) => {
    expect(() => column(values)).toThrow(InputError);
    expect(() => column(values)).toThrow(says);
  });
});

it("a table's data set says its codec as plain data, and so does what it holds out", () => {
  const values = Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? i : i / 8));
  const data = tableDataset("t", { columns: ["a", "b"], values });
  const columns = [
    { name: "a", decimals: 0, range: [0, 58], mean: 29, deviation: expect.closeTo(17.3109, 3) },
    { name: "b", decimals: 3, range: [0.125, 7.375], mean: 3.75, deviation: expect.closeTo(2.16386, 4) },
  ];
  expect(JSON.parse(JSON.stringify(data.codec))).toEqual({ kind: "standardise", columns });
  expect(data.heldOut!.codec).toBe(data.codec);
});

describe("every codec", () => {
  const table = { columns: ["a", "b"], values: [1, 10.5, 2, -3, 30, 0.25] };
  const every: readonly [codec: Codec, rows: readonly number[]][] = [
    [{ kind: "identity" }, [0.5, -1, 3e4]],
    [{ kind: "identity", range: [-1, 1] }, [0.5, -1, 1]],
    [{ kind: "scale", center: [1, -2], spread: 4 }, [1, -2, 5, 2, -7, 0]],
    [standardise("t", table), table.values],
    [images, Array.from({ length: 256 }, (_, byte) => byte)],
  ];

  it.each(every)("%j gives back what it was given, also when a run has kept it", (codec, rows) => {
    const kept = codecSchema.parse(JSON.parse(JSON.stringify(codec)));
    expect(kept).toEqual(codec);
    expect([...decode(kept, encode(codec, rows))]).toEqual(rows);
    const [lowest, highest] = rangeOf(codec) ?? [-Infinity, Infinity];
    for (const value of encode(codec, rows)) {
      expect(value).toBeGreaterThanOrEqual(lowest);
      expect(value).toBeLessThanOrEqual(highest);
    }
  });

  it("does what its formula says", () => {
    expect([...encode({ kind: "scale", center: [1, -2], spread: 4 }, [5, 2])]).toEqual([1, 1]);
    expect([...encode(images, Uint8Array.of(0, 51, 255))]).toEqual([-1, Math.fround(-0.6), 1]);
  });

  it("of images rounds to bytes and keeps them in range, each unless it is let go of", () => {
    const samples = Float32Array.of(-1.5, 0.001, 2);
    expect([...decode(images, samples)]).toEqual([0, 128, 255]);
    expect([...decode(images, samples, { clamp: false })]).toEqual([-64, 128, 383]);
    expect(decode(images, samples, { round: false })[1]).toBeCloseTo(127.6275, 4);
  });

  it.each([{ kind: "scale", center: [0], spread: 0 }, { kind: "standardise", columns: [] }, { kind: "unheard-of" }])(
    "%j is none",
    (codec) => {
      expect(codecSchema.safeParse(codec).success).toBe(false);
    },
  );
});
