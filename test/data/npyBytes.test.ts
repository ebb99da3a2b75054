import { expect, it } from "vitest";
import { npyBytes } from "../../src/data/npyBytes.js";

const fields = (text: string) => Buffer.from(`\x93NUMPY\x01\x00v\x00${text.padEnd(117)}\n`, "latin1");

it("an array becomes the bytes that numpy.save writes of it", () => {
  expect(npyBytes([2, 1], Float64Array.of(1.5, -2))).toEqual(
    Buffer.concat([
      fields("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }"),
      Buffer.from("000000000000f83f00000000000000c0", "hex"),
    ]),
  );
  expect(npyBytes([3], Float32Array.of(1, 0.5, -1))).toEqual(
    Buffer.concat([
      fields("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"),
      Buffer.from("0000803f0000003f000080bf", "hex"),
    ]),
  );
});

it("elements start at a multiple of 64 bytes, however long the header is", () => {
  for (const axes of [1, 5, 20, 40]) {
    const file = npyBytes(Array<number>(axes).fill(1), Float32Array.of(7));
    expect((file.length - 4) % 64).toBe(0);
  }
});
