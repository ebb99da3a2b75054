import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { newRun } from "../../src/runs/run.js";
import { checkShareable, offerRun, takeRun, withholdRun } from "../../src/runs/sharedRun.js";
import { ranksInMemory } from "../parallel/ranksInMemory.js";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-shared-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function tableOf(name: string, last = "Graz,41") {
  await writeFile(at(name), `city,age\n${"Bern,30\nGraz,35\nBern,52\n".repeat(20)}${last}\n`);
  return at(name);
}

const newTable = async (name: string) =>
  newRun({ data: await tableOf(`${name}.csv`), loss: "w-gp", prior: 0, width: 8, batch: 4 }, at(name));

describe("a run that rank 0 has prepared", () => {
  it("is the same on the other ranks, table and state", async () => {
    const run = await newTable("same");
    const [first, ...others] = ranksInMemory(3);
    const [, ...taken] = await Promise.all([offerRun(run, first!), ...others.map(takeRun)]);
    for (const one of taken) {
      expect(one).toMatchObject({ directory: at("same"), isNew: true, config: run.config });
      expect(one?.options.data.fields).toEqual(run.data.fields);
      const { history: _, ...position } = run.progress;
      expect(one?.options.resume).toEqual({ ...position, history: [] });
    }
  });

  it("is trained by nobody where the data of one rank is other data", async () => {
    const run = await newTable("other");
    await tableOf("other.csv", "Wien,42");
    const [first, ...others] = ranksInMemory(2);
    const offered = offerRun(run, first!);
    const taken = Promise.all(others.map(takeRun));
    await expect(offered).rejects.toThrow(
      /^Rank 1 on \S+: .*other\.csv is other data there than on rank 0: copy the same files to all machines\.$/,
    );
    expect(await taken).toEqual([undefined]);
  });

  it("is not taken by another version of this package", async () => {
    const [first, second] = ranksInMemory(2);
    const taken = takeRun(second!);
    await first!.broadcast(new TextEncoder().encode(JSON.stringify({ version: "99.0.0", run: {} })));
    await first!.broadcast(new Uint8Array());
    const [, problem] = await first!.gather(new Uint8Array());
    expect(new TextDecoder().decode(problem)).toMatch(
      /^ on \S+: this is monge \S+, and rank 0 has 99\.0\.0: install the same version everywhere\.$/,
    );
    expect(await taken).toBeUndefined();
  });

  it("is none where it could not be prepared", async () => {
    const [first, second] = ranksInMemory(2);
    expect((await Promise.all([withholdRun(first!), takeRun(second!)]))[1]).toBeUndefined();
  });

  it("cannot come from standard input", async () => {
    const run = await newTable("standard");
    const [first] = ranksInMemory(2);
    expect(() => checkShareable({ ...run, config: { ...run.config, data: "-" } }, first!)).toThrow(InputError);
  });
});
