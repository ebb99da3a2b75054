import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runCommand } from "../../src/cli/program.js";
import { captured } from "./captured.js";

const tiny = "--width 8 --depth 1 --batch 16 --iterations 2 --evaluate-every 2 --settle 0 --workers 0".split(" ");
/** Sixty points, of which six are held out: exact distances between them take no time. */
const fewPoints = () => `a,b\n${Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${i % 7}`).join("\n")}\n`;
const monge = (...argv: readonly string[]) => captured(() => runCommand(argv));

describe("monge sweep", () => {
  let home: string;
  let folder: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "monge-sweep-"));
    folder = join(home, "swept");
    await writeFile(join(home, "points.csv"), fewPoints());
  });
  afterEach(() => rm(home, { recursive: true }));

  const data = () => ["--data", join(home, "points.csv"), "--as", "points"];
  const sweep = (...argv: readonly string[]) => monge("sweep", ...data(), "--out", folder, ...tiny, ...argv);

  it("trains each run once, keeps it as a run, and shows settings best first with means over the seeds", async () => {
    const { code, out, err } = await sweep(
      "--losses",
      "w-gp,w-clip",
      "--set",
      "lambda=0.1,1",
      "--seeds",
      "0,1",
      "--json",
    );
    expect(code).toBe(0);
    expect(err).toContain("6 runs (2 more would be the same as these, because a setting has no effect on them).");
    expect(err.match(/^\d\/6 {2}/gm)).toEqual([1, 2, 3, 4, 5, 6].map((done) => `${done}/6  `));
    const results = JSON.parse(out);
    expect(results).toMatchObject({ version: 1, data: join(home, "points.csv"), by: "emd", runs: 6, ended: 6 });
    const settings = results.settings as readonly {
      loss: string;
      settings: object;
      figures: { emd: { mean: number; error: number } };
      runs: readonly { seed: number; figures: { emd: number } }[];
    }[];
    expect(settings.map(({ loss, settings: one }) => [loss, one])).toHaveLength(3);
    for (const { figures, runs } of settings) {
      const [a = 0, b = 0] = runs.map((run) => run.figures.emd);
      expect(runs.map(({ seed }) => seed)).toEqual([0, 1]);
      expect(figures.emd.mean).toBeCloseTo((a + b) / 2, 12);
      // The standard error of two values is half of what is between them.
      expect(figures.emd.error).toBeCloseTo(Math.abs(a - b) / 2, 12);
    }
    const means = settings.map(({ figures }) => figures.emd.mean);
    expect(means).toEqual(means.toSorted((a, b) => a - b));

    const again = await sweep("--losses", "w-gp,w-clip", "--set", "lambda=0.1,1", "--seeds", "0,1", "--json");
    expect(again.err).toBe("6 runs of 6 ended before.\n");
    expect(again.out).toBe(out);
    const run = await monge("info", join(folder, "runs", "0-w-gp-seed-0"));
    expect(run.code).toBe(0);
    await access(join(folder, "runs", "0-w-gp-seed-0", "samples.png"));
    expect(await readFile(join(folder, "sweep.html"), "utf8")).toContain("Of 3 settings, each trained with 2 seeds");
  });

  it("goes on with what is there, and trains a run again whose result is lost from where it stands", async () => {
    await sweep("--set", "lambda=0.1,1", "--quiet");
    const file = join(folder, "runs", "1-w-gp-seed-0", "result.json");
    const before = JSON.parse(await readFile(file, "utf8"));
    await rm(file);
    const shown = await monge("sweep", "show", folder);
    expect(shown.err).toContain("1 run of 2 not finished yet.");
    const { code, err } = await monge("sweep", "--out", folder, "--workers", "0");
    expect(code).toBe(0);
    expect(err).toContain("1 run of 2 ended before.");
    expect(err).toContain("2/2  w-gp lambda=1");
    const { seconds, ...result } = before.result;
    expect(JSON.parse(await readFile(file, "utf8")).result).toMatchObject(result);
  });

  it("refuses other settings in its folder, which --force replaces, and other files, which it does not", async () => {
    await sweep("--set", "lambda=1", "--quiet");
    const other = await sweep("--set", "lambda=2", "--quiet");
    expect(other).toMatchObject({ code: 2, out: "" });
    expect(other.err).toMatch(/holds another sweep \(of run 0 lambda is 1 there and 2 here\): give another --out/);
    expect((await sweep("--set", "lambda=2", "--quiet", "--force")).code).toBe(0);
    expect(await readFile(join(folder, "sweep.json"), "utf8")).toContain('"lambda": 2');
    await writeFile(join(folder, "sweep.json"), "{}");
    expect((await monge("sweep", "show", folder)).err).toMatch(/is not a sweep of this version/);
    await rm(join(folder, "sweep.json"));
    expect((await sweep("--set", "lambda=2", "--quiet")).err).toMatch(/is not empty/);
  });

  it("has a run that diverged as a result, behind the others, and ends with 1", async () => {
    const { code, out, err } = await sweep(
      ...["--losses", "w-none", "--optimizer", "sgd", "--iterations", "40", "--evaluate-every", "20"],
      ...["--set", "learning-rate=1e20,1e-3", "--json", "--quiet"],
    );
    expect(code).toBe(1);
    expect(err).toMatch(/w-none learning-rate=100000000000000000000: /);
    const { settings, ended } = JSON.parse(out);
    expect(ended).toBe(2);
    expect(settings.map(({ diverged }: { diverged: number }) => diverged)).toEqual([0, 1]);
    expect(settings[1].figures).toEqual({});
    expect((await monge("sweep", "show", folder)).out).toContain("1, 1 diverged");
  });

  it("takes a file that says it all, JSON or YAML", async () => {
    const yaml = join(home, "asked.yaml");
    await writeFile(
      yaml,
      `data: ${join(home, "points.csv")}\nlosses: [w-gp]\nrandom: 2\nsettings: { as: points, width: 8, depth: 1, batch: 16, iterations: 2, evaluate-every: 2, settle: 0 }\nset:\n  learning-rate: 1e-4..1e-2\n  lambda: [0.1, 1]\n`,
    );
    const out = join(folder, "sweep");
    const { code, err } = await monge("sweep", "--file", yaml, "--out", out, "--workers", "0");
    expect(code).toBe(0);
    expect(err).toContain("2 runs.");
    const { runs } = JSON.parse(await readFile(join(out, "sweep.json"), "utf8"));
    for (const { settings } of runs) {
      expect(settings.learningRate).toBeGreaterThanOrEqual(1e-4);
      expect(settings.learningRate).toBeLessThanOrEqual(1e-2);
      expect([0.1, 1]).toContain(settings.lambda);
    }
    await writeFile(yaml, "data: ring\nsets: {}\n");
    expect(await monge("sweep", "--file", yaml, "--out", out)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is not a sweep: .*sets/),
    });
    expect((await monge("sweep", "--file", yaml, "--data", "ring", "--out", out)).err).toMatch(/leave out the options/);
  });

  it.each([
    [["--set", "lamda=1"], /Did you mean lambda/],
    [["--set", "lambda"], /lambda=0\.1,1,10/],
    [["--set", "lambda=1", "--set", "lambda=2"], /given twice/],
    [["--set", "lambda=0.1..10"], /--random N/],
    [["--draw-seed", "3"], /--random/],
    [["--file", "missing.json"], /leave out the options/],
  ])("%j is one sentence", async (argv, sentence) => {
    const { code, err } = await sweep(...argv);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("trains one run of its plan by --only, as tasks of a cluster do that --print has prepared", async () => {
    const printed = await sweep("--set", "lambda=0.1,1", "--print", "slurm");
    expect(printed.code).toBe(2);
    expect(printed.err).toMatch(/--print trains nothing/);
    const planned = tiny.slice(0, -2);
    const script = await monge(
      "sweep",
      "--data",
      "ring",
      "--out",
      folder,
      ...planned,
      "--set",
      "lambda=0.1,1",
      "--print",
      "slurm",
    );
    expect(script.out).toMatch(/^#!\/bin\/bash\n/);
    expect(script.out).toContain("#SBATCH --array=0-1\n");
    expect(script.out).toContain(`monge sweep --out ${folder} --only "$SLURM_ARRAY_TASK_ID"`);
    const job = await monge("sweep", "--out", folder, "--print", "kubernetes");
    expect(parse(job.out)).toMatchObject({
      kind: "Job",
      spec: {
        completions: 2,
        completionMode: "Indexed",
        template: {
          spec: {
            containers: [
              { command: ["sh", "-c", `exec npx monge sweep --out ${folder} --only "$JOB_COMPLETION_INDEX"`] },
            ],
          },
        },
      },
    });
    const none = await monge("sweep", "--out", folder, "--only", "2");
    expect(none).toMatchObject({ code: 2, err: expect.stringMatching(/has no run 2: its runs are 0 to 1/) });
    expect((await sweep("--only", "0")).err).toMatch(/give nothing else/);
  });

  it("says what figures there are to compare by", async () => {
    await sweep("--set", "lambda=1", "--quiet");
    const { code, err } = await monge("sweep", "show", folder, "--by", "emdd");
    expect(code).toBe(2);
    expect(err).toMatch(/"emdd" is not a figure: did you mean emd\? There are debiasedEmd, emd, starvedShare\./);
    expect((await monge("sweep", "show", folder, "--by", "debiasedEmd")).out).toContain("Best first by debiased");
    expect((await monge("sweep", "show", join(folder, "none"))).err).toMatch(/holds no sweep/);
    expect((await monge("sweep", "--out", join(folder, "none"))).err).toMatch(/holds no sweep/);
  });
});
