import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openDataset } from "../../../src/data/open.js";
import { readArray } from "../../../src/data/sources/source.js";
import { InputError } from "../../../src/errors.js";
import { createRng } from "../../../src/random.js";
import { temporaryFile, temporaryFolder } from "../files.js";

function header(type: number, shape: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * shape.length);
  bytes.set([0, 0, type, shape.length]);
  shape.forEach((length, axis) => {
    bytes.writeUInt32BE(length, 4 + 4 * axis);
  });
  return bytes;
}

function bytesIdx(shape: readonly number[], elements: ArrayLike<number>): Buffer {
  return Buffer.concat([header(8, shape), Buffer.from(Array.from(elements))]);
}

const counting = (length: number) => Array.from({ length }, (_, i) => i % 256);

describe("readArray", () => {
  it("reads bytes, plain and compressed, whatever the file is called", async () => {
    const file = bytesIdx([2, 1, 3], [1, 2, 3, 4, 5, 255]);
    for (const path of [await temporaryFile("a-ubyte", file), await temporaryFile("a-ubyte", gzipSync(file))]) {
      expect(await readArray(path)).toEqual({ shape: [2, 1, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 255) });
    }
  });

  it.each([
    [9, "ff 80", Int8Array.of(-1, -128)],
    [11, "ff fe 01 00", Int16Array.of(-2, 256)],
    [12, "ff ff ff fd 00 01 00 00", Int32Array.of(-3, 65536)],
    [13, "3f 80 00 00 c0 20 00 00", Float32Array.of(1, -2.5)],
    [14, "3f f0 00 00 00 00 00 00 c0 04 00 00 00 00 00 00", Float64Array.of(1, -2.5)],
  ])("reads element type %d, highest byte first", async (type, hex, data) => {
    const path = await temporaryFile(
      "a.idx",
      Buffer.concat([header(type, [2]), Buffer.from(hex.replaceAll(" ", ""), "hex")]),
    );
    expect(await readArray(path)).toEqual({ shape: [2], data });
  });

  const whole = bytesIdx([2, 2, 2], counting(8));
  const compressed = gzipSync(bytesIdx([100, 4, 4], counting(1600)));
  it.each([
    ["an empty file", Buffer.alloc(0), /bad-ubyte is empty/],
    ["another format", Buffer.from("PNG, perhaps"), /bad-ubyte is not an IDX file: it starts with bytes 50 4e 47 2c/],
    ["an unknown element type", Buffer.from([0, 0, 10, 1, 0, 0, 0, 1, 7]), /not an IDX file/],
    ["no axes", Buffer.from([0, 0, 8, 0]), /not an IDX file/],
    ["three bytes", Buffer.from([0, 0, 8]), /not an IDX file/],
    ["a header cut off", whole.subarray(0, 10), /cut off within its header of 16 bytes/],
    ["elements cut off", whole.subarray(0, -1), /cut off: a shape of \[2, 2, 2\] takes 8 bytes and 7 follow/],
    ["bytes after the last element", Buffer.concat([whole, Buffer.of(0)]), /continues after.*8 bytes and 9 follow/],
    ["an axis of length 0", bytesIdx([0, 28, 28], []), /holds no elements: its shape is \[0, 28, 28\]/],
    ["a shape beyond memory", bytesIdx([4e9, 4e9, 4e9], [1]), /cut off/],
    ["gzip cut off", compressed.subarray(0, -20), /damaged gzip file/],
    ["gzip with a wrong byte", Buffer.from(compressed).fill(0x55, 20, 30), /damaged gzip file/],
  ])("refuses %s", async (_, content, message) => {
    const reading = readArray(await temporaryFile("bad-ubyte", content));
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(message);
  });

  it("refuses a missing file", async () => {
    const path = join(await temporaryFolder(), "none-ubyte");
    await expect(readArray(path)).rejects.toThrow(/no file or folder called ".*none-ubyte"/);
  });
});

describe("openDataset", () => {
  it("gives images in [-1, 1], channels last", async () => {
    const grey = await openDataset(await temporaryFile("a-ubyte", bytesIdx([1, 2, 3], [0, 51, 102, 153, 204, 255])));
    expect(grey).toMatchObject({ fields: { sample: { shape: [2, 3, 1] } }, size: 1, codec: { kind: "images" } });
    expect(grey.heldOut).toBeUndefined();
    const expected = [-1, -0.6, -0.2, 0.2, 0.6, 1];
    grey.batch(createRng(0), 1).sample.forEach((x, i) => {
      expect(x).toBeCloseTo(expected[i]!, 6);
    });
    const colour = await openDataset(await temporaryFile("a-ubyte", bytesIdx([1, 2, 2, 3], counting(12))));
    expect(colour.fields.sample.shape).toEqual([2, 2, 3]);
  });

  it("holds out a tenth that training never draws", async () => {
    // Image i is one pixel of value i.
    const dataset = await openDataset(await temporaryFile("a-ubyte", bytesIdx([40, 1, 1], counting(40))), { seed: 7 });
    const training = new Set(dataset.batch(createRng(1), 4000).sample);
    const heldOut = new Set(dataset.heldOut!.batch(createRng(1), 400).sample);
    expect([training.size, heldOut.size]).toEqual([36, 4]);
    expect(new Set([...training, ...heldOut]).size).toBe(40);
  });

  it.each([["five channels", bytesIdx([1, 2, 1, 5], counting(10))]])("refuses %s", async (_, content) => {
    const opening = openDataset(await temporaryFile("labels-ubyte", content));
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(/labels-ubyte holds no images and no points: .* its shape is \(1, 2, 1, 5\)/);
  });
});
