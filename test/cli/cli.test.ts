import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { decode } from "../../src/data/codecs/index.js";
import { createSession } from "../../src/engine/runtime/node.js";
import { createRng } from "../../src/random.js";
import { lockFolder } from "../../src/runs/folderLock.js";
import { decodeSafetensors } from "../../src/runs/safetensors.js";
import { loadRun } from "../../src/runs/savedRun.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const tiny = ["--width", "8", "--depth", "1", "--batch", "16", "--evaluate-every", "5", "--quiet"];

/** Runs the command line in this process. */
const monge = (...argv: string[]) => captured(() => runCommand(argv));

async function train(out: string, ...more: string[]) {
  return monge("train", "--data", "ring", "--out", at(out), ...tiny, ...more);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-cli-"));
  expect((await train("run", "--iterations", "10", "--checkpoint-every", "5")).code).toBe(0);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("bad input ends with one sentence and exit code 2, and leaves nothing behind", () => {
  const cases: [name: string, argv: () => string[], says: RegExp][] = [
    [
      "an unknown data set",
      () => ["train", "--data", "rng", "--out", at("no")],
      /called "rng".*Did you mean ring\?.*grid/,
    ],
    [
      "an unknown loss",
      () => ["train", "--data", "ring", "--loss", "w-pg", "--out", at("no")],
      /Did you mean w-gp\?.*w-clip/,
    ],
    [
      "an unknown loss in a comparison",
      () => ["compare", "--losses", "bce,foo", "--out", at("no")],
      /no loss called "foo"/,
    ],
    [
      "the folder of a run as data",
      () => ["train", "--data", at("run"), "--out", at("no")],
      /run is the folder of a run and no data; give the name of a data set, a table/,
    ],
    ["no data", () => ["train", "--out", at("no")], /give --data/],
    ["no folder", () => ["train", "--data", "ring"], /give --out/],
    [
      "a width of 0",
      () => ["train", "--data", "ring", "--out", at("no"), "--width", "0"],
      /--width.*whole number from 1 to 8192/,
    ],
    [
      "a number that is none",
      () => ["train", "--data", "ring", "--out", at("no"), "--lambda", "x"],
      /must be a number/,
    ],
    [
      "images for a network of points",
      () => ["train", "--data", "ring", "--out", at("no"), "--network", "dcgan"],
      /square images/,
    ],
    [
      "NaN in a table",
      () => ["train", "--data", at("nan.csv"), "--as", "points", "--out", at("no")],
      /nan\.csv.*line 3/,
    ],
    [
      "a constant column",
      () => ["train", "--data", at("constant.csv"), "--as", "points", "--out", at("no")],
      /constant\.csv/,
    ],
    ["an empty table", () => ["train", "--data", at("empty.csv"), "--as", "points", "--out", at("no")], /empty\.csv/],
    ["a truncated IDX file", () => ["train", "--data", at("digits.idx"), "--out", at("no")], /digits\.idx/],
    ["a corrupt image", () => ["train", "--data", at("images"), "--out", at("no")], /broken\.png/],
    ["a file where the folder should be", () => ["train", "--data", "ring", "--out", at("few.csv")], /few\.csv/],
    ["a folder that cannot be made", () => ["compare", "--out", at("few.csv/below")], /few\.csv/],
    [
      "an existing run",
      () => ["train", "--data", "ring", "--out", at("run")],
      /already holds a run.*--resume.*--force/,
    ],
    ["an existing comparison", () => ["compare", "--out", at("before")], /before holds a comparison.*--force/],
    [
      "a comparison where other files are",
      () => ["compare", "--out", at("mine")],
      /mine is not empty \(it holds pictures\)/,
    ],
    [
      "trials where a run is",
      () => ["benchmark", "modes", "--protocol", "ring", "--out", at("run")],
      /run is not empty/,
    ],
    ["critics where a run is", () => ["verify", "--quick", "--out", at("run")], /run is not empty.*--force/],
    ["a folder without a name", () => ["train", "--data", "ring", "--out", ""], /name of the folder is empty/],
    ["another folder for a resumed run", () => ["train", "--resume", at("run"), "--out", at("no")], /leave out --out/],
    ["force for a resumed run", () => ["train", "--resume", at("run"), "--force"], /leave out one of them/],
    [
      "networks beyond any memory",
      () => ["train", "--data", "ring", "--out", at("no"), "--width", "8192", "--depth", "100"],
      /takes about [\d,]+ GiB of memory, and \d+ GiB are there: choose a smaller width/,
    ],
    [
      "a warm-up without an end",
      () => ["train", "--data", "ring", "--out", at("no"), "--warm-up", "2:1e9"],
      /--warm-up.*whole number from 1 to 10000/,
    ],
    ["a seed beyond 31 bits", () => ["sample", at("run"), "--seed", "3e9", "-o", at("no.csv")], /from 0 to 2147483647/],
    ["a warm-up of one number", () => ["compare", "--warm-up", "5", "--out", at("no")], /such as 25:100/],
    ["too many samples", () => ["sample", at("run"), "-n", "1e9", "-o", at("no.csv")], /-n can be at most \d+/],
    [
      "too many points in a picture",
      () => ["sample", at("run"), "-n", "2e6", "-o", at("no.png")],
      /-n can be at most 100000/,
    ],
    ["nothing to resume", () => ["train", "--resume", at("no")], /does not exist/],
    [
      "fewer iterations than are done",
      () => ["train", "--resume", at("run"), "--iterations", "9"],
      /already at iteration 10; give a larger --iterations/,
    ],
    [
      "other networks in a resumed run",
      () => ["train", "--resume", at("run"), "--width", "16"],
      /width cannot change from 8 to 16 when a run is resumed.*--init/,
    ],
    [
      "another optimizer in a resumed run",
      () => ["train", "--resume", at("run"), "--optimizer", "sgd"],
      /optimizer cannot change from adam to sgd .*--init .*run starts a new run from its weights/,
    ],
    [
      "a checkpoint of no run",
      () => ["train", "--data", "ring", "--out", at("no"), "--checkpoint", "5"],
      /give the run/,
    ],
    [
      "a run to resume and one to begin from",
      () => ["train", "--resume", at("run"), "--init", at("run")],
      /leave out one of them/,
    ],
    [
      "a checkpoint that is not there",
      () => ["sample", at("run"), "-n", "1", "-o", at("no.csv"), "--checkpoint", "7"],
      /5 and 10/,
    ],
    [
      "weights of other networks",
      () => ["train", "--init", at("run"), "--out", at("no"), "--depth", "2"],
      /The weights in .*run are of other networks: .* in the generator/,
    ],
    ["other data", () => ["train", "--resume", at("run"), "--data", "grid"], /grid is other data than that of the run/],
    ["no samples", () => ["sample", at("run"), "-n", "0", "-o", at("no.png")], /whole number from 1/],
    [
      "an unknown kind of output",
      () => ["sample", at("run"), "-n", "2", "-o", at("no.bmp")],
      /must end in \.csv, .*\.png/,
    ],
    ["an unknown format", () => ["export", at("run"), "--format", "pt", "-o", at("no.pt")], /onnx/],
    ["an unknown command", () => ["trian"], /unknown command 'trian'/],
    ["an unknown option", () => ["compare", "--lambada", "1"], /unknown option '--lambada'/],
  ];

  beforeAll(async () => {
    await writeFile(at("few.csv"), `x,y\n${Array.from({ length: 30 }, (_, i) => `${i},${i * i}`).join("\n")}\n`);
    await writeFile(at("nan.csv"), "x,y\n1,2\n3,NaN\n");
    await writeFile(at("constant.csv"), "x,y\n1,2\n3,2\n4,2\n");
    await writeFile(at("empty.csv"), "");
    await writeFile(at("digits.idx"), Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3));
    await mkdir(at("before/pictures"), { recursive: true });
    for (const name of ["results.json", "report.html"]) await writeFile(at(`before/${name}`), "{}");
    await mkdir(at("mine/pictures"), { recursive: true });
    await mkdir(at("images"));
    await writeFile(at("images/broken.png"), "this is no picture");
  });

  it.each(cases)("%s", async (_, argv, says) => {
    const before = await readdir(folder);
    const { code, out, err } = await monge(...argv());
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(says);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(await readdir(folder)).toEqual(before);
  });
});

