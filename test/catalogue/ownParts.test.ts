import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { losses } from "../../src/losses/index.js";
import { wordsOf } from "../../studio/src/language/catalogues.js";
import { DEFAULTS, networksFor } from "../../studio/src/settings/defaults.js";
import { furtherNames, furtherSettings } from "../../studio/src/settings/furtherSettings.js";
import { fromUrl, toUrl } from "../../studio/src/settings/url.js";
import { captured } from "../cli/captured.js";

/** One file each: the whole of what is written to have one more. */
const MODULES = ["loss", "constraint", "optimizer", "network", "dataset", "metric"].map((name) =>
  fileURLToPath(new URL(`own/${name}.mjs`, import.meta.url)),
);
const WITH = MODULES.flatMap((path) => ["--with", path]);
const folder = await mkdtemp(join(tmpdir(), "monge-own-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a loss, a constraint, an optimizer, a network, a data set and a metric of the user's own, from one file each", () => {
  it("are in the help, with their settings", async () => {
    const { out } = await captured(() => runCommand(["train", "--help", ...WITH]));
    const help = out.replaceAll(/\s+/g, " ");
    for (const text of ["own-cross", "own-loss,", '"own-sign"', '"own-thin"', "w-own-r1"]) expect(help).toContain(text);
    expect(help).toContain("--stiffness <x> weight of slopes at reals (default: 2)");
    expect(help).toContain("--thickness <n> neurons of the hidden layer (default: 7)");
  });

  it("train a run, which says what it is made of, and whose settings are checked", async () => {
    const train = (...more: string[]) => {
      const tiny = ["--data", "ring", "--batch", "16", "--iterations", "2", "--evaluate-every", "2", "--settle", "0"];
      const parts = ["--loss", "own-loss+own-r1", "--network", "own-thin", "--optimizer", "own-sign"];
      return captured(() => runCommand(["train", ...WITH, ...tiny, ...parts, "--out", join(folder, "run"), ...more]));
    };
    expect((await train("--stiffness", "-1")).err).toContain("It must be 0 or more");
    const ended = await train("--stiffness", "3", "--json", "--width", "8");
    expect(ended.err).toContain(
      "width has no effect here: it is a setting of the networks mlp, dcgan, resnet and tabular.",
    );
    expect(JSON.parse(ended.out).evaluation.figures.ownSpread).toBeGreaterThan(0);
    const { out } = await captured(() => runCommand(["info", join(folder, "run"), "--json", ...WITH]));
    expect(JSON.parse(out).config).toMatchObject({
      ...{ loss: "own-loss+own-r1", network: "own-thin", optimizer: "own-sign" },
      ...{ stiffness: 3, thickness: 7 },
    });
  });

  it("are compared with the project's, in the table and in the report", async () => {
    const out = join(folder, "compared");
    const tiny = [
      "--data",
      "own-cross",
      "--batch",
      "16",
      "--iterations",
      "2",
      "--evaluate-every",
      "2",
      "--settle",
      "0",
    ];
    const chosen = ["--losses", "bce,own-loss+own-r1", "--workers", "0", "--network", "own-thin", "--quiet"];
    const table = await captured(() => runCommand(["compare", ...WITH, ...tiny, ...chosen, "--out", out]));
    expect(table.out).toMatch(/own-loss\+own-r1 +0/);
    expect(table.out).toContain("Spread");
    const report = await readFile(join(out, "report.html"), "utf8");
    for (const text of ["own-cross", "W-loss with drift, penalty at reals", "Spread of the samples"])
      expect(report).toContain(text);
    expect(report).toContain(String.raw`<annotation encoding="application/x-tex">\mathbb{E}_x \, c(x)`);
  });

  it("stand in the Studio's lists and its address", () => {
    const own = { loss: "own-loss", constraint: "own-r1" };
    const settings = { ...DEFAULTS, right: own, network: "own-thin", more: { optimizer: "own-sign", stiffness: 4 } };
    expect(wordsOf("losses", losses.get("own-loss")).what).toBe("W-loss with drift");
    expect(networksFor("ring").map(({ name }) => name)).toEqual(["mlp", "own-thin"]);
    expect(furtherNames()).toEqual(expect.arrayContaining(["stiffness", "thickness"]));
    const shown = furtherSettings(settings);
    expect(shown.find(({ name }) => name === "stiffness")).toMatchObject({
      usual: [2],
      description: "weight of slopes at reals",
    });
    expect(shown.find(({ name }) => name === "optimizer")?.takes).toMatchObject({
      options: expect.arrayContaining(["own-sign"]),
    });
    const { linked } = fromUrl("");
    expect(fromUrl(toUrl({ ...linked, settings }))).toEqual({ linked: { ...linked, settings }, notes: [] });
  });
});
