import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { TensorData } from "../../src/engine/tensor.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { decodeSafetensors, encodeSafetensors } from "../../src/runs/safetensors.js";

/** Written by the Python package (test/fixtures/safetensors/make.py). */
const python = new Uint8Array(readFileSync(new URL("../fixtures/safetensors/python.safetensors", import.meta.url)));

/** What make.py put into it. */
const values: Record<string, TensorData> = {
  "a.scalar": { shape: [], data: Float32Array.of(1.5) },
  "b.empty": { shape: [0, 3], data: new Float32Array() },
  "c.special": { shape: [5], data: Float32Array.of(Number.NaN, Infinity, -Infinity, -0, 1e-45) },
  "d.matrix": { shape: [2, 3], data: Float32Array.of(-1, -0.75, -0.5, -0.25, 0, 0.25) },
  'é "quoted"': { shape: [1], data: Float32Array.of(0.1) },
  steps: { shape: [2, 1], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1) },
};

/** A file with this header, as it stands, and a body of `bodyLength` zeros. */
function file(header: string | Uint8Array, bodyLength = 0): Uint8Array {
  const json = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + json.length + bodyLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

describe("against the Python package", () => {
  it("reads what Python wrote, to the bit", () => {
    expect(decodeSafetensors(python)).toStrictEqual({ tensors: values, metadata: { format: "np" } });
  });

  it("writes the very bytes that Python writes, so Python reads them", () => {
    expect(encodeSafetensors(values, { format: "np" })).toStrictEqual(python);
  });
});

describe("encode and decode", () => {
  it("keep views into larger buffers, odd names and unaligned input apart", () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    const tensors = Object.fromEntries([["__proto__", { shape: [2], data }]]);
    const encoded = encodeSafetensors(tensors);
    const shifted = new Uint8Array(encoded.length + 1);
    shifted.set(encoded, 1);
    const decoded = decodeSafetensors(shifted.subarray(1)).tensors;
    expect(Object.entries(decoded)).toStrictEqual([["__proto__", { shape: [2], data: Float32Array.of(1, 2) }]]);
  });

  it("hold no tensors at all", () => {
    expect(decodeSafetensors(encodeSafetensors({}))).toStrictEqual({ tensors: {}, metadata: {} });
  });

  it("start the elements at a multiple of 8 bytes whatever the names' length", () => {
    for (let length = 0; length < 8; length++) {
      const encoded = encodeSafetensors({ ["n".repeat(length)]: { shape: [1], data: Float32Array.of(1) } });
      expect((encoded.length - 4) % 8).toBe(0);
    }
  });

  it("refuse to write a tensor whose data do not fill its shape, or one called __metadata__", () => {
    expect(() => encodeSafetensors({ w: { shape: [2, 2], data: new Float32Array(3) } })).toThrow("w has 3 elements");
    expect(() => encodeSafetensors({ __metadata__: { shape: [], data: new Float32Array(1) } })).toThrow("__metadata__");
  });
});