describe("a run in a folder", () => {
  it("keeps its last two checkpoints, its evaluations, its status and a picture", async () => {
    expect((await readdir(at("run"))).sort()).toEqual(["checkpoints", "history.json", "samples.png", "status.json"]);
    expect(await readdir(at("run/checkpoints"))).toEqual(["00000005", "00000010"]);
    const history = JSON.parse(await readFile(at("run/history.json"), "utf8"));
    expect(history.map(({ iteration }: { iteration: number }) => iteration)).toEqual([0, 5, 10]);
  });

  it("goes on to the same bits as one never stopped, also from the checkpoint before a damaged one", async () => {
    const state = (name: string) => readFile(at(`${name}/checkpoints/00000020/state.safetensors`));
    await train("whole", "--iterations", "20", "--schedule", "constant");
    await train("parted", "--iterations", "12", "--schedule", "constant", "--checkpoint-every", "4");
    await truncate(at("parted/checkpoints/00000012/state.safetensors"), 100);
    const { code, err } = await monge("train", "--resume", at("parted"), "--iterations", "20", "--quiet");
    expect(code).toBe(0);
    expect(err).toMatch(/00000012 was passed over/);
    expect((await state("parted")).equals(await state("whole"))).toBe(true);
  });

  it("gets the pictures that it lacks where it died after its last checkpoint", async () => {
    await train("died", "--iterations", "5");
    await rm(at("died/samples.png"));
    const { code, out } = await monge("train", "--resume", at("died"));
    expect(code).toBe(0);
    expect(out).toMatch(/died was already finished, iteration 5; samples are in .*samples\.png/);
    expect((await readdir(at("died"))).sort()).toEqual(["checkpoints", "history.json", "samples.png", "status.json"]);
  });

  it("goes on with other settings, from an older checkpoint, and tells what was changed and when", async () => {
    await train("changing", "--iterations", "10", "--checkpoint-every", "5");
    const resume = ["train", "--resume", at("changing"), "--quiet", "--checkpoint", "5"];
    expect((await monge(...resume, "--learning-rate", "1e-4", "--batch", "8", "--lambda", "0.3")).code).toBe(0);
    const { config, changes } = JSON.parse((await monge("info", at("changing"), "--json")).out);
    expect(config).toMatchObject({ learningRate: 1e-4, batch: 8, iterations: 10 });
    expect(changes).toEqual([
      { iteration: 5, setting: "batch", from: 16, to: 8 },
      { iteration: 5, setting: "learningRate", from: 0.003, to: 1e-4 },
    ]);
    expect((await monge("info", at("changing"))).out).toMatch(/changed at 5\s+│ learningRate: 0\.003 to 0\.0001/);
  });

  it("begins with the weights of another", async () => {
    expect((await monge("train", "--init", at("run"), "--out", at("begun"), "--iterations", "2", "--quiet")).code).toBe(
      0,
    );
    const { config, begunFrom } = JSON.parse((await monge("info", at("begun"), "--json")).out);
    expect(config).toMatchObject({ data: "ring", width: 8, depth: 1, iterations: 2, batch: 256 });
    expect(begunFrom).toEqual({ directory: at("run"), iteration: 10 });
  });

  it("that a process works in is refused to a second one, by its name", async () => {
    const lock = await lockFolder(at("run"));
    for (const argv of [
      ["train", "--data", "ring", "--out", at("run")],
      ["train", "--data", "ring", "--out", at("run"), "--force"],
      ["train", "--resume", at("run"), "--iterations", "20"],
    ]) {
      const { code, err } = await monge(...argv);
      expect(code).toBe(2);
      expect(err).toContain(`run is in use by process ${process.pid} on `);
    }
    expect((await monge("sample", at("run"), "-n", "1", "-o", at("meanwhile.csv"))).code).toBe(0);
    await lock.release();
  });

  it("takes a folder of other things under --force, and leaves them there", async () => {
    await mkdir(at("theirs/samples"), { recursive: true });
    await writeFile(at("theirs/samples/mine.png"), "mine");
    await writeFile(at("theirs/samples/00000005.png"), "of a run before");
    expect((await train("theirs", "--iterations", "3")).code).toBe(2);
    expect((await train("theirs", "--iterations", "3", "--force")).code).toBe(0);
    expect(await readdir(at("theirs/samples"))).toEqual(["mine.png"]);
  });

  it("is replaced under --force, and only when everything else is in order", async () => {
    await train("again", "--iterations", "3");
    expect((await train("again", "--iterations", "3", "--force", "--width", "0")).code).toBe(2);
    expect(existsSync(at("again/checkpoints/00000003"))).toBe(true);
    expect((await train("again", "--iterations", "2", "--force")).code).toBe(0);
    expect(await readdir(at("again/checkpoints"))).toEqual(["00000000", "00000002"]);
  });

  it("ends with exit code 1 when a loss is not finite, and says why", async () => {
    const { code, err } = await train("wild", "--loss", "w-none", "--optimizer", "sgd", "--learning-rate", "1e20");
    expect(code).toBe(1);
    expect(err).toMatch(/was not finite at iteration \d+.*checkpoint in .*wild/);
  });

  it("tells about itself", async () => {
    const info = JSON.parse((await monge("info", at("run"), "--json")).out);
    expect(info).toMatchObject({ iteration: 10, config: { data: "ring", loss: "w-gp", width: 8 } });
    expect((await monge("info", at("run"))).out).toContain("generator");
  });
});

