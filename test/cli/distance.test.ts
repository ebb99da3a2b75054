import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { statusLine } from "../../src/cli/status.js";
import { captured } from "./captured.js";

// The exact distance runs in a worker thread, which runs compiled files: `npm test` builds them first.
const compiled = new URL("../../dist/cli/program.js", import.meta.url).href;
const { runCommand } = (await import(compiled)) as typeof import("../../src/cli/program.js");

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/data/${name}`, import.meta.url));
const expected = JSON.parse(await readFile(fixture("distances.json"), "utf8")) as Record<
  "space" | "line",
  Record<"uniform" | "weighted", Record<"1" | "2", number>>
>;
const space = [fixture("a.csv"), fixture("b.csv")];
const line = [fixture("lineA.csv"), fixture("lineB.csv")];
let folder: string;
const at = (name: string) => join(folder, name);

/** Runs `monge distance` in this process. */
const distance = (...argv: string[]) => captured(() => runCommand(["distance", ...argv]));

async function measured(...argv: string[]) {
  const { code, out, err } = await distance(...argv, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-distance-"));
  await writeFile(at("one.csv"), "x,y\n0,0\n");
  await writeFile(at("many.csv"), "x,y\n3,4\n6,8\n");
  await writeFile(at("bad.csv"), "x,y\n1,2\n3,four\n");
  await writeFile(at("none.csv"), "x,y\n");
  await writeFile(at("other.csv"), "x,u\n1,2\n");
  await writeFile(at("three.csv"), "x,y,z\n1,2,3\n");
  const weights = { negative: [1, -1], zero: [0, 0], sum2: [1, 1], sum3: [1, 2] };
  for (const [name, [first, second]] of Object.entries(weights))
    await writeFile(at(`${name}.csv`), `x,w\n0,${first}\n1,${second}\n`);
  await writeFile(at("infinite.csv"), "x,w\n0,inf\n");
  await writeFile(at("mixedA.csv"), "x\n1e-200\n1e200\n");
  await writeFile(at("mixedB.csv"), "x\n2e-200\n1e200\n");
  for (const [name, color, size] of [
    ["white", "white", 28],
    ["black", "black", 28],
    ["large", "black", 64],
  ] as const) {
    await mkdir(at(name));
    const picture = sharp({ create: { width: size, height: size, channels: 3, background: color } });
    await picture.toFile(at(`${name}/a.png`));
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

describe("the distance between two files", () => {
  it.each(["1", "2"] as const)("for p %s is POT's, columns in any order, weighted or not", async (p) => {
    const weights = ["--weights", "mass"];
    const weighted = await measured(...space, "--p", p, ...weights);
    expect(weighted.distance).toBeCloseTo(expected.space.weighted[p], 12);
    expect(weighted).toMatchObject({ method: "exact", p: Number(p), n: 40, m: 30, dimension: 3 });
    expect(weighted.dualityGap).toBeLessThan(1e-9);
    for (const method of ["exact", "1d"]) {
      const options = ["--p", p, "--method", method];
      const both = await measured(...line, ...options, ...weights);
      expect(both.distance).toBeCloseTo(expected.line.weighted[p], 12);
    }
  });

  it("of unweighted points is POT's", async () => {
    const [a, b] = [at("unweighted-a.csv"), at("unweighted-b.csv")];
    await writeFile(a, withoutColumn(await readFile(space[0]!, "utf8"), "mass"));
    await writeFile(b, withoutColumn(await readFile(space[1]!, "utf8"), "mass"));
    for (const p of ["1", "2"] as const)
      expect((await measured(a, b, "--p", p)).distance).toBeCloseTo(expected.space.uniform[p], 12);
  });

  it("is printed as a table without --json", async () => {
    const { code, out, err } = await distance(at("one.csv"), at("many.csv"));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/distance\s+│ 7\.5 /);
    expect(out).toMatch(/method\s+│ exact /);
    expect(out).toMatch(/dualityGap\s+│ \d\S* /);
  });

  it("of images is in numbers from -1 to 1, brought to one size", async () => {
    expect(await measured(at("white"), at("black"), "--channels", "1")).toMatchObject({ distance: 56, dimension: 784 });
    const scaled = await measured(at("white"), at("large"), "--size", "32", "--method", "sinkhorn");
    expect(scaled.distance).toBeCloseTo(2 * 32 * Math.sqrt(3), 4);
  });

  it("divides weights by their sums when told so", async () => {
    const found = await measured(at("sum2.csv"), at("sum3.csv"), "--weights", "w", "--normalise");
    expect(found.distance).toBeCloseTo(1 / 6, 14);
  });
});

describe("points that are drawn", () => {
  it("from a data set that goes by a name are as many as said, others for A and for B, and the same for a seed", async () => {
    const found = await measured("moons", "moons", "--points", "200", "--seed", "5");
    expect(found).toMatchObject({ n: 200, m: 200, dimension: 2 });
    expect(found.distance).toBeGreaterThan(0.01);
    expect(found.distance).toBeLessThan(0.5);
    expect((await measured("moons", "moons", "--points", "200", "--seed", "5")).distance).toBe(found.distance);
    expect((await measured("moons", "moons", "--points", "200")).distance).not.toBe(found.distance);
  });

  it("are 1,000 where nobody says, and that is said", async () => {
    const { code, out, err } = await distance(at("one.csv"), "ring", "--json");
    expect(JSON.parse(out)).toMatchObject({ n: 1, m: 1000 });
    expect({ code, err }).toEqual({
      code: 0,
      err: "monge: 1000 points were drawn from ring; --points draws more or fewer.\n",
    });
  });

  it("from a run are those of monge sample, in the units of its data", async () => {
    const tiny = [
      "--iterations",
      "2",
      "--width",
      "8",
      "--depth",
      "1",
      "--batch",
      "16",
      "--evaluate-every",
      "0",
      "--quiet",
    ];
    const rows = Array.from({ length: 40 }, (_, i) => `${1000 + (i % 7)},${(i % 5) * 1e-3}`);
    await writeFile(at("table.csv"), `height,width\n${rows.join("\n")}\n`);
    const train = ["train", "--data", at("table.csv"), "--as", "points", "--out", at("run"), ...tiny];
    expect((await captured(() => runCommand(train))).code).toBe(0);
    await captured(() => runCommand(["sample", at("run"), "-n", "30", "--seed", "3", "-o", at("samples.csv")]));
    const found = await measured(at("run"), at("samples.csv"), "--points", "30", "--seed", "3");
    expect(found).toMatchObject({ n: 30, m: 30, dimension: 2 });
    expect(found.distance).toBeLessThan(1e-9);
  });

  it("are not those of a run on a table, which is for monge judge", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${["Bern", "Graz"][i % 2]},${20 + (i % 7)}`);
    await writeFile(at("people.csv"), `city,age\n${rows.join("\n")}\n`);
    const small = [
      "--iterations",
      "1",
      "--width",
      "4",
      "--batch",
      "8",
      "--evaluate-every",
      "0",
      "--no-resample",
      "--quiet",
    ];
    await captured(() => runCommand(["train", at("people.csv"), "--out", at("people"), ...small]));
    const { code, err } = await captured(() => runCommand(["distance", at("people"), at("people.csv")]));
    expect(code).toBe(2);
    expect(err).toMatch(/people makes rows of a table, which are not points: compare them with monge judge/);
  });
});

