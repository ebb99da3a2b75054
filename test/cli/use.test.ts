import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { npyBytes } from "../../src/data/npyBytes.js";
import { readArray } from "../../src/data/sources/source.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const monge = (...argv: string[]) => captured(() => runCommand(argv));
const tiny = ["--width", "8", "--depth", "1", "--batch", "16", "--iterations", "2", "--quiet"];
const LATENT = 5;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-use-"));
  // Images that are wider than high: 6 x 9 pixels.
  const pixels = Uint8Array.from({ length: 30 * 54 }, (_, i) => (i * 37) % 256);
  await writeFile(at("squares.idx"), [Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 30, 0, 0, 0, 6, 0, 0, 0, 9), pixels]);
  const network = ["--network", "mlp", "--normalisation", "none", "--evaluate-every", "0", "--latent", `${LATENT}`];
  await monge("train", "--data", at("squares.idx"), "--out", at("images"), ...tiny, ...network);
  await monge("train", "--data", "ring", "--conditional", "--settle", "0", "--out", at("ring"), ...tiny);
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${"abc"[i % 3]}`);
  await writeFile(at("table.csv"), ["amount,kind", ...rows].join("\n"));
  await monge("train", at("table.csv"), "--settle", "0", "--out", at("table"), ...tiny);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command that is to succeed, and returns its standard output. */
async function done(...argv: string[]): Promise<string> {
  const { code, out, err } = await monge(...argv);
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining("monge:") });
  return out;
}

const npy = async (name: string) => readArray(at(name));

describe("monge interpolate", () => {
  it("writes a strip with a row from each stop to the next", async () => {
    const out = await done(
      "interpolate",
      at("images"),
      "-o",
      at("strip.png"),
      "--stops",
      "3",
      "--steps",
      "4",
      "--json",
    );
    expect(JSON.parse(out)).toMatchObject({ count: 7, stops: 3, steps: 4, seed: 0 });
    const { width, height } = await sharp(at("strip.png")).metadata();
    // Four images of 9 pixels and two rows of 6, 2 pixels between them, twice as large.
    expect([width, height]).toEqual([2 * (4 * 9 + 3 * 2), 2 * (2 * 6 + 2)]);
  });

  it.each(["gif", "webp"])("writes an animation that comes back to its start: .%s", async (format) => {
    const way = ["interpolate", at("images"), "--steps", "4", "--loop"];
    await done(...way, "-o", at(`way.${format}`), "--rate", "20");
    await done(...way, "-o", at("way.npy"));
    const { pages, pageHeight, width, delay, loop } = await sharp(at(`way.${format}`), { pages: -1 }).metadata();
    // 7 samples, the last of which is the first again; a side of 6 pixels becomes 114.
    expect({ pages, pageHeight, width, loop }).toEqual({ pages: 6, pageHeight: 114, width: 171, loop: 0 });
    expect(delay).toEqual(new Array(6).fill(50));
    const { data, shape } = await npy("way.npy");
    expect(shape).toEqual([7, 6, 9, 1]);
    for (const frame of [0, 3, 5]) {
      const { data: shown, info } = await sharp(at(`way.${format}`), { page: frame })
        .raw()
        .toBuffer({ resolveWithObject: true });
      for (let i = 0; i < 54; i++) {
        const pixel = (19 * Math.floor(i / 9) * info.width + 19 * (i % 9)) * info.channels;
        expect(Math.abs(shown[pixel]! - 127.5 * (data[frame * 54 + i]! + 1))).toBeLessThan(format === "gif" ? 16 : 1);
      }
    }
  });

  it("goes from class to class, through latents of a file, and through seeds", async () => {
    const way = ["interpolate", at("ring"), "-o", at("ring.csv"), "--steps", "3"];
    await done(...way, "--where", "mode=1", "--to-where", "mode=4", "--to-where", "mode=6");
    expect((await readFile(at("ring.csv"), "utf8")).trim().split("\n")).toHaveLength(1 + 5);
    await done("sample", at("ring"), "-n", "2", "--where", "mode=1", "-o", at("two.npy"), "--latents-out", at("z.npy"));
    await done(
      "interpolate",
      at("ring"),
      "--latents",
      at("z.npy"),
      "--where",
      "mode=1",
      "-o",
      at("way.npy"),
      "--steps",
      "4",
    );
    const [ends, all] = [(await npy("two.npy")).data, (await npy("way.npy")).data];
    expect(all[0]).toBeCloseTo(ends[0]!, 5);
    expect(all[7]).toBeCloseTo(ends[3]!, 5);
    await done("interpolate", at("ring"), "--seeds", "3,8,4", "-o", at("way.npy"), "--steps", "4");
    expect((await npy("way.npy")).shape).toEqual([7, 2]);
  });

  it.each([
    ["table", ["-o", "a.csv"], /Ways between samples are for runs on points and images: .* makes rows of a table/],
    ["ring", ["-o", "a.gif"], /a\.gif must end in \.csv/],
    ["images", ["-o", "a.jpg"], /a\.jpg must end in \.gif, \.webp, \.csv/],
    ["images", ["-o", "a.gif", "--where", "digit=1"], /trained without conditions/],
    ["ring", ["-o", "a.csv", "--to-where", "mode=1"], /The first condition is missing: give it with --where/],
    ["ring", ["-o", "a.csv", "--stops", "1"], /two stops at least/],
    ["ring", ["-o", "a.csv", "--steps", "1"], /whole number from 2/],
    [
      "images",
      ["-o", "a.gif", "--steps", "2000", "--stops", "3"],
      /This makes 3999 samples, and such a file holds at most 2000/,
    ],
    ["images", ["-o", "a.gif", "--latents", "none.npy"], /none\.npy/],
  ])("of the run %s refuses %j", async (run, argv, says) => {
    const { code, out, err } = await monge("interpolate", at(run), ...argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
  });
});

it("a way of points may be written to standard output", async () => {
  const out = await done("interpolate", at("ring"), "-o", "-", "--steps", "3");
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => line.split(",").length),
  ).toEqual([2, 2, 2, 2]);
});

describe("monge project", () => {
  it("finds a picture of the generator again, and its latent makes it", async () => {
    await done("sample", at("images"), "-n", "1", "--seed", "4", "-o", at("one/"));
    const picture = at("one/00000.png");
    const files = ["-o", at("beside.png"), "--latent-out", at("p.npy")];
    const out = await done("project", at("images"), picture, "--pull", "0", "--json", "--quiet", ...files);
    const { latent, tried } = JSON.parse(out);
    expect(latent).toHaveLength(LATENT);
    expect(tried).toEqual([{ where: null, meanSquare: expect.any(Number), psnr: expect.any(Number) }]);
    // Bytes are rounded, by a twelfth of a square of 1 / 255 in the mean.
    expect(tried[0].psnr).toBeGreaterThan(45);
    expect(tried[0].psnr).toBeCloseTo(-10 * Math.log10(tried[0].meanSquare), 9);
    const { width, height } = await sharp(at("beside.png")).metadata();
    expect([width, height]).toEqual([19 * (2 * 9 + 2), 19 * 6]);
    await done("sample", at("images"), "--latents", at("p.npy"), "-o", at("again.npy"));
    await done("sample", at("images"), "-n", "1", "--seed", "4", "-o", at("one.npy"));
    const [again, one] = [(await npy("again.npy")).data, (await npy("one.npy")).data];
    for (const [i, x] of again.entries()) expect(Math.abs(x - one[i]!)).toBeLessThan(0.05);
  });

  it("scales a picture of another size and colour, and says so", async () => {
    const colours = { create: { width: 40, height: 30, channels: 3 as const, background: "#3080d0" } };
    await sharp(colours).jpeg().toFile(at("blue.jpg"));
    const { code, out, err } = await monge("project", at("images"), at("blue.jpg"), "--steps", "3");
    expect(code).toBe(0);
    expect(err).toMatch(/blue\.jpg was scaled from 40 x 30 to 9 x 6 pixels and made grey, as the run's images are/);
    expect(out).toMatch(/^mean squared distance \S+ {2}PSNR \S+ dB\n$/);
  });

  it.each([
    ["ring", "one/00000.png", [], /ring is a run on points; give one that was trained on images/],
    ["table", "one/00000.png", [], /table is a run on a table; give one/],
    [
      "images",
      "table.csv",
      [],
      /table\.csv cannot be used as a picture: it is not an image, and PNG, JPEG or WebP is needed/,
    ],
    ["images", "none.png", [], /none\.png cannot be used as a picture: no such file/],
    ["images", "one/00000.png", ["-o", "a.gif"], /a\.gif must end in \.png/],
    ["images", "one/00000.png", ["--latent-out", "z.csv"], /z\.csv must end in \.npy/],
    ["images", "one/00000.png", ["--where", "digit=3"], /trained without conditions/],
    ["images", "one/00000.png", ["--pull", "-1"], /pull must be a number from 0/],
    ["images", "one/00000.png", ["--starts", "0"], /whole number from 1 to 1000/],
    ["images", "one/00000.png", ["--background", "red"], /The background red is not supported/],
  ])("of the run %s with %s refuses %j", async (run, picture, argv, says) => {
    const { code, out, err } = await monge("project", at(run), at(picture), ...argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
  });
});

describe("monge sample", () => {
  it("makes the same samples of the latents that it wrote, truncated ones too", async () => {
    await done(
      "sample",
      at("ring"),
      "-n",
      "1100",
      "--truncation",
      "0.7",
      "-o",
      at("a.csv"),
      "--latents-out",
      at("z.npy"),
    );
    const { shape, data } = await npy("z.npy");
    expect(shape[0]).toBe(1100);
    expect(Math.max(...Array.from(data, Math.abs))).toBeLessThanOrEqual(0.7);
    await done("sample", at("ring"), "--latents", at("z.npy"), "-o", at("b.csv"));
    expect(await readFile(at("b.csv"), "utf8")).toBe(await readFile(at("a.csv"), "utf8"));
  });

  it("writes contact sheets with the columns asked for, and a folder of pictures", async () => {
    await done("sample", at("images"), "-n", "7", "--columns", "5", "-o", at("sheet.png"));
    const { width, height } = await sharp(at("sheet.png")).metadata();
    expect([width, height]).toEqual([2 * (5 * 9 + 4 * 2), 2 * (2 * 6 + 2)]);
    await done("sample", at("images"), "-n", "12", "-o", `${at("pictures")}/`);
    const names = await readdir(at("pictures"));
    expect([names.length, names[0], names[11]]).toEqual([12, "00000.png", "00011.png"]);
    const last = await sharp(at("pictures/00011.png")).metadata();
    expect([last.width, last.height, last.channels]).toEqual([9, 6, 1]);
  });

  it.each([
    ["images", [], /How many samples\? Give -n/],
    ["images", ["--latents", "three.npy", "-n", "2"], /three\.npy holds 3 latents, and -n is 2: leave out -n/],
    ["images", ["--latents", "three.npy", "--truncation", "1"], /used as they are: leave out --truncation/],
    ["images", ["--latents", "wide.npy"], /wide\.npy holds an array of shape \[1, 7\]; latents .* \[count, 5\]/],
    ["images", ["--latents", "odd.npy"], /odd\.npy: latent 2 holds NaN; give finite numbers/],
    ["images", ["--latents", "squares.idx"], /squares\.idx holds an array of shape \[30, 6, 9\]/],
    ["images", ["-n", "2", "--truncation", "0"], /truncation must be above 0/],
    ["images", ["-n", "2", "--latents-out", "z.csv"], /z\.csv must end in \.npy/],
    ["ring", ["-n", "2", "--columns", "2"], /--columns is for a \.png file of images/],
    ["table", ["-n", "2", "--truncation", "1"], /Truncated latents are for runs on points and images/],
    ["table", ["--latents", "three.npy"], /Latents in files are for runs on points and images/],
  ])("of the run %s refuses %j", async (run, argv, says) => {
    await writeFile(at("three.npy"), npyBytes([3, LATENT], new Float32Array(3 * LATENT)));
    await writeFile(at("wide.npy"), npyBytes([1, 7], new Float64Array(7)));
    await writeFile(at("odd.npy"), npyBytes([2, LATENT], new Float32Array(2 * LATENT).fill(Number.NaN, 7)));
    const named = argv.map((word) => (word.endsWith(".npy") || word.endsWith(".idx") ? at(word) : word));
    const { code, out, err } = await monge("sample", at(run), "-o", at("refused.csv"), ...named);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
  });

  it("refuses a folder that holds something, and one of points", async () => {
    await writeFile(at("mine.txt"), "mine");
    for (const [run, says] of [
      ["images", /is not empty \(it holds /],
      ["ring", /is a folder, which is only for images/],
    ] as const) {
      const { code, err } = await monge("sample", at(run), "-n", "2", "-o", `${folder}/`);
      expect([code, err]).toEqual([2, expect.stringMatching(says)]);
    }
    expect(await readFile(at("mine.txt"), "utf8")).toBe("mine");
  });
});