describe("damaged files are refused with the source and the reason", () => {
  const entry = (offsets: string, shape = "[1]", dtype = "F32") =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;
  const cases: [string, Uint8Array, string][] = [
    ["empty", new Uint8Array(), "it has 0 bytes"],
    ["header longer than the file", file("{}").subarray(0, 9), "its header would have 2 bytes"],
    ["header length of 2^64 - 1", new Uint8Array(16).fill(255), "its header would have 18446744073709551615 bytes"],
    ["not JSON", file("{a"), "not JSON"],
    ["not UTF-8", file(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)), "not JSON"],
    ["an array", file("[]"), "not a JSON object"],
    ["space before the object", file(" {}"), "not a JSON object"],
    ["unknown type", file(`{"w":${entry("[0,8]", "[1]", "F64")}}`, 8), 'tensor "w" has the type F64'],
    ["negative offset", file(`{"w":${entry("[-4,0]")}}`, 4), 'entry of tensor "w" is malformed'],
    ["fractional length", file(`{"w":${entry("[0,4]", "[0.5,2]")}}`, 4), 'entry of tensor "w" is malformed'],
    ["missing shape", file('{"w":{"dtype":"F32","data_offsets":[0,4]}}', 4), 'entry of tensor "w" is malformed'],
    ["offsets against shape", file(`{"w":${entry("[0,8]")}}`, 8), 'tensor "w" has 8 bytes and the shape [1]'],
    ["offsets turned round", file(`{"w":${entry("[4,0]")}}`, 4), 'tensor "w" has -4 bytes'],
    [
      "an overflowing shape",
      file(`{"w":${entry("[0,0]", `[${"9007199254740991,".repeat(30)}0]`)}}`),
      '"w" has 0 bytes',
    ],
    ["end outside", file(`{"w":${entry("[0,4]")}}`, 3), 'tensor "w" ends after the file does'],
    ["bytes left over", file(`{"w":${entry("[0,4]")}}`, 8), "gap or overlap at byte 4"],
    ["a gap", file(`{"a":${entry("[0,4]")},"b":${entry("[8,12]")}}`, 12), "gap or overlap at byte 4"],
    ["an overlap", file(`{"a":${entry("[0,4]")},"b":${entry("[0,4]")}}`, 4), "gap or overlap at byte 4"],
    ["one name twice", file(`{"a":${entry("[0,4]")},"a":${entry("[4,8]")}}`, 8), "gap or overlap at byte 0"],
    ["metadata of numbers", file('{"__metadata__":{"a":1}}'), "__metadata__ must map texts to texts"],
  ];
  it.each(cases)("%s", (_, bytes, reason) => {
    const decode = () => decodeSafetensors(bytes, "run/state.safetensors");
    expect(decode).toThrow(InputError);
    expect(decode).toThrow(/^run\/state\.safetensors is not a whole safetensors file/);
    expect(decode).toThrow(reason);
  });

  it("every truncation", () => {
    for (let length = 0; length < python.length; length++) {
      expect(() => decodeSafetensors(python.subarray(0, length)), `${length} bytes`).toThrow(InputError);
    }
  });

  it("every flipped bit of the header is refused or changes a name, a note or the shape of nothing, never a tensor", () => {
    const headerEnd = 8 + Number(new DataView(python.buffer).getBigUint64(0, true));
    const filled = (tensors: Readonly<Record<string, TensorData>>) =>
      Object.values(tensors).filter(({ data }) => data.length);
    let refused = 0;
    for (let bit = 0; bit < headerEnd * 8; bit++) {
      const flipped = python.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const result = decodedOrRefused(flipped);
      if (result === "refused") refused++;
      else expect(filled(result), `bit ${bit}`).toStrictEqual(filled(values));
    }
    expect(refused).toBeGreaterThan(headerEnd * 6);
  });

  it("2,000 files with several bytes replaced at random are refused or hold tensors that fill their shapes", () => {
    const rng = createRng(1);
    for (let trial = 0; trial < 2000; trial++) {
      const damaged = python.slice(0, rng.integer(4) ? python.length : rng.integer(python.length));
      for (let i = 0; i <= rng.integer(4); i++) damaged[rng.integer(damaged.length || 1)] = rng.integer(256);
      const result = decodedOrRefused(damaged);
      if (result === "refused") continue;
      for (const { shape, data } of Object.values(result)) {
        expect(data.length).toBe(shape.reduce((product, length) => product * length, 1));
      }
    }
  });
});

/** Any other error than an InputError fails the test that asked. */
function decodedOrRefused(bytes: Uint8Array): Readonly<Record<string, TensorData>> | "refused" {
  try {
    return decodeSafetensors(bytes).tensors;
  } catch (error) {
    if (error instanceof InputError) return "refused";
    throw error;
  }
}
