import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const tiny = ["--width", "8", "--depth", "1", "--batch", "16", "--iterations", "4", "--evaluate-every", "4"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-benchmark-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `monge benchmark modes` in this process. */
const modes = (...argv: string[]) => captured(() => runCommand(["benchmark", "modes", ...argv]));

describe("monge benchmark modes", () => {
  it("prints what was reproduced beside what is reported, and says of a quick look that it is none of the protocol", async () => {
    const { code, out, err } = await modes(
      "--protocol",
      "ring",
      "--quick",
      "--out",
      at("quick"),
      ...tiny,
      "--workers",
      "0",
    );
    expect(code).toBe(0);
    expect(out).toMatch(
      /REPRODUCED \(this run\)[\s\S]*bce-ns, 2 trials[\s\S]*w-gp, 2 trials[\s\S]*real samples[\s\S]*REPORTED/,
    );
    expect(out).toMatch(/GAN, in PacGAN *│ 6\.3 ± 0\.5 of 8 *│ 98\.2 %/);
    expect(out.replaceAll("\n", " ")).toMatch(/PacGAN \(arXiv 1712\.04086\).* only rows of one run compare/);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(out).toMatch(/NOT the protocol/);
    expect(err).toMatch(/w-gp 1 \(4 of 4\) {2}4\/4/);
  });

  it("prints results.json, and nothing else, under --json and --quiet, and tells fewer trials than the protocol's", async () => {
    const options = [
      "--protocol",
      "grid",
      "--losses",
      "w-gp",
      "--trials",
      "1",
      "--out",
      at("grid"),
      "--quiet",
      ...tiny,
    ];
    const { code, out, err } = await modes(...options, "--workers", "0", "--json");
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toEqual(JSON.parse(await readFile(at("grid/results.json"), "utf8")));
    expect(JSON.parse(out)).toMatchObject({ benchmark: "modes", protocol: "grid", samples: 2500, quick: false });
    expect((await modes(...options)).out).toMatch(/NOT the protocol, which has 10 trials/);
  });

  it.each<[string, string[], RegExp]>([
    ["no protocol", [], /'--protocol <name>' not specified/],
    ["an unknown protocol", ["--protocol", "rings"], /Allowed choices are ring, grid, stacked-mnist/],
    ["an unknown loss", ["--protocol", "ring", "--losses", "w-pg"], /Did you mean w-gp/],
    ["no trials", ["--protocol", "ring", "--trials", "0"], /whole number from 1/],
    ["a size of points", ["--protocol", "ring", "--size", "32"], /unknown option '--size'/],
    [
      "threads for what takes all cores",
      ["--protocol", "stacked-mnist", "--workers", "2"],
      /--workers is for ring and grid/,
    ],
    ["a saved run of points", ["--protocol", "ring", "--run", "x"], /--run is for --protocol stacked-mnist/],
    [
      "a saved run to train",
      ["--protocol", "stacked-mnist", "--run", "x", "--critic-steps", "1"],
      /--critic-steps says how to train/,
    ],
    ["no such saved run", ["--protocol", "stacked-mnist", "--run", "x"], /x does not exist/],
  ])("refuses %s in one sentence, and leaves nothing behind", async (_, argv, says) => {
    const before = await readdir(folder);
    const { code, out, err } = await modes(...argv, "--out", at("no"));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(await readdir(folder)).toEqual(before);
  });

  it("has help with examples", async () => {
    const { code, out } = await modes("--help");
    expect(code).toBe(0);
    expect(out).toMatch(/--protocol <name>[\s\S]*Examples/);
  });
});