/** The cells of a simple CSV text. */
function tableOf(csv: string): string[][] {
  return csv
    .trim()
    .split("\n")
    .map((line) => line.split(","));
}

/** The numbers below its header. */
function rowsOf(csv: string): number[][] {
  return tableOf(csv)
    .slice(1)
    .map((row) => row.map(Number));
}

describe("an exported generator", () => {
  it("is an ONNX model of any batch that makes what `monge sample` makes", async () => {
    await monge("export", at("run"), "--format", "onnx", "-o", at("generator.onnx"));
    await monge("sample", at("run"), "-n", "7", "--seed", "3", "-o", at("seven.csv"));
    const expected = rowsOf(await readFile(at("seven.csv"), "utf8")).flat();
    const session = await createSession(await readFile(at("generator.onnx")), {});
    const latents = createRng(3).normals(7 * 2);
    const { data } = await loadRun(at("run"));
    for (const n of [1, 7]) {
      const latent = { shape: [n, 2], data: latents.subarray(0, 2 * n) };
      const made = (await session.run({ latent })).samples!;
      expect(made.shape).toEqual([n, 2]);
      decode(data.codec, made.data as Float32Array).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 5);
      });
    }
    await session.release();
  });

  it("is a file of named weights, with what is needed to use them and nothing of the optimizer", async () => {
    const { out } = await monge("export", at("run"), "--format", "safetensors", "-o", at("w.safetensors"), "--json");
    const { tensors, metadata } = decodeSafetensors(await readFile(at("w.safetensors")), "w.safetensors");
    expect(JSON.parse(out)).toMatchObject({ file: at("w.safetensors"), format: "safetensors", metadata });
    expect(metadata).toMatchObject({
      data: "ring",
      kind: "points",
      shape: "[2]",
      loss: "w-gp",
      latent: "standard normal",
    });
    expect(JSON.parse(metadata.codec!)).toEqual({ kind: "scale", center: [0, 0], spread: Math.SQRT1_2 });
    expect(new Set(Object.keys(tensors).map((name) => name.split(".")[0]))).toEqual(new Set(["generator", "critic"]));
    expect(Object.keys(tensors).filter((name) => name.includes("optimizer"))).toEqual([]);
  });
});

