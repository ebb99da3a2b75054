import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runProcess } from "./process.js";

const TINY = ["--iterations", "3", "--width", "8", "--depth", "1", "--latent", "4", "--batch", "16", "--prior", "3"];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-again-"));
  const rows = Array.from(
    { length: 80 },
    (_, row) => `mail${row}@mail.example,${["x", "y", ""][row % 3]},${row % 7}.5`,
  );
  await writeFile(join(folder, "rows.csv"), `mail,kind,size\n${rows.join("\n")}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("rows of a table are the same, byte for byte, from the same seeds in other processes", async () => {
  const made = async (run: string) => {
    expect((await runProcess(folder, ["train", "rows.csv", "--out", run, ...TINY, "--quiet"])).code).toBe(0);
    expect((await runProcess(folder, ["sample", run, "-n", "200", "--seed", "5", "-o", `${run}.csv`])).code).toBe(0);
    return readFile(join(folder, `${run}.csv`), "utf8");
  };
  const [one, other] = await Promise.all([made("one"), made("other")]);
  expect(one.split("\n")).toHaveLength(202);
  expect(other).toBe(one);
});
