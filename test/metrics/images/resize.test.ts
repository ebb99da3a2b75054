import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { resized } from "../../../src/metrics/images/resize.js";

interface Case {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly channels: number;
  readonly pixels: readonly number[];
  readonly expected: readonly number[];
}
// Pillow's bicubic filter in floating point: test/fixtures/metrics/resize.py.
const fixture = new URL("../../fixtures/metrics/resize.json", import.meta.url);
const cases = JSON.parse(await readFile(fixture, "utf8")) as readonly Case[];

it.each(cases)("$from pixels, $channels channels, scaled to $to are Pillow's", ({ from, to, channels, ...one }) => {
  // The image twice, so that nothing of one gets into the other.
  const bytes = Uint8Array.from([...one.pixels, ...one.pixels]);
  const made = resized({ shape: [...from, channels], bytes }, ...to);
  expect(made).toHaveLength(2 * one.expected.length);
  made.forEach((value, k) => {
    expect(Math.abs(value - one.expected[k % one.expected.length]!)).toBeLessThan(2e-4);
  });
});

it("leaves images of the right size as they are", () => {
  const bytes = Uint8Array.from({ length: 36 }, (_, k) => 7 * k);
  expect([...resized({ shape: [3, 4, 3], bytes }, 3, 4)]).toEqual([...bytes]);
});
