import { expect, it } from "vitest";
import { drawnSamples } from "../../src/data/drawnSamples.js";
import { fromArray } from "../../src/data/memory.js";
import { mirrored, withMirrored } from "../../src/data/mirrored.js";
import { createRng } from "../../src/random.js";

it("mirrored images are the same ones, half of them with their columns in the opposite order", () => {
  const count = 40;
  const shape = [count, 2, 3, 3];
  const bytes = Uint8Array.from({ length: count * 18 }, (_, k) => (k * 7) % 251);
  const data = fromArray({ shape, data: bytes });
  const twice = mirrored(data);
  const n = 400;
  const { sample } = twice.batch(createRng(1), n);
  const originals = new Map<string, "as it is" | "mirrored">();
  for (const set of [data, data.heldOut]) {
    const { sample } = set?.distinct?.(createRng(0), set.size) ?? { sample: new Float32Array() };
    for (let start = 0; start < sample.length; start += 18) {
      const image = [...sample.subarray(start, start + 18)];
      const pixels = Array.from({ length: 6 }, (_, p) => image.slice(3 * p, 3 * p + 3));
      originals.set(String(image), "as it is");
      originals.set(String([2, 1, 0, 5, 4, 3].flatMap((p) => pixels[p])), "mirrored");
    }
  }
  const found = Array.from({ length: n }, (_, k) => originals.get(String([...sample.subarray(18 * k, 18 * k + 18)])));
  const times = (kind: string) => found.filter((one) => one === kind).length;
  expect(times("as it is") + times("mirrored")).toBe(n);
  expect(Math.abs(times("mirrored") - n / 2)).toBeLessThan(50);
  expect(twice.heldOut?.distinct?.(createRng(0), 2).sample).toHaveLength(36);
});

it("drawn images are followed by their mirrored copies, any part of them at a time, where they are mirrored at random", () => {
  const bytes = Uint8Array.from({ length: 24 }, (_, k) => 10 * k);
  const data = mirrored(fromArray({ shape: [4, 2, 3], data: bytes }, { labels: [0, 1, 1, 0] }));
  const drawn = drawnSamples(data, createRng(3), 4);
  const both = withMirrored(data, drawn);
  expect(both.count).toBe(8);
  const { sample, condition } = both.some(0, 8);
  const originals = drawn.some(0, 4);
  expect(sample.subarray(0, 24)).toEqual(originals.sample);
  const places = [2, 1, 0, 5, 4, 3].map((place) => (_: unknown, image: number) => 6 * image + place);
  const copies = Array.from({ length: 4 }, (_, image) => places.map((place) => originals.sample[place(0, image)]));
  expect([...sample.subarray(24)]).toEqual(copies.flat());
  expect(condition).toEqual(Float32Array.of(...(originals.condition ?? []), ...(originals.condition ?? [])));
  for (const [start, end] of [
    [0, 3],
    [3, 6],
    [5, 8],
    [4, 4],
  ] as const) {
    expect(both.some(start, end).sample).toEqual(sample.subarray(6 * start, 6 * end));
  }
  expect(withMirrored({ ...data, isMirrored: false }, drawn)).toBe(drawn);
});
