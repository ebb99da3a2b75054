import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { readArray } from "../../src/data/sources/source.js";
import { createRng } from "../../src/random.js";
import { loadRun } from "../../src/runs/savedRun.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const monge = (...argv: string[]) => captured(() => runCommand(argv));
const tiny = ["--network", "mlp", "--width", "8", "--depth", "1", "--batch", "8", "--iterations", "2"];
const train = (...argv: string[]) => monge("train", ...argv, ...tiny, "--evaluate-every", "0", "--quiet");
const kinds = ["birds", "cats", "dogs"];

/** The rows and columns of a picture of 28 x 28 images. */
async function gridOf(path: string): Promise<[rows: number, columns: number]> {
  const { width, height } = await sharp(path).metadata();
  return [(height / 2 + 2) / 30, (width / 2 + 2) / 30];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-classes-"));
  const rng = createRng(0);
  const lines = ["file,label"];
  for (const kind of kinds) {
    await mkdir(at(`animals/${kind}`), { recursive: true });
    await mkdir(at("flat"), { recursive: true });
    for (let i = 0; i < 10; i++) {
      const bytes = Uint8Array.from({ length: 28 * 28 }, () => rng.integer(256));
      const picture = sharp(bytes, { raw: { width: 28, height: 28, channels: 1 } }).toColourspace("b-w");
      await picture.toFile(at(`animals/${kind}/${i}.png`));
      await picture.toFile(at(`flat/${kind}${i}.png`));
      lines.push(`${kind}${i}.png,${kind}`);
    }
  }
  await writeFile(at("names.csv"), `${lines.join("\n")}\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a run on a folder with a subfolder for each class", () => {
  beforeAll(async () => {
    const { code, err } = await train(at("animals"), "--out", at("run"));
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("taken as 3 classes (birds, cats, dogs)") });
  });

  it("is conditional, says so in its settings, and draws a row for each class", async () => {
    const { config, data } = await loadRun(at("run"));
    expect([config.conditional, data.fields.condition!.categories]).toEqual([true, kinds]);
    expect(await gridOf(at("run/samples.png"))).toEqual([3, 34]);
    expect((await train(at("animals"), "--no-conditional", "--out", at("plain"))).err).toBe("");
    expect((await loadRun(at("plain"))).config.conditional).toBe(false);
    expect(await gridOf(at("plain/samples.png"))).toEqual([10, 10]);
  });

  it("shows a row for each class at its evaluations as well", async () => {
    const evaluated = ["--evaluate-every", "1", "--features", "none", "--quiet", "--out", at("evaluated")];
    expect((await monge("train", at("animals"), ...tiny, ...evaluated)).code).toBe(0);
    // A tenth of 30 images is held out, and as many are made.
    for (const iteration of ["00000000", "00000002"])
      expect(await gridOf(at(`evaluated/samples/${iteration}.png`))).toEqual([3, 1]);
  });

  it("is sampled by class, and each class in its turn where none is asked for", async () => {
    const sample = (count: string, output: string, ...where: string[]) =>
      monge("sample", at("run"), "-n", count, "-o", at(output), ...where);
    const { code, err } = await sample("7", "all.png");
    expect([code, err]).toEqual([
      0,
      `7 samples are in ${at("all.png")}. Its rows from the top: class birds, cats, dogs.\n`,
    ]);
    expect(await gridOf(at("all.png"))).toEqual([3, 3]);
    expect((await sample("9", "cats.png", "--where", "class=cats")).err).toBe(`9 samples are in ${at("cats.png")}.\n`);
    expect(await gridOf(at("cats.png"))).toEqual([3, 3]);
    // In turn is what is asked for one after the other, of the same latents.
    await sample("6", "all.npy");
    const all = await readArray(at("all.npy"));
    for (const [turn, kind] of kinds.entries()) {
      await sample("6", "one.npy", "--where", `class=${kind}`);
      const one = await readArray(at("one.npy"));
      for (let i = 0; i < 6; i++) {
        const [a, b] = [all, one].map(({ data }) => data.slice(i * 784, (i + 1) * 784));
        expect(String(a) === String(b)).toBe(i % 3 === turn);
      }
    }
  });

  it("refuses a class that was not trained, with the nearest", async () => {
    const { code, err } = await monge("sample", at("run"), "-n", "3", "-o", at("no.png"), "--where", "class=cat");
    expect(code).toBe(2);
    expect(err).toContain('There is no class "cat": it is one of birds, cats, dogs. Did you mean class=cats?');
  });

  it("is compared by the same rule", async () => {
    const argv = ["--data", at("animals"), "--losses", "bce", "--out", at("compared"), "--workers", "0", "--quiet"];
    const { code, err } = await monge("compare", ...argv, ...tiny, "--evaluate-every", "1");
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("taken as 3 classes") });
    expect((await loadRun(at("compared/runs/bce-seed-0"))).config.conditional).toBe(true);
    expect((await monge("compare", ...argv, ...tiny, "--evaluate-every", "1", "--no-conditional")).code).toBe(2);
  });
});

describe("a run with a file of labels", () => {
  it("finds them again, also where they were moved with the run or by themselves, and none of other content", async () => {
    await mkdir(at("one"));
    for (const name of ["flat", "names.csv"]) await rename(at(name), at(`one/${name}`));
    expect(await train(at("one/flat"), "--labels", at("one/names.csv"), "--out", at("one/run"))).toMatchObject({
      code: 0,
      err: "",
    });
    await rename(at("one"), at("two"));
    const resume = (iterations: string, ...more: string[]) =>
      monge("train", "--resume", at("two/run"), "--iterations", iterations, "--quiet", ...more);
    expect(await resume("3")).toMatchObject({ code: 0, err: "" });
    const { config, labelsPlace } = await loadRun(at("two/run"));
    expect([config.labels, labelsPlace]).toEqual([at("two/names.csv"), join("..", "names.csv")]);
    await rename(at("two/names.csv"), at("two/moved.csv"));
    const gone = await resume("4");
    expect([gone.code, gone.err]).toEqual([
      2,
      expect.stringMatching(/names\.csv, the labels of the run .* is missing: .*--labels FILE/),
    ]);
    expect(await resume("4", "--labels", at("two/moved.csv"))).toMatchObject({ code: 0, err: "" });
    expect((await loadRun(at("two/run"))).config.labels).toBe(at("two/moved.csv"));
    const text = await readFile(at("two/moved.csv"), "utf8");
    await writeFile(at("two/other.csv"), text.replace("cats0.png,cats", "cats0.png,dogs"));
    expect((await resume("5", "--labels", at("two/other.csv"))).err).toMatch(
      /other\.csv is other data than that of the run/,
    );
  });
});

it("samples of digits are measured by the digit that was asked for", async () => {
  const count = 40;
  const bytes = new Uint8Array(count * 784).map((_, i) => (i * 37) % 256);
  await writeFile(at("images-ubyte"), [Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28), bytes]);
  await writeFile(
    at("labels-ubyte"),
    Uint8Array.of(0, 0, 8, 1, 0, 0, 0, count, ...Array.from({ length: count }, (_, i) => i % 10)),
  );
  await train(at("images-ubyte"), "--labels", at("labels-ubyte"), "--out", at("digits"));
  const metrics = (real: string) => monge("metrics", real, at("digits"), "--samples", "50", "--quiet");
  const { code, out } = await metrics("mnist-test");
  expect(code).toBe(0);
  // Of 50 images, five for each digit.
  const [, accuracy] = /label accuracy +│ ([\d.]+)/.exec(out) ?? [];
  expect(Number(accuracy) * 50).toBeCloseTo(Math.round(Number(accuracy) * 50), 1);
  const json = JSON.parse(
    (await monge("metrics", "mnist-test", at("digits"), "--samples", "50", "--quiet", "--json")).out,
  );
  expect(json.labelAccuracy).toBeCloseTo(Number(accuracy), 2);
});
