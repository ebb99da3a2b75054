import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { verifyTable } from "../../src/cli/verify/table.js";
import type { VerifyEntry, VerifyResults } from "../../src/protocols/verify/index.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);

/** Runs `monge verify` in this process. */
const monge = (...argv: string[]) => captured(() => runCommand(["verify", ...argv]));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-verify-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("monge verify", () => {
  const tiny = [
    "--dimension",
    "2",
    "--funnels",
    "1",
    "--critics",
    "clip,exact",
    "--iterations",
    "10",
    "--workers",
    "0",
  ];

  it("prints a table with its legend, shows progress, and says that it is not the protocol", async () => {
    const { code, out, err } = await monge(...tiny, "--out", at("table"));
    expect(code).toBe(0);
    expect(out).toMatch(/D2N1\n.*\ntrue W1 +2\.\d\d\n/);
    expect(out).toMatch(/weights clipped to 0\.04 +-?\.\d\d \(-?\.\d\d\)\n/);
    expect(out).toContain("Not the published protocol: 10 updates for every critic");
    expect(err).toContain("D2N1 clip  10/10");
  });

  it("prints what it holds already as JSON, and nothing else", async () => {
    const { code, out, err } = await monge(...tiny, "--out", at("table"), "--json", "--quiet");
    const { settings, entries } = JSON.parse(out) as VerifyResults;
    expect(settings).toEqual({ seed: 0, length: { each: 10 } });
    expect(entries.map(({ critic }) => critic)).toEqual(["clip", "exact"]);
    expect([code, err]).toEqual([0, ""]);
  });

  it.each<[string, string[], string]>([
    ["a pair without its funnels", ["--dimension", "2"], "give both"],
    ["two ways to name pairs", ["--cells", "D2N4", "--dimension", "2", "--funnels", "4"], "and not both"],
    ["a pair that is none", ["--cells", "2x4"], '"2x4" is not a pair of distributions'],
    ["an unknown critic", ["--critics", "pg"], "Did you mean gp?"],
    ["no updates", ["--iterations", "0"], "It must be a whole number from 1 to 1000000000."],
    ["a share of nothing", ["--iterations", "0%"], "It must be above 0 %."],
    ["settings other than the folder's", [...tiny, "--seed", "1", "--out", "table"], "--force to replace it"],
  ])("refuses %s in one sentence", async (_, argv, message) => {
    const out = argv.includes("--out")
      ? argv.with(argv.indexOf("--out") + 1, at("table"))
      : [...argv, "--out", at("no")];
    const { code, out: printed, err } = await monge(...out);
    expect(err).toContain(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect([code, printed]).toEqual([2, ""]);
  });
});

describe("the table", () => {
  const entry = (cell: string, critic: string, cosine: number | null, estimate: number | null): VerifyEntry => {
    return { cell, critic, cosine, estimate, slope: 1, iterations: 10, truth: 0.825, seconds: 1 };
  };

  it("has each critic's figures above the published ones, in the published order of cells", () => {
    const entries = [
      entry("D9N9", "lp", 0.5, 12.34),
      entry("D2N64", "lp", 0.704, 0.21),
      entry("D2N4", "exact", 0.261, 0.999),
      entry("D2N4", "lp", null, null),
    ];
    const lines = verifyTable({ version: 1, settings: { seed: 0, length: { share: 1 } }, entries }).split("\n");
    const rows = lines.map((line) => line.split(/ {2,}/).filter((part) => part !== ""));
    expect(rows).toContainEqual(["D2N4", "D2N64", "D9N9"]);
    expect(rows).toContainEqual(["published", ".82", ".23"]);
    expect(rows).toContainEqual(["one-sided penalty", "diverged", ".70 (.21)", ".50 (12.3)"]);
    expect(rows).toContainEqual(["published", ".82 (.89)", ".68 (.22)"]);
    expect(rows).toContainEqual(["exact, from the reals", ".26 (1.00)", "-", "-"]);
    expect(rows).toContainEqual(["published", ".86 (.82)"]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
