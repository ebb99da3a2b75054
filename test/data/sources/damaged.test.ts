import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseContent } from "../../../src/data/sources/content.js";
import { InputError } from "../../../src/errors.js";
import { createRng } from "../../../src/random.js";

const fixture = JSON.parse(readFileSync(new URL("../../fixtures/data/npy.json", import.meta.url), "utf8"));
const files: Readonly<Record<string, Buffer>> = {
  "a.csv": Buffer.from('x,"y"\r\n1.5,2\n-3,"4e2"\n'),
  "a.json": Buffer.from('[{"x":1,"y":2},{"x":3,"y":-4.5}]'),
  "a.npy": Buffer.from(fixture.cases[0].file, "base64"),
  "a.npz": Buffer.from(fixture.archives.compressed, "base64"),
  "a.idx": Buffer.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4),
};
const pieces = [
  '"',
  "{",
  "]",
  ",",
  "\n",
  "\0",
  "\x1b",
  "1e999",
  "__proto__",
  "'shape': (",
  "PK\x01\x02",
  "PK\x06\x06",
  "\xff\xff\xff\xff",
];

it.each(Object.entries(files))(
  "%s, damaged in 200 ways, is read or refused with a printable sentence",
  (name, file) => {
    const rng = createRng(41);
    for (let trial = 0; trial < 200; trial++) {
      let bytes = Buffer.from(file);
      for (let damage = rng.integer(3); damage >= 0; damage--) {
        const at = rng.integer(bytes.length);
        const piece = Buffer.from(pieces[rng.integer(pieces.length)]!, "latin1");
        const kinds = [
          () => Buffer.from(bytes).fill(rng.integer(256), at, at + 1),
          () => bytes.subarray(0, at + 1),
          () => Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]),
          () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1), piece]),
        ];
        bytes = kinds[rng.integer(kinds.length)]!();
      }
      try {
        parseContent(bytes, name, { mostBytes: 1e6 });
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect(String(error)).toMatch(/^[^\p{Cc}]{1,500}$/u);
      }
    }
  },
);
