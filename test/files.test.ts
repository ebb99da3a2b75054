import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../src/errors.js";
import {
  checkWritable,
  makeFolder,
  readTextFile,
  removeTemporaries,
  systemReason,
  writeDirectoryAtomically,
  writeFileAtomically,
} from "../src/files.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("writeFileAtomically", () => {
  it("writes text and bytes, over an old file too, and leaves nothing else", async () => {
    const path = join(folder, "new", "results.json");
    await writeFileAtomically(path, "a longer old text");
    await writeFileAtomically(path, "é");
    expect(await readFile(path, "utf8")).toBe("é");
    await writeFileAtomically(path, Uint8Array.of(0, 255));
    expect([...(await readFile(path))]).toEqual([0, 255]);
    expect(await readdir(join(folder, "new"))).toEqual(["results.json"]);
  });

  it("writes text in pieces, and leaves the old content where one of them cannot be made", async () => {
    const path = join(folder, "pieces.csv");
    await writeFileAtomically(path, ["a,b\n", "1,2\n"]);
    const broken = (function* () {
      yield "a,b\n";
      throw new Error("no more");
    })();
    await expect(writeFileAtomically(path, broken)).rejects.toThrow("no more");
    expect(await readFile(path, "utf8")).toBe("a,b\n1,2\n");
    expect(await readdir(folder)).toEqual(["pieces.csv"]);
  });

  it.each([
    ["file/results.json", /file is a file, and a folder is needed there\.$/],
    [
      "file/runs/results.json",
      /results\.json cannot be written: not a directory; choose a place that can be written\.$/,
    ],
  ])("says where and why when a part of the path is a file: %s", async (name, sentence) => {
    await writeFile(join(folder, "file"), "");
    const error = await writeFileAtomically(join(folder, name), "x").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(sentence);
  });

  it("leaves a link where it is, and writes the file that it leads to", async () => {
    await writeFile(join(folder, "file"), "old");
    await symlink("file", join(folder, "link"));
    await writeFileAtomically(join(folder, "link"), "new");
    expect(await readlink(join(folder, "link"))).toBe("file");
    expect(await readFile(join(folder, "file"), "utf8")).toBe("new");
  });

  it.skipIf(process.platform === "win32")("writes into a pipe, and leaves no file in its place", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const [read] = await Promise.all([readFile(pipe, "utf8"), writeFileAtomically(pipe, "text")]);
    expect(read).toBe("text");
    expect((await stat(pipe)).isFIFO()).toBe(true);
  });

  it("asks for a name", async () => {
    await expect(writeFileAtomically("", "x")).rejects.toThrow(/^the name of the file is empty; give one\.$/);
  });

  it("refuses a folder, and leaves no temporary file", async () => {
    await mkdir(join(folder, "taken"));
    await expect(writeFileAtomically(join(folder, "taken"), "x")).rejects.toThrow(
      /is a folder; give the name of a file/,
    );
    expect(await readdir(folder)).toEqual(["taken"]);
  });
});

describe("writeDirectoryAtomically", () => {
  it("writes a folder of files", async () => {
    await writeDirectoryAtomically(join(folder, "a", "b"), { "x.txt": "text", "y.bin": Uint8Array.of(7) });
    expect((await readdir(join(folder, "a", "b"))).sort()).toEqual(["x.txt", "y.bin"]);
    expect(await readdir(join(folder, "a"))).toEqual(["b"]);
  });

  it("replaces a folder as a whole: no file of the old one stays", async () => {
    const path = join(folder, "b");
    await writeDirectoryAtomically(path, { old: "1", both: "1" });
    await writeDirectoryAtomically(path, { both: "2" });
    expect(await readdir(path)).toEqual(["both"]);
    expect(await readFile(join(path, "both"), "utf8")).toBe("2");
    expect(await readdir(folder)).toEqual(["b"]);
  });

  it("leaves the old folder as it was, and no temporary one, when a file in it cannot be written", async () => {
    const path = join(folder, "b");
    await writeDirectoryAtomically(path, { old: "1" });
    const unwritable = { "first.txt": "x", [`${"n".repeat(300)}.txt`]: "x" };
    await expect(writeDirectoryAtomically(path, unwritable)).rejects.toThrow("name too long");
    expect(await readdir(folder)).toEqual(["b"]);
    expect(await readdir(path)).toEqual(["old"]);
  });
});

describe("makeFolder", () => {
  it("makes every level that is missing, also when asked by many at once, and tells the topmost", async () => {
    const path = join(folder, "a", "b", "c");
    const made = await Promise.all(Array.from({ length: 8 }, () => makeFolder(path)));
    expect((await stat(path)).isDirectory()).toBe(true);
    expect(made).toContain(join(folder, "a"));
    expect(await makeFolder(path)).toBeUndefined();
  });

  const refused: [name: string, path: () => string, says: RegExp][] = [
    ["below a file", () => join(folder, "file", "x"), /file.x cannot be written: not a directory; choose/],
    ["where a file is", () => join(folder, "file"), /file is a file, and a folder is needed there\.$/],
    ["where a link leads nowhere", () => join(folder, "link"), /link is a link to nothing; choose/],
    ["of too long a name", () => join(folder, "new", "n".repeat(300), "x"), /cannot be written: name too long/],
    ["of too long a path", () => join(folder, "new/".repeat(1300)), /cannot be written: name too long/],
  ];

  it.each(refused)("refuses a folder %s, and leaves nothing", async (_, path, says) => {
    await writeFile(join(folder, "file"), "");
    await symlink("nowhere", join(folder, "link"));
    for (const make of [makeFolder, checkWritable]) {
      const error = await make(path()).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).toMatch(says);
    }
    expect((await readdir(folder)).sort()).toEqual(["file", "link"]);
  });

  it.runIf(process.platform === "linux")("ends below /proc and /sys, with the system's reason", async () => {
    await expect(makeFolder("/proc/monge/run")).rejects.toThrow("/proc/monge cannot be made: /proc takes no folders");
    await expect(makeFolder("/sys/monge/run")).rejects.toThrow(/^\/sys\/monge\/run cannot be written: /);
  });
});

it("removeTemporaries removes what a killed writer left, and no other hidden file", async () => {
  await mkdir(join(folder, ".00000100.0b0c7c1e-54a5-4c5e-8f0c-0123456789ab.tmp"));
  await writeFile(join(folder, ".keep.tmp"), "");
  await removeTemporaries(folder);
  expect(await readdir(folder)).toEqual([".keep.tmp"]);
});

it("systemReason speaks of failed system calls only", async () => {
  expect(systemReason(await readFile(join(folder, "none")).catch((error: unknown) => error))).toBe(
    "no such file or directory",
  );
  expect(systemReason(new Error("a mistake in the program"))).toBeUndefined();
});

describe("readTextFile", () => {
  it("gives the text, and nothing where there is no file", async () => {
    await writeFile(join(folder, "a.json"), "é");
    expect(await readTextFile(join(folder, "a.json"))).toBe("é");
    expect(await readTextFile(join(folder, "b.json"))).toBeUndefined();
  });

  it("refuses a file of 200 MB without reading it, and a folder", async () => {
    const path = join(folder, "large.json");
    await writeFile(path, "");
    await truncate(path, 200 * 2 ** 20);
    await expect(readTextFile(path)).rejects.toThrow(/large\.json has 200 MB, and such a file has 100 MB at most\.$/);
    await expect(readTextFile(folder)).rejects.toThrow(InputError);
  });
});