describe("a comparison", () => {
  it("ends with 1 where a run diverged, and reports it all the same", async () => {
    const options = ["--data", "ring", "--losses", "w-none,w-gp", "--iterations", "5", "--out", at("diverging")];
    const { code, out, err } = await monge("compare", ...options, ...tiny, "--learning-rate", "1e30", "--workers", "0");
    expect(code).toBe(1);
    expect(err).toMatch(/w-none, seed 0: .*not finite/);
    expect(out).toMatch(/Report: .*report\.html/);
  });

  it("prints results.json, and nothing else, under --json, and writes the same", async () => {
    const options = ["--data", "ring", "--losses", "bce,w-gp", "--iterations", "5", "--out", at("compared"), "--json"];
    const { code, out } = await monge("compare", ...options, ...tiny, "--workers", "0");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(await readFile(at("compared/results.json"), "utf8")));
    expect((await readdir(at("compared"))).sort()).toEqual(["pictures", "report.html", "results.json", "runs"]);
    expect((await readdir(at("compared/runs"))).sort()).toEqual(["bce-seed-0", "w-gp-seed-0"]);
  });

  it("writes the report of what it has trained, and refuses to lose a run of it", async () => {
    const { runs } = JSON.parse(await readFile(at("compared/results.json"), "utf8"));
    const one = ["compare", "--data", "ring", "--iterations", "5", ...tiny, "--workers", "0", "--out", at("compared")];
    const lost = await monge(...one, "--losses", "bce");
    expect(lost).toMatchObject({
      code: 2,
      err: expect.stringMatching(/comparison with w-gp, seed 0, which this command would remove.*--force/),
    });
    await rm(at("compared/report.html"));
    const again = await monge(...one, "--losses", "BCE", "--report-only", "--json");
    expect(again.code).toBe(0);
    const { seconds, ...bce } = runs[0];
    expect(JSON.parse(again.out).runs).toEqual([{ ...bce, seconds: expect.closeTo(seconds, 0) }]);
    expect(await readdir(at("compared"))).toContain("report.html");
  });
});

describe("help", () => {
  it.each(["compare", "train", "sample", "export", "info"])(
    "of %s tells what it does and gives an example",
    async (name) => {
      const { code, out } = await monge(name, "--help");
      expect(code).toBe(0);
      expect(out).toMatch(/Example/);
    },
  );
});
