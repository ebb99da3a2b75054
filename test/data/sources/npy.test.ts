import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { shapeText } from "../../../src/data/sources/numberArray.js";
import { readArray } from "../../../src/data/sources/source.js";
import { InputError } from "../../../src/errors.js";
import { temporaryFile } from "../files.js";

interface Saved {
  readonly name: string;
  /** In base64. */
  readonly file: string;
}
const fixture = JSON.parse(readFileSync(new URL("../../fixtures/data/npy.json", import.meta.url), "utf8")) as {
  cases: (Saved & { readonly shape: number[]; readonly data: number[] })[];
  refused: Saved[];
};
const bytesOf = ({ file }: Saved) => Buffer.from(file, "base64");
const fileOf = (bytes: Uint8Array) => temporaryFile("array.npy", bytes);

describe("a .npy file", () => {
  it.each(fixture.cases.map((saved) => [saved.name, saved] as const))(
    "reads what numpy wrote: %s",
    async (_, saved) => {
      const { shape, data } = await readArray(await fileOf(bytesOf(saved)));
      expect(shape).toEqual(saved.shape);
      expect([...data]).toEqual(saved.data);
    },
  );

  it("reads the lengths that Python 2 wrote", async () => {
    const bytes = bytesOf(fixture.cases.find(({ name }) => name === "version 1")!);
    const old = Buffer.from(bytes.toString("latin1").replace("(3, 2), }  ", "(3L, 2L), }"), "latin1");
    expect(old.equals(bytes)).toBe(false);
    expect((await readArray(await fileOf(old))).shape).toEqual([3, 2]);
  });

  it.each(fixture.refused.map((saved) => [saved.name, saved] as const))("refuses %s", async (_, saved) => {
    const reading = readArray(await fileOf(bytesOf(saved)));
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(/array\.npy has elements of type ".*astype\("float64"\)/);
  });

  const whole = bytesOf(fixture.cases[1]!);
  /** The same file with another text in its header, which keeps its length. */
  function headed(from: string, to: string): Buffer {
    const text = whole.toString("latin1");
    const padding = /\} +\n/.exec(text)![0].length - 2;
    const changed = text.replace(from, to).replace(" ".repeat(padding), " ".repeat(padding + from.length - to.length));
    return Buffer.from(changed, "latin1");
  }

  it("says that whole numbers beyond 2^53 were rounded", async () => {
    const saved = fixture.cases.find(({ name }) => name === "largest of 64 bits")!;
    expect((await readArray(await fileOf(bytesOf(saved)))).warnings).toEqual([
      expect.stringMatching(/array\.npy holds whole numbers beyond 2\^53, which were rounded/),
    ]);
  });

  it.each([
    ["without an order of bytes", "'<f8'", "'f8' "],
    ["of the machine's order of bytes", "'<f8'", "'=f8'"],
  ])("reads elements %s", async (_, from, to) => {
    expect((await readArray(await fileOf(headed(from, to)))).shape).toEqual([2, 3]);
  });

  it.each([
    ["__proto__", "'<f8'", "'__proto__'"],
    ["constructor", "'<f8'", "'constructor'"],
    ["\x1b[2J", "'<f8'", "'\x1b[2J'"],
    ["an expression", "(2, 3)", "(exit(),)"],
    ["a shape beyond everything", "(2, 3)", "(99999999999999999999, 9999999999)"],
    ["a negative length", "(2, 3)", "(-2, 3)"],
  ])("refuses a crafted header: %s", async (_, from, to) => {
    const reading = readArray(await fileOf(headed(from, to)));
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(/^[^\p{Cc}]{1,400}$/u);
  });

  it.each([
    ["another format", Buffer.from("x,y\n1,2\n"), /array\.npy is not a \.npy file/],
    ["an empty file", Buffer.alloc(0), /is not a \.npy file/],
    ["a start without more", whole.subarray(0, 6), /cut off within its header/],
    ["a header cut off", whole.subarray(0, 60), /cut off within its header/],
    ["elements cut off", whole.subarray(0, -1), /cut off: a shape of \(2, 3\) takes 48 bytes and 47 follow/],
    ["more than the elements", Buffer.concat([whole, Buffer.of(0)]), /continues after .* 48 bytes and 49 follow/],
    ["a later version", Buffer.from(whole).fill(4, 6, 7), /version 4; versions 1, 2 and 3/],
    [
      "a header of something else",
      Buffer.from(whole.toString("latin1").replace("'shape'", "'shaqe'"), "latin1"),
      /header that numpy does not write/,
    ],
  ])("refuses %s", async (_, bytes, message) => {
    await expect(readArray(await fileOf(bytes))).rejects.toThrow(message);
  });

  it("that is missing is named", async () => {
    await expect(readArray("nowhere.npy")).rejects.toThrow(/no file or folder called "nowhere\.npy"/);
  });
});

it("prints shapes as numpy does", () => {
  expect([[3, 2], [3], []].map(shapeText)).toEqual(["(3, 2)", "(3,)", "()"]);
});