describe("at any scale", () => {
  const column = async (name: string, values: readonly number[]) => {
    await writeFile(at(name), ["x", ...values].join("\n"));
    return at(name);
  };
  it("a far value does not hide the near ones", async () => {
    const files = [await column("farA.csv", [19, 18, 5, 1e9]), await column("farB.csv", [2, 10, 12, 1e9])];
    for (const [p, expected] of [
      ["1", (3 + 8 + 7) / 4],
      ["2", Math.sqrt((9 + 64 + 49) / 4)],
    ] as const)
      for (const method of ["exact", "1d"])
        expect((await measured(...files, "--p", p, "--method", method)).distance).toBeCloseTo(expected, 12);
  });
  it.each([1e160, 1e-200])("points of size %d have a W2, whose square float64 does not hold", async (size) => {
    const files = [await column("sizeA.csv", [size, 3 * size]), await column("sizeB.csv", [2 * size, 7 * size])];
    for (const method of ["exact", "1d", "sliced"]) {
      const { distance } = await measured(...files, "--p", "2", "--method", method);
      expect(distance / size).toBeCloseTo(Math.sqrt(8.5), 12);
    }
    const { code, err } = await distance(...files, "--p", "2", "--method", "sinkhorn");
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/square of that is beyond the range/) });
  });
  it.each(["1d", "sliced"])("%s takes any order", async (method) => {
    const files = [await column("lowA.csv", [0.001]), await column("lowB.csv", [0.003])];
    const found = await measured(...files, "--p", "300", "--method", method);
    expect(found.distance).toBeCloseTo(0.002, 15);
    expect(found).toMatchObject({ p: 300, ...(method === "sliced" && { standardError: 0 }) });
  });
  it("a weight that is too small to be moved is told", async () => {
    await writeFile(at("lostA.csv"), "x,w\n0,1e-20\n1,0.3141\n2,0.9\n");
    await writeFile(at("lostB.csv"), "x,w\n0,0.7\n1.5,0.5141\n");
    const { code, out, err } = await distance(at("lostA.csv"), at("lostB.csv"), "--weights", "w", "--json");
    expect(code).toBe(0);
    expect(err).toMatch(/1 of the points has a weight above 0 but below 2\^-51 of the sum, too little to be moved/);
    expect(JSON.parse(out)).toMatchObject({ weightless: 1 });
  });
  it("a Sinkhorn divergence that the iteration cannot tell from 0 is told", async () => {
    const file = await column("sameA.csv", [1, 2, 5, 1e9]);
    const { code, err } = await distance(file, file, "--method", "sinkhorn");
    expect(code).toBe(0);
    expect(err).toMatch(/leaves distances below about \S+ unresolved here, and this is one; use --method exact/);
  });
});

