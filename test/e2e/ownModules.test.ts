import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runProcess } from "./process.js";

const own = (name: string) => fileURLToPath(new URL(`../catalogue/own/${name}.mjs`, import.meta.url));
const WITH = ["--with", own("loss"), `--with=${own("constraint")}`];
const TINY = ["--data", "ring", "--batch", "16", "--width", "8", "--iterations", "2", "--evaluate-every", "2"];
const folder = await mkdtemp(join(tmpdir(), "monge-own-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a process with modules of the user's own", () => {
  it("knows what they add in the threads of a comparison too, wherever they lie", async () => {
    const losses = ["--losses", "own-loss+own-r1,w-own-r1", "--workers", "2", "--settle", "0", "--quiet"];
    const { code, err } = await runProcess(folder, ["compare", ...WITH, ...TINY, ...losses, "--out", "compared"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { runs } = JSON.parse(await readFile(join(folder, "compared", "results.json"), "utf8"));
    expect(runs.map(({ loss }: { readonly loss: string }) => loss)).toEqual(["own-loss+own-r1", "w-own-r1"]);
  });

  it("needs them again for a run that was trained with them, and says so", async () => {
    const path = join("compared", "runs", "own-loss+own-r1-seed-0");
    const { code, err } = await runProcess(folder, ["info", path]);
    expect(code).toBe(2);
    expect(err).toContain('was trained with the loss "own-loss+own-r1", which is not known here');
    expect(err).toContain("--with");
    expect((await runProcess(folder, ["info", path, ...WITH])).code).toBe(0);
  });

  it("refuses one that is not there or cannot be loaded, in a sentence", async () => {
    const none = await runProcess(folder, ["info", "x", "--with", "none.mjs"]);
    expect(none).toMatchObject({ code: 2, err: expect.stringMatching(/^monge: There is no module none\.mjs: .*\n$/) });
    const broken = await runProcess(folder, ["info", "x", "--with", join("compared", "results.json")]);
    expect(broken).toMatchObject({ code: 2, err: expect.stringContaining("could not be loaded") });
  });
});
