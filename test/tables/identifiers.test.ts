import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { bloomFilter, bloomFilterOf } from "../../src/tables/identifiers/bloomFilter.js";
import { formOfPatterns, patternsOf, sequenceOf } from "../../src/tables/identifiers/identifierForm.js";
import { identifierMaker } from "../../src/tables/identifiers/identifierMaker.js";
import { patternOf, placesOf } from "../../src/tables/identifiers/places.js";
import { wordPatterns } from "../../src/tables/identifiers/wordPatterns.js";
import type { IdentifierForm } from "../../src/tables/schema.js";

const make = (form: IdentifierForm, count: number, seed = 0) => {
  const next = identifierMaker(form, createRng(seed), seed);
  return Array.from({ length: count }, next);
};
const rng = createRng(5);
const drawn = (places: readonly string[]) => places.map((place) => place[rng.integer(place.length)]).join("");
const distinct = (count: number, pattern: string) => {
  const places = placesOf(pattern);
  const texts = new Set<string>();
  while (texts.size < count) texts.add(drawn(places));
  return [...texts];
};

describe("a pattern of places", () => {
  it.each([
    "CUST-[0-9]{5}",
    "[A-Z]{2}[0-9]{4}",
    "[0-9a-f]{8}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}",
    "a\\[b\\{2\\\\",
    "[\\-\\]^a-c]x{3}é[äö]",
  ])("is read and written: %s", (pattern) => {
    expect(placesOf(patternOf(placesOf(pattern)))).toEqual(placesOf(pattern));
  });

  it("means what it means in regular expressions", () => {
    const pattern = "X[0-9a-f]{4}-[A-C]{2}";
    expect(patternOf(placesOf(pattern))).toBe(pattern);
    expect(drawn(placesOf(pattern))).toMatch(new RegExp(`^${pattern}$`));
  });

  it("is refused where it is something else", () => {
    expect(() => placesOf("[0-9")).toThrow('"[0-9" is not the pattern of an identifier');
  });
});

describe("new identifiers", () => {
  it.each<[string, string[], RegExp]>([
    ["numbers", Array.from({ length: 50 }, (_, i) => `${i + 1}`), /^\d+$/],
    ["numbers in tens", Array.from({ length: 50 }, (_, i) => `${10 * i + 100}`), /^\d+0$/],
    [
      "a prefix and padded digits",
      Array.from({ length: 50 }, (_, i) => `CUST-${`${i}`.padStart(5, "0")}`),
      /^CUST-\d{5}$/,
    ],
    ["scattered digits", distinct(500, "[1-9][0-9]{7}"), /^[1-9]\d{7}$/],
    [
      "UUIDs",
      distinct(300, "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ],
    ["hexadecimal numbers", distinct(30, "[0-9A-F]{12}"), /^[0-9A-F]{12}$/],
    ["letters and digits", distinct(400, "[A-Z]{2}[0-9]{4}"), /^[A-Z]{2}\d{4}$/],
    ["few", ["AB-17", "CD-4", "QX-220"], /^[A-Z]{2}-\d{1,3}$/],
    ["social security numbers", distinct(400, "[0-9]{3}-[0-9]{2}-[0-9]{4}"), /^\d{3}-\d{2}-\d{4}$/],
  ])("have the form of the data's, are none of them, and all differ: %s", (_, texts, form) => {
    const made = make(sequenceOf(texts) ?? patternsOf(texts), 300);
    const known = new Set(texts);
    expect(new Set(made).size).toBe(300);
    expect(made.filter((text) => known.has(text))).toEqual([]);
    for (const text of made) expect(text).toMatch(form);
  });

  it("get longer when all of their form are used", () => {
    const texts = distinct(990, "[0-9]{3}");
    const form = patternsOf(texts);
    const made = make(form, 200);
    const known = new Set(texts);
    expect(new Set(made).size).toBe(200);
    expect(made.some((text) => known.has(text))).toBe(false);
    expect(made.filter((text) => text.length === 3).length).toBeLessThanOrEqual(10);
    expect(made.every((text) => /^\d{3,4}$/.test(text))).toBe(true);
  });

  it("keep lengths as often as they are", () => {
    const made = make(patternsOf([...distinct(300, "A[0-9]{7}"), ...distinct(100, "B[0-9]{9}")]), 1000);
    expect(Math.abs(made.filter((text) => text.length === 8).length / 1000 - 0.75)).toBeLessThan(0.05);
  });

  it("know the data's only where they have to: UUIDs need no filter", () => {
    expect(patternsOf(distinct(300, "[0-9a-f]{32}"))).not.toHaveProperty("known");
    expect(patternsOf(distinct(300, "[0-9]{6}"))).toHaveProperty("known");
  });

  it("count on from the largest, padded as the data's", () => {
    expect(make(sequenceOf(["A-098", "A-099", "A-097"]) ?? patternsOf([]), 2)).toEqual(["A-100", "A-101"]);
    expect(sequenceOf(["7", "70000", "12"])).toBeNull();
  });

  const padded = sequenceOf(Array.from({ length: 50 }, (_, i) => `C-${`${i + 1}`.padStart(5, "0")}`));
  const counted = sequenceOf(Array.from({ length: 50 }, (_, i) => `${i + 1}`));
  it.each<[string, IdentifierForm | null, number]>([
    ["padded numbers", padded, 5000],
    ["numbers", counted, 20_000],
    ["letters and digits", patternsOf(distinct(400, "[A-Z]{2}[0-9]{4}")), 20_000],
    ["longer than counted", patternsOf(distinct(400, "[0-9a-f]{32}")), 1000],
  ])("are the same for the same seed, and none of them for another: %s", (_, form, count) => {
    const files = Array.from({ length: 10 }, (_, seed) => (form ? make(form, count, seed) : []));
    expect(files[3]).toEqual(form && make(form, count, 3));
    expect(new Set(files.flat()).size).toBe(10 * count);
  });

  it("of other seeds begin further on, in the same form as long as there is room", () => {
    expect(padded && make(padded, 2, 1)).toEqual(["C-61822", "C-61823"]);
    expect(counted && make(counted, 2, 1)).toEqual(["6180359", "6180360"]);
  });
});

it("words of a pattern can be said, and none are the data's", () => {
  const texts = ["France", "Peru", "Iran", "Sri Lanka", "U.S.A.", "Togo", "Côte d'Or", "Area 51"];
  const made = make(formOfPatterns(wordPatterns(texts), texts), 300);
  expect(new Set(made).size).toBe(300);
  expect(made.filter((text) => texts.includes(text))).toEqual([]);
  const shapes = [
    /^[A-Z][a-z]+$/,
    /^[A-Z][a-z]{2} [A-Z][a-z]{4}$/,
    /^[A-Z]\.[A-Z]\.[A-Z]\.$/,
    /^[A-Z][a-z]{3} [a-z]'[A-Z][a-z]$/,
  ];
  const odd = made.filter((text) => ![...shapes, /^[A-Z][a-z]{3} \d\d$/].some((shape) => shape.test(text)));
  expect(odd.filter((text) => text.length <= 9)).toEqual([]);
});

it("a Bloom filter knows all that was put in, and few others", () => {
  const texts = distinct(2000, "[0-9]{9}");
  const known = bloomFilter(bloomFilterOf(texts));
  expect(texts.every(known)).toBe(true);
  const others = distinct(4000, "[0-9]{10}").filter(known).length / 4000;
  expect(others).toBeLessThan(0.08);
});