describe("an approximation", () => {
  const options = ["--weights", "mass"];
  it("by slices is below the exact distance, its largest slice between the two, and repeats for a seed", async () => {
    const sliced = ["--method", "sliced", "--projections", "200"];
    const mean = await measured(...space, ...options, ...sliced);
    const max = await measured(...space, ...options, ...sliced, "--max");
    expect(mean).toMatchObject({ method: "sliced", projections: 200, seed: 0, max: false });
    expect(mean.distance).toBeLessThan(max.distance);
    expect(max.distance).toBeLessThan(expected.space.weighted["1"]);
    const again = await measured(...space, ...options, ...sliced);
    expect({ ...again, seconds: 0 }).toEqual({ ...mean, seconds: 0 });
    const other = await measured(...space, ...options, ...sliced, "--seed", "1");
    expect(other.distance).not.toBe(mean.distance);
    expect(Math.abs(other.distance - mean.distance)).toBeLessThan(5 * mean.standardError);
  });

  it.each(["1", "2"] as const)("by entropy comes close to the exact distance for p %s", async (p) => {
    const sinkhorn = ["--method", "sinkhorn", "--p", p, "--weights", "mass"];
    const exact = expected.space.weighted[p];
    const divergence = await measured(...space, ...sinkhorn);
    expect(divergence).toMatchObject({ debiased: true, converged: true });
    expect(Math.abs(divergence.distance / exact - 1)).toBeLessThan(0.1);
    const finer = await measured(...space, ...sinkhorn, "--epsilon", String(divergence.epsilon / 3));
    expect(Math.abs(finer.distance / exact - 1)).toBeLessThan(0.5 * Math.abs(divergence.distance / exact - 1));
    const biased = await measured(...space, ...sinkhorn, "--biased", "--epsilon", "0.1");
    expect(biased).toMatchObject({ debiased: false, epsilon: 0.1 });
    expect(biased.distance / exact).toBeGreaterThan(1);
    expect(biased.distance / exact).toBeLessThan(1.02);
  });
});

