import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spawnMonge } from "./process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-input-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command with `input` on its standard input. */
function piped(
  input: string | Uint8Array,
  ...argv: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawnMonge(folder, argv);
    const texts = { out: "", err: "" };
    child.stdout.on("data", (text) => {
      texts.out += text;
    });
    child.stderr.on("data", (text) => {
      texts.err += text;
    });
    child.on("close", (code) => resolve({ code, ...texts }));
    child.stdin.end(input);
  });
}

const table = `x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${(i * i) % 7}`).join("\n")}\n`;

describe("standard input", () => {
  it("is read once, also where both sets are it", async () => {
    const { code, out } = await piped(gzipSync(table), "distance", "-", "-", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ distance: 0, n: 40, m: 40 });
  }, 30_000);

  it("is the data of every run of a comparison, in threads of their own", async () => {
    const tiny = [
      "--iterations",
      "2",
      "--width",
      "8",
      "--depth",
      "1",
      "--batch",
      "16",
      "--evaluate-every",
      "2",
      "--quiet",
    ];
    const argv = ["compare", "--data", "-", "--losses", "bce,w-gp", "--workers", "2", "--out", "report", ...tiny];
    const { code, err } = await piped(table, ...argv);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(await readFile(join(folder, "report/results.json"), "utf8")).runs).toHaveLength(2);
  }, 60_000);

  it("is given again when a run on it is resumed, and known by its content", async () => {
    const tiny = ["--iterations", "1", "--width", "8", "--depth", "1", "--batch", "16", "--evaluate-every", "0"];
    expect((await piped(table, "train", "--data", "-", ...tiny, "--quiet", "--out", "run")).code).toBe(0);
    const resume = async (input: string, ...more: string[]) => {
      const { code, err } = await piped(input, "train", "--resume", "run", "--iterations", "2", "--quiet", ...more);
      return { code, err };
    };
    expect(await resume("")).toEqual({
      code: 2,
      err: "monge: The data of the run in run came from standard input: give it again with monge train --resume run --data -\n",
    });
    expect(await resume(`${table}9,9\n`, "--data", "-")).toEqual({
      code: 2,
      err: expect.stringMatching(/^monge: Standard input is other data than that of the run in run: /),
    });
    expect(await resume(table, "--data", "-")).toEqual({ code: 0, err: "" });
  }, 60_000);

  it("is refused where there is nothing on it", async () => {
    const { code, err } = await piped("", "distance", "-", "ring");
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^monge: standard input is empty; give/) });
  }, 30_000);
});
