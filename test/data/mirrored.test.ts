import { expect, it } from "vitest";
import { fromArray } from "../../src/data/memory.js";
import { mirrored } from "../../src/data/mirrored.js";
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