describe("beside the distance", () => {
  it.each(["exact", "1d"])("the plan of %s says what moves where, in rows of the files", async (method) => {
    const plan = at(`plans/${method}.csv`);
    const found = await measured(...line, "--weights", "mass", "--method", method, "--plan", plan);
    expect(found.plan).toBe(plan);
    const [header, ...rows] = (await readFile(plan, "utf8")).trim().split("\n");
    expect(header).toBe("from,to,mass");
    const [a, b] = await Promise.all(line.map(numbersOf));
    let cost = 0;
    const left = [a!.map(([, mass]) => mass!), b!.map(([, mass]) => mass!)] as const;
    for (const [from, to, mass] of rows.map((row) => row.split(",").map(Number))) {
      cost += mass! * Math.abs(a![from!]![0]! - b![to!]![0]!);
      left[0][from!]! -= mass!;
      left[1][to!]! -= mass!;
    }
    expect(cost).toBeCloseTo(expected.line.weighted["1"], 12);
    for (const rest of left.flat()) expect(rest).toBeCloseTo(0, 12);
  });

  it.each(["exact", "1d", "sliced", "sinkhorn"])("a bootstrap interval of %s repeats for a seed", async (method) => {
    const options = ["--weights", "mass", "--method", method, "--bootstrap", "20", "--confidence", "0.9"];
    const found = await measured(...line, ...options, "--seed", "3");
    const { low, high, mean, standardError } = found.bootstrap;
    expect(found.bootstrap).toMatchObject({ resamples: 20, seed: 3, confidence: 0.9 });
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
    expect(standardError).toBeGreaterThan(0);
    expect((await measured(...line, ...options, "--seed", "3")).bootstrap).toEqual(found.bootstrap);
    const { out } = await distance(...line, ...options);
    expect(out).toMatch(/bootstrap\s+│ \S+ \.\. \S+ \(90 % of the resamples; their mean/);
  });

  it("a warning where Sinkhorn's iteration has not converged", async () => {
    const { code, err } = await distance(...space, "--method", "sinkhorn", "--epsilon", "1e-7");
    expect(code).toBe(0);
    expect(err).toMatch(/Sinkhorn stopped after 10000 iterations.*larger --epsilon than 1e-7\.\n$/);
  });
});

describe("bad input ends with one sentence and exit code 2, and leaves nothing behind", () => {
  const weighted = (a: string, b = "sum2") => [at(`${a}.csv`), at(`${b}.csv`), "--weights", "w"];
  const cases: [name: string, argv: () => string[], says: RegExp][] = [
    ["a missing file", () => [at("one.csv"), at("nowhere.csv")], /no file or folder called ".*nowhere\.csv"/],
    ["one file", () => [at("one.csv")], /missing required argument 'b'/],
    ["a bad cell", () => [at("bad.csv"), at("one.csv")], /bad\.csv, line 3, column "y": "four"/],
    ["an empty set", () => [at("one.csv"), at("none.csv")], /none\.csv has column names but no rows/],
    ["other columns", () => [at("one.csv"), at("other.csv")], /columns differ: .*one\.csv has x, y and .* x, u/],
    ["other dimensions", () => [at("one.csv"), at("white")], /dimension 2 and .* of 2352/],
    ["more columns", () => [at("one.csv"), at("three.csv")], /columns differ/],
    ["images of other sizes", () => [at("white"), at("large")], /28 x 28 x 3 and .* 64 x 64 x 3; .*--size/],
    ["a negative weight", () => weighted("negative"), /negative\.csv, column "w": the weight of point 1 .* -1/],
    ["a weight that is not finite", () => weighted("infinite"), /infinite\.csv, line 2, column "w": "inf"/],
    ["weights of nothing", () => weighted("zero"), /zero\.csv, column "w": all weights are 0/],
    ["weights of other sums", () => weighted("sum3"), /sum to 3 and those of .* to 2; give --normalise/],
    ["weights that are not there", () => [at("one.csv"), at("many.csv"), "--weights", "w"], /no column "w"/],
    ["1d in the plane", () => [at("one.csv"), at("many.csv"), "--method", "1d"], /points have 2 dimensions; use/],
    [
      "more points than memory",
      () => [...space, "--memory", "1e-5"],
      /between 40 and 30 points needs about 0\.00013 GiB, more than the 0\.000010 GiB allowed; take fewer points/,
    ],
    ["an unknown method", () => [...space, "--method", "fast"], /Allowed choices are exact, 1d, sliced, sinkhorn/],
    [
      "an order that exact does not have",
      () => [...space, "--p", "3"],
      /--p is 3; exact takes 1 and 2, and --method 1d/,
    ],
    ["an order below 1", () => [...line, "--method", "1d", "--p", "0.5"], /order p is 0\.5; it must be .* from 1 up/],
    [
      "squares that vanish beside others",
      () => [at("mixedA.csv"), at("mixedB.csv"), "--p", "2"],
      /1e\+200 and move by as little as 1e-200; .*Take W1 \(on the command line --p 1\)/,
    ],
    ["an epsilon of 0", () => [...space, "--method", "sinkhorn", "--epsilon", "0"], /epsilon is 0/],
    ["one resample", () => [...space, "--bootstrap", "1"], /whole number from 2/],
    ["too many resamples", () => [...space, "--bootstrap", "1e9"], /from 2 to 1000000/],
    ["a confidence of 95", () => [...space, "--bootstrap", "9", "--confidence", "95"], /confidence is 95/],
    ["too many projections", () => [...space, "--method", "sliced", "--projections", "1e9"], /take fewer directions/],
    ["--size without images", () => [...space, "--size", "32"], /--image-size is for images, and neither/],
    ["--projections for exact", () => [...space, "--projections", "9"], /--projections goes with --method sliced/],
    ["--max for exact", () => [...space, "--max"], /--max goes with --method sliced, not with exact/],
    ["--epsilon for 1d", () => [...line, "--method", "1d", "--epsilon", "1"], /--epsilon goes with --method sinkhorn/],
    ["--biased for exact", () => [...space, "--biased"], /--biased goes with --method sinkhorn/],
    ["--memory for 1d", () => [...line, "--method", "1d", "--memory", "1"], /--memory goes with --method exact/],
    [
      "a plan of sinkhorn",
      () => [...space, "--method", "sinkhorn", "--plan", at("plan.csv")],
      /--plan goes with --method exact or 1d, not with sinkhorn/,
    ],
    ["--memory 0", () => [...space, "--memory", "0"], /--memory is 0/],
    ["--points for files", () => [...space, "--points", "9"], /--points is for named data sets and runs/],
    [
      "weights of a name",
      () => ["ring", at("sum2.csv"), "--weights", "w"],
      /Weights are a column of a table, and ring/,
    ],
    ["--seed for nothing", () => [...space, "--seed", "1"], /--seed is for --bootstrap and --method sliced/],
    ["--confidence for nothing", () => [...space, "--confidence", "0.9"], /give --bootstrap/],
    ["--normalise for nothing", () => [...space, "--normalise"], /--normalise is for weights/],
    ["a plan that cannot be written", () => [...space, "--plan", at("one.csv/plan.csv")], /one\.csv/],
  ];

  it.each(cases)("%s", async (_, argv, says) => {
    const before = await readdir(folder);
    const { code, out, err } = await distance(...argv());
    expect(err).toMatch(says);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(await readdir(folder)).toEqual(before);
  });
});

it.each(["exact", "sinkhorn"])("Ctrl+C stops %s and leaves nothing", async (method) => {
  const points = Array.from({ length: 3000 }, (_, i) => `${(i * 7919) % 10007},${(i * i) % 9973}`).join("\n");
  await writeFile(at("cloud.csv"), `x,y\n${points}\n`);
  await writeFile(at("shifted.csv"), `x,y\n${points.replaceAll(",", "1,")}\n`);
  const before = await readdir(folder);
  const running = distance(at("cloud.csv"), at("shifted.csv"), "--method", method, "--bootstrap", "1000");
  while (process.listenerCount("SIGINT") === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  process.emit("SIGINT", "SIGINT");
  const { code, out, err } = await running;
  expect({ code, out }).toEqual({ code: 130, out: "" });
  expect(err).toMatch(/Stopped before a result was ready\.\n$/);
  expect(await readdir(folder)).toEqual(before);
});

describe("a status line", () => {
  function watched(terminal: boolean, quiet: boolean): string {
    let text = "";
    let time = 0;
    vi.spyOn(performance, "now").mockImplementation(() => time);
    vi.spyOn(process.stderr, "write").mockImplementation((part) => {
      text += part;
      return true;
    });
    const { isTTY } = process.stderr;
    process.stderr.isTTY = terminal;
    try {
      const status = statusLine(quiet);
      for (time = 0; time < 25_000; time += 50) status.say(`at ${time};`);
      status.end();
    } finally {
      process.stderr.isTTY = isTTY;
    }
    return text;
  }
  it("is written over on a terminal, and cleared", () => {
    const text = watched(true, false);
    expect(text.split("\r\x1b[K").slice(0, 4)).toEqual(["", "at 100;", "at 200;", "at 300;"]);
    expect(text.endsWith("\r\x1b[K")).toBe(true);
  });
  it("comes every ten seconds elsewhere", () => expect(watched(false, false)).toBe("at 10000;\nat 20000;\n"));
  it("is silent when quiet", () => expect(watched(true, true)).toBe(""));
});

it("help tells what it does, that p 2 is a root, and gives examples", async () => {
  const { code, out } = await distance("--help");
  expect(code).toBe(0);
  expect(out).toMatch(/W2 \(the\s+root,\s+not\s+its square\)/);
  expect(out).toMatch(/ring, grid,.*\.csv,.*\.npz,.*the\s+folder\s+of\s+a\s+run/s);
  expect(out).toMatch(/--no-header/);
  expect(out).toMatch(/Examples/);
});

/** A CSV text without one of its columns. */
function withoutColumn(text: string, name: string): string {
  const rows = text.split("\n").map((row) => row.split(","));
  const place = rows[0]!.indexOf(name);
  return rows.map((row) => row.filter((_, column) => column !== place).join()).join("\n");
}

async function numbersOf(path: string): Promise<number[][]> {
  const [, ...rows] = (await readFile(path, "utf8")).trim().split("\n");
  return rows.map((row) => row.split(",").map(Number));
}
