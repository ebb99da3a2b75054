import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { createRng } from "../../src/random.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const monge = (...argv: string[]) => captured(() => runCommand(argv));
const TINY = ["--width", "8", "--depth", "1", "--batch", "16", "--settle", "0", "--evaluate-every", "2"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-early-"));
  // Of too many dimensions for exact distances, which take long.
  const rng = createRng(0);
  const rows = Array.from({ length: 60 }, () => rng.normals(5).join());
  await writeFile(at("five.csv"), ["a,b,c,d,e", ...rows].join("\n"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("train ends a run early and says why, and so does info", async () => {
  const [data, out] = [at("five.csv"), at("run")];
  const asked = [data, "--as", "points", "--out", out, ...TINY, "--iterations", "6", "--stop-when", "slopeMax>0"];
  const ended = await monge("train", ...asked, "--quiet");
  expect(ended.code).toBe(0);
  expect(ended.err).toMatch(/^Ended at iteration 2 of 6: slopeMax is .*, above 0\.$/m);
  const info = await monge("info", out);
  expect(info.out).toMatch(/ended early +│ slopeMax is .*, above 0/);
  expect(info.out).toMatch(/stopWhen +│ slopeMax>0/);
});

it("a figure that there is not is refused before anything is written, with the names", async () => {
  const bad = await monge("train", "grid", "--out", at("none"), ...TINY, "--stop-when", "emdd<1");
  expect(bad).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^monge: There is no figure "emdd" .*Known: value, /),
  });
  const odd = await monge("train", "grid", "--out", at("none"), "--stop-when", "emd");
  expect(odd).toMatchObject({ code: 2, err: expect.stringContaining("in quotation marks, such as 'emd<0.05'") });
  const { out } = await monge("info", at("none"));
  expect(out).toBe("");
});
