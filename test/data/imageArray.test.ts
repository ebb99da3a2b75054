import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { arrayImages } from "../../src/data/arrayImages.js";
import { readImages } from "../../src/data/readImages.js";
import type { NumberArray } from "../../src/data/sources/numberArray.js";
import { InputError } from "../../src/errors.js";
import { temporaryFolder } from "./files.js";

const counting = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
const floats = (...values: number[]): NumberArray => ({
  shape: [1, 1, values.length],
  data: Float64Array.from(values),
});

describe("an array of images", () => {
  it("of bytes is taken as it is, with channels or without", async () => {
    const data = counting(2 * 5 * 4 * 3);
    expect(await arrayImages("a", { shape: [2, 5, 4, 3], data })).toEqual({
      shape: [5, 4, 3],
      bytes: data,
      warnings: [],
    });
    expect(await arrayImages("a", { shape: [6, 5, 4], data })).toEqual({ shape: [5, 4, 1], bytes: data, warnings: [] });
    const whole = Float64Array.from(data);
    expect((await arrayImages("a", { shape: [6, 5, 4], data: whole }))!).toMatchObject({ bytes: data, warnings: [] });
  });

  it("may have its channels first, where they cannot be mistaken for a height", async () => {
    // Pixel (row, column) of channel c is 10 row + column + 100 c.
    const at = (c: number, row: number, column: number) => 100 * c + 10 * row + column;
    const data = new Uint8Array(3 * 2 * 5);
    const expected = new Uint8Array(2 * 5 * 3);
    for (let c = 0; c < 3; c++)
      for (let row = 0; row < 2; row++)
        for (let column = 0; column < 5; column++) {
          data[(c * 2 + row) * 5 + column] = at(c, row, column);
          expected[(row * 5 + column) * 3 + c] = at(c, row, column);
        }
    const images = await arrayImages("a", { shape: [1, 3, 2, 5], data });
    expect(images).toEqual({ shape: [2, 5, 3], bytes: expected, warnings: [] });
    const either = arrayImages("a.npy", { shape: [2, 3, 5, 3], data: counting(90) });
    await expect(either).rejects.toThrow(
      /a\.npy has the shape \[2, 3, 5, 3\], in which the channels may come first or last/,
    );
  });

  it("of fractions says what it takes for black and white", async () => {
    const unit = (await arrayImages("a.npy", floats(0, 0.5, 1)))!;
    expect([...unit.bytes]).toEqual([0, 128, 255]);
    expect(unit.warnings).toEqual([
      "The images in a.npy hold numbers from 0 to 1, taken as 0 for black to 1 for white.",
    ]);
    const signed = (await arrayImages("a.npy", floats(-1, 0.2, 1)))!;
    expect([...signed.bytes]).toEqual([0, 153, 255]);
    expect(signed.warnings).toEqual([
      "The images in a.npy hold numbers from -1 to 1, taken as -1 for black to 1 for white.",
    ]);
    const bytes = (await arrayImages("a.npy", floats(0.4, 99.5, 255)))!;
    expect([...bytes.bytes]).toEqual([0, 100, 255]);
    expect(bytes.warnings[0]).toMatch(/0 for black to 255 for white, and rounded/);
  });

  it("scales to the very pixels of a folder of the same images", async () => {
    const folder = await temporaryFolder();
    const data = counting(2 * 40 * 50 * 3);
    for (const i of [0, 1]) {
      const one = data.subarray(i * 6000, (i + 1) * 6000);
      await sharp(one, { raw: { width: 50, height: 40, channels: 3 } }).toFile(join(folder, `${i}.png`));
    }
    for (const options of [{ size: 32 }, { size: 28, channels: 1 }])
      expect(await readImages(folder, options)).toMatchObject(
        (await arrayImages("a", { shape: [2, 40, 50, 3], data }, options))!,
      );
    const grey = await arrayImages(
      "a",
      { shape: [1, 2, 2], data: Uint8Array.of(7, 7, 7, 7) },
      { size: 28, channels: 3 },
    );
    expect(grey!.shape).toEqual([28, 28, 3]);
    expect(grey!.bytes.every((byte) => byte === 7)).toBe(true);
  });

  it("puts its fourth channel, opacity, onto the background", async () => {
    const array: NumberArray = { shape: [1, 2, 1, 4], data: Uint8Array.of(9, 8, 7, 255, 9, 8, 7, 0) };
    expect([...(await arrayImages("a", array))!.bytes]).toEqual([9, 8, 7, 0, 0, 0]);
    const onColour = (await arrayImages("a", array, { background: "#ff8000" }))!;
    expect([...onColour.bytes]).toEqual([9, 8, 7, 255, 128, 0]);
  });

  it("is none in another shape", async () => {
    for (const shape of [[12], [3, 4], [1, 3, 2, 2, 1], [1, 2, 2, 5], [0, 28, 28]])
      expect(await arrayImages("a", { shape, data: new Uint8Array(12) })).toBeUndefined();
  });

  it.each<[string, NumberArray, RegExp]>([
    ["a pixel that is no number", floats(0, 1, Number.NaN), /a\.npy: image 1 holds NaN/],
    [
      "pixels beyond a byte",
      floats(0, 300),
      /hold numbers from 0 to 300; give bytes from 0 to 255, or numbers from 0 to 1/,
    ],
    ["pixels far below 0", floats(-5, 200), /hold numbers from -5 to 200/],
  ])("refuses %s", async (_, array, says) => {
    await expect(arrayImages("a.npy", array)).rejects.toThrow(InputError);
    await expect(arrayImages("a.npy", array)).rejects.toThrow(says);
  });
});
