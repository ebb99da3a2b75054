import { readFileSync } from "node:fs";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parseNpz } from "../../../src/data/sources/npz.js";
import { InputError } from "../../../src/errors.js";

const fixture = JSON.parse(readFileSync(new URL("../../fixtures/data/npy.json", import.meta.url), "utf8")) as {
  archives: { readonly one: string; readonly compressed: string };
};
const one = Buffer.from(fixture.archives.one, "base64");
const compressed = Buffer.from(fixture.archives.compressed, "base64");
const parse = (bytes: Uint8Array, array?: string, mostBytes = 1e6) => parseNpz(bytes, "a.npz", { array, mostBytes });

describe("a .npz file", () => {
  it("gives its only array, and the one that is named", () => {
    const points = { shape: [3, 2], data: Float64Array.of(0, 1, 2, 3, 4, 5) };
    expect(parse(one)).toMatchObject(points);
    expect(parse(compressed, "points")).toMatchObject(points);
    expect([...parse(compressed, "labels").data]).toEqual([1, 2, 3]);
  });

  /** The archive with a false size in its directory of contents. */
  const withSize = (bytes: Buffer, size: number) => {
    const lying = Buffer.from(bytes);
    lying.writeUInt32LE(size, lying.indexOf("PK\x01\x02") + 24);
    return lying;
  };
  it.each<[name: string, bytes: Uint8Array, array: string | undefined, message: RegExp, most?: number]>([
    [
      "several arrays of which none is named",
      compressed,
      undefined,
      /several arrays: give a\.npz:NAME with one of points, labels/,
    ],
    ["another name", one, "x", /no array "x": give a\.npz:NAME with one of points/],
    ["no arrays", zipSync({ "sheet.xml": Uint8Array.of(1) }), undefined, /zip archive without \.npy arrays/],
    ["another format", Buffer.from("x,y\n1,2\n"), undefined, /is not a \.npz file/],
    ["a part missing", one.subarray(0, -30), undefined, /damaged zip archive/],
    ["damaged contents", Buffer.from(compressed).fill(0x55, 60, 90), "points", /a\.npz(:points)? is/],
    [
      "more bytes than it may have",
      withSize(compressed, 2e6),
      "points",
      /"points" has 2000000 bytes, and may have 1000000/,
    ],
    [
      "an array that unpacks to more than 256 MiB and a hundred times the archive",
      withSize(compressed, 2 ** 28 + 1),
      "points",
      /unpacks from \d+ bytes to 268435457; unpack it and give points\.npy/,
      2 ** 30,
    ],
    ["a size that is not its own", withSize(compressed, 100), "points", /damaged zip archive|cut off/],
    [
      "members without end",
      zipSync(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}.npy`, new Uint8Array()]))),
      undefined,
      /more than 10000 files/,
    ],
  ])("is refused with %s", (_, bytes, array, message, most) => {
    expect(() => parse(bytes, array, most)).toThrow(InputError);
    expect(() => parse(bytes, array, most)).toThrow(message);
  });
});
