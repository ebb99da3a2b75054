import { mkdir, readFile, symlink, truncate } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { mostBytes } from "../../../src/data/sources/limits.js";
import { openSource } from "../../../src/data/sources/source.js";
import { InputError } from "../../../src/errors.js";
import { temporaryFile, temporaryFolder } from "../files.js";

const fixture = JSON.parse(await readFile(new URL("../../fixtures/data/npy.json", import.meta.url), "utf8"));
const npy = Buffer.from(fixture.cases[0].file, "base64");
const npz = Buffer.from(fixture.archives.compressed, "base64");
const idx = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 7, 9);
const table = { kind: "table", table: { columns: ["x", "y"] } };

describe("a path is", () => {
  it.each<[string, string, string | Uint8Array, object]>([
    ["a table by its name", "a.csv", "x,y\n1,2\n", table],
    ["a table by its name, tabs within", "a.TSV", "x\ty\n1\t2\n", table],
    ["a table where the name says nothing", "points", "x,y\n1,2\n", table],
    ["a table that is compressed, whatever its name", "a.csv", gzipSync("x,y\n1,2\n"), table],
    ["a table that is compressed", "a.csv.gz", gzipSync("x,y\n1,2\n"), table],
    ["JSON by its name", "a.json", '[{"x":1,"y":2}]', table],
    ["JSON lines", "a.jsonl", '{"x":1,"y":2}\n{"x":1,"y":2}', table],
    ["JSON by its content", "a.txt", ' [{"x":1,"y":2}]', table],
    ["an array, whatever its name", "a.csv", npy, { kind: "array", array: { shape: [2, 3] } }],
    ["an array that is compressed", "a.npy.gz", gzipSync(npy), { kind: "array", array: { shape: [2, 3] } }],
    ["an IDX file, whatever its name", "a.bin", idx, { kind: "array", array: { shape: [2, 1] } }],
  ])("%s", async (_, name, content, expected) => {
    const path = await temporaryFile(name, content);
    expect(await openSource(path)).toMatchObject({ name: path, ...expected });
  });

  it("one array of several", async () => {
    const path = await temporaryFile("a.npz", npz);
    expect(await openSource(`${path}:labels`)).toMatchObject({ kind: "array", array: { shape: [3] } });
    await expect(openSource(`${path}:none`)).rejects.toThrow(/no array "none": give .*a\.npz:NAME/);
    await expect(openSource(`${path}.npz:none`)).rejects.toThrow(/no file or folder called/);
  });

  it("a run, told by its checkpoints, or a folder of images", async () => {
    const folder = await temporaryFolder();
    expect(await openSource(folder)).toMatchObject({ kind: "folder", folder });
    await mkdir(join(folder, "checkpoints"));
    expect(await openSource(folder)).toMatchObject({ kind: "run", folder });
  });

  it("the name of a data set before a file of that name", async () => {
    expect(await openSource("ring")).toMatchObject({ kind: "name", name: "ring" });
  });
});

describe("is refused:", () => {
  it.each<[string, string, string | Uint8Array, RegExp]>([
    ["text under the name of an array", "a.npy", "x,y\n1,2\n", /a\.npy is not a \.npy file/],
    ["text under the name of an archive", "a.npz", "x,y\n1,2\n", /a\.npz is not a \.npz file/],
    [
      "a picture",
      "a.png",
      "\x89PNG\r\n",
      /a\.png is of no known kind: give a table .*, an array .* or a folder of images/,
    ],
    ["damaged compression", "a.csv.gz", gzipSync("x,y\n1,2\n").subarray(0, 20), /damaged gzip file/],
    [
      "what unpacks to much more than it is",
      "a.csv.gz",
      gzipSync(Buffer.alloc(2 ** 28 + 1)),
      /unpacks from \d+ bytes to more than 268435456; unpack it/,
    ],
  ])("%s", async (_, name, content, message) => {
    const opening = openSource(await temporaryFile(name, content));
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(message);
  });

  it("a file larger than memory has room for", async () => {
    const path = await temporaryFile("large.csv", "");
    await truncate(path, mostBytes + 1);
    await expect(openSource(path)).rejects.toThrow(/large\.csv has \d+ bytes, and a file may have \d+ \(an eighth/);
  });

  it.skipIf(process.platform === "win32")("a stream that does not end", async () => {
    const path = join(await temporaryFolder(), "zeros");
    await symlink("/dev/zero", path);
    await expect(openSource(path)).rejects.toThrow(/zeros has more than 268435456 bytes, the most of a stream/);
  });
});
