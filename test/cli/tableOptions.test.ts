import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const train = (data: string, ...argv: string[]) =>
  captured(() =>
    runCommand([
      ...["train", data, "--iterations", "2", "--width", "8", "--batch", "16", "--evaluate-every", "0", "--quiet"],
      ...argv,
    ]),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-table-options-"));
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${["Rome", "Paris"][i % 2]},${["IT", "FR"][i % 2]},${i % 9},note ${i}`,
  );
  await writeFile(at("cities.csv"), `city,country,n,"notes, all"\n${rows.join("\n")}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

describe("monge train on a table", () => {
  it("learns the columns that options leave, as they say", async () => {
    const options = ["--drop", '"notes, all"', "--together", "city,country", "--out", at("run")];
    expect(await train(at("cities.csv"), ...options)).toMatchObject({ code: 0 });
    const [names, ...rows] = (await readFile(at("run/samples.csv"), "utf8")).trim().split("\n");
    expect(names).toBe("city,country,n");
    expect(new Set(rows.map((row) => row.replace(/,\d$/, "")))).toEqual(new Set(["Rome,IT", "Paris,FR"]));
  });

  it("takes a schema file that monge describe wrote", async () => {
    const described = await captured(() =>
      runCommand(["describe", at("cities.csv"), "--drop", "n", "-o", at("s.json")]),
    );
    expect(described.code).toBe(0);
    expect(await train(at("cities.csv"), "--schema", at("s.json"), "--out", at("again"))).toMatchObject({ code: 0 });
    const [names] = (await readFile(at("again/samples.csv"), "utf8")).split("\n");
    expect(names).toBe('city,country,"notes, all"');
  });

  it("leaves a run of which monge export writes the weights, and says that rows take more than one network", async () => {
    expect(await train(at("cities.csv"), "--drop", "n", "--out", at("exported"))).toMatchObject({ code: 0 });
    const exported = (...argv: string[]) => captured(() => runCommand(["export", at("exported"), ...argv]));
    expect(await exported("-o", at("g.onnx"))).toMatchObject({ code: 2, err: expect.stringContaining("monge sample") });
    expect(await exported("--format", "safetensors", "-o", at("g.safetensors"))).toMatchObject({ code: 0 });
  });

  it("refuses such options elsewhere", async () => {
    expect((await train("ring", "--drop", "x", "--out", at("ring"))).err).toMatch(
      /ring is not a table with columns: leave out --drop/,
    );
    const missing = await train(at("nowhere.csv"), "--rule", "a < b", "--out", at("nowhere"));
    expect(missing).toMatchObject({ code: 2, err: expect.stringMatching(/nowhere\.csv/) });
    expect(missing.err).not.toContain("leave out");
    const { code, err } = await captured(() => runCommand(["train", "--resume", at("run"), "--rule", "n > 1"]));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/columns of the run: leave out --rule/) });
  });
});
