import { execFile } from "node:child_process";
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crc32c } from "../../src/logging/tensorboard/crc32c.js";
import {
  histogramsEvent,
  imagesEvent,
  restartEvent,
  scalarsEvent,
  stepOf,
  textEvent,
  versionEvent,
} from "../../src/logging/tensorboard/events.js";
import { histogramOf } from "../../src/logging/tensorboard/histogram.js";
import { recordOf, recordsIn } from "../../src/logging/tensorboard/records.js";
import { tensorboard } from "../../src/logging/tensorboard/tensorboard.js";
import { loggedRun } from "./loggedRun.js";

describe("what TensorBoard itself writes", () => {
  it("is written to the byte", async () => {
    const theirs = await readFile(new URL("../fixtures/logging/events.tfevents", import.meta.url));
    const moment = (step: number) => ({ time: 1_700_000_000.25, step });
    const png = Buffer.from(
      "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63680000008200817f8ec5340000000049454e44ae426082",
      "hex",
    );
    const events = [
      versionEvent(moment(0)),
      textEvent(moment(0), "settings", '| setting | value |\n|---|---|\n| loss | "é" |'),
      scalarsEvent(moment(300), {
        "training/criticLoss": -1.5,
        "training/value": Number.NaN,
        "evaluation/emd": Infinity,
      }),
      imagesEvent(moment(300), { samples: png }),
      histogramsEvent(moment(300), { weights: histogramOf([-2.5, -0.25, 0, 0.5, 0.5, 1e30]) }),
      restartEvent(moment(2 ** 33 + 1)),
    ];
    expect(Buffer.concat(events.map(recordOf)).equals(theirs)).toBe(true);
    expect([...recordsIn(theirs)].map(({ content }) => stepOf(content))).toEqual([0, 0, 300, 300, 300, 2 ** 33 + 1]);
  });

  it("has the checksum of RFC 3720, appendix B.4", () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });
});

describe("a histogram", () => {
  it("counts every finite value once, in the bucket that holds it", () => {
    const values = [-3, -1e-13, 0, 0, 1e-13, 0.7, 2, Number.NaN, Infinity];
    const { limits, counts, count, min, max } = histogramOf(values);
    expect([count, min, max]).toEqual([7, -3, 2]);
    for (const value of values.filter(Number.isFinite)) {
      const bucket = limits.findIndex((limit) => limit > value);
      expect(counts[bucket]).toBeGreaterThan(0);
      expect(limits[bucket - 1] ?? -Infinity).toBeLessThanOrEqual(value);
    }
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(7);
  });

  it("of nothing has no buckets", () => {
    expect(histogramOf([Number.NaN])).toMatchObject({
      count: 0,
      limits: new Float64Array(),
      counts: new Float64Array(),
    });
  });
});

describe("the log of a run", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "monge-tensorboard-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A run that is killed at iteration 25, half-way through a record, and resumed from its checkpoint of 20 to 40. */
  async function logged(directory: string): Promise<void> {
    const png = await sharp({ create: { width: 3, height: 2, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    const first = await tensorboard.open(loggedRun(directory), undefined);
    await first.begin();
    for (const iteration of [0, 5, 10, 15, 20]) await first.scalars(iteration, { "training/value": iteration });
    await first.images?.(20, { samples: png });
    await first.histograms?.(20, { "generator/weight": Float32Array.of(-1, 0.5, 0.5) });
    await first.scalars(25, { "training/value": 25 });
    await first.end("stopped");
    const [name = ""] = (await readdir(directory)).filter((file) => file.includes("tfevents"));
    await appendFile(join(directory, name), Uint8Array.of(1, 2, 3));
    const second = await tensorboard.open(loggedRun(directory, { isNew: false, iteration: 20 }), undefined);
    await second.begin();
    for (const iteration of [25, 30, 35, 40]) await second.scalars(iteration, { "training/value": -iteration });
    await second.end("finished");
  }

  it("goes on where the run goes on, with no step twice", async () => {
    const directory = join(folder, "resumed");
    await logged(directory);
    const files = (await readdir(directory)).sort();
    const steps = await Promise.all(
      files.map(async (file) =>
        [...recordsIn(await readFile(join(directory, file)))].map(({ content }) => stepOf(content)),
      ),
    );
    expect(steps).toEqual([
      [0, 0, 0, 5, 10, 15, 20, 20, 20],
      [0, 21, 25, 30, 35, 40],
    ]);
  });

  it("goes to a folder of the run's name, and to none that holds another run's", async () => {
    const run = loggedRun(join(folder, "a", "named"));
    const target = join(folder, "logs");
    const logger = await tensorboard.open(run, target);
    await logger.begin();
    await logger.end("finished");
    expect(await readdir(target)).toEqual(["named"]);
    await expect(tensorboard.open(run, target)).rejects.toThrow(/named.* is the log of another run: remove it/);
    await writeFile(join(folder, "file"), "");
    await expect(tensorboard.open(run, join(folder, "file"))).rejects.toThrow(/file/);
  });

  const python = process.env.TENSORBOARD_PYTHON ?? "python3";
  const reads = async (code: string, ...argv: string[]) =>
    (await promisify(execFile)(python, ["-c", code, ...argv])).stdout;
  const hasTensorBoard = reads("import tensorboard").then(
    () => true,
    () => false,
  );

  it("is what TensorBoard's own reader finds", async ({ skip }) => {
    skip(
      !(await hasTensorBoard),
      "TensorBoard is not installed: pip install tensorboard, or name its Python by TENSORBOARD_PYTHON",
    );
    const directory = join(folder, "read");
    await logged(directory);
    const found = await reads(READ, directory);
    expect(JSON.parse(found)).toEqual({
      scalars: [
        [0, 0],
        [5, 5],
        [10, 10],
        [15, 15],
        [20, 20],
        [25, -25],
        [30, -30],
        [35, -35],
        [40, -40],
      ],
      settings: expect.stringContaining('| loss | "w-gp" |'),
      images: [[20, 3, 2]],
      histograms: [[20, 3, -1, 0.5, 0]],
    });
  });
});

const READ = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
found = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0, "histograms": 0, "tensors": 0}).Reload()
print(json.dumps({
    "scalars": [[one.step, one.value] for one in found.Scalars("training/value")],
    "settings": found.Tensors("settings")[0].tensor_proto.string_val[0].decode(),
    "images": [[one.step, one.width, one.height] for one in found.Images("samples")],
    "histograms": [[one.step, one.histogram_value.num, one.histogram_value.min, one.histogram_value.max, one.histogram_value.sum]
                   for one in found.Histograms("generator/weight")],
}))
`;
