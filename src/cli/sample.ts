import { extname } from "node:path";
import { Command } from "commander";
import { stringify } from "csv-stringify/sync";
import { openDataset } from "../data/open.js";
import { toOriginalUnits } from "../data/scaling.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { writeFileAtomically } from "../files.js";
import { createRng } from "../random.js";
import { generateSamples } from "../training/evaluate.js";
import { openOptions } from "../training/run.js";
import { openRun, type SavedRun } from "../training/savedRun.js";
import { seedNumber, shortest, wholeFrom } from "./options.js";
import { samplesPicture } from "./pictures.js";
import { warn } from "./warn.js";

interface SampleFlags {
  readonly count: number;
  readonly seed: number;
  readonly output: string;
  readonly json?: boolean;
}

/** More numbers would not fit into one string, and more samples in a picture hide each other. */
const MOST_NUMBERS = 20_000_000;
const MOST_PICTURED = 100_000;

const writers: Readonly<Record<string, (run: SavedRun, samples: Float32Array) => Promise<Buffer> | string>> = {
  ".png": picture,
  ".csv": (run, samples) => stringify(rowsOf(run, samples), { header: true, columns: columnsOf(run) }),
  ".json": (run, samples) =>
    `${JSON.stringify({ shape: run.data.shape, columns: columnsOf(run), samples: rowsOf(run, samples) })}\n`,
};

/** `monge sample`: new samples from a trained generator. */
export function sampleCommand(): Command {
  return new Command("sample")
    .summary("make new samples with a trained generator")
    .description(
      "Makes new samples with the generator of a run and writes them as a picture, a table or JSON, in the units of the data.",
    )
    .argument("<folder>", "the folder of a run")
    .requiredOption("-n, --count <n>", "how many samples", wholeFrom(1))
    .requiredOption("-o, --output <file>", "a .png, .csv or .json file")
    .option("--seed <n>", "the same seed gives the same samples", seedNumber, 0)
    .option("--json", "print what was written as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  monge sample runs/points -n 1000 -o new.csv\n  monge sample runs/digits -n 64 -o digits.png",
    )
    .action(async (folder: string, { count, seed, output, json = false }: SampleFlags) => {
      const write = writers[extname(output).toLowerCase()];
      if (!write) throw new InputError(`${output} must end in ${Object.keys(writers).join(", ")}.`);
      const run = await openRun(folder);
      warn(run.warnings);
      const written = Math.floor(MOST_NUMBERS / sizeOf(run.data.shape));
      const most = write === picture ? Math.min(written, MOST_PICTURED) : written;
      if (count > most)
        throw new InputError(`-n can be ${most} at most for such a file; write several files with other --seed.`);
      const samples = await generateSamples(run.model, count, createRng(seed));
      await writeFileAtomically(output, await write(run, samples));
      const { iteration } = run.progress;
      if (json) process.stdout.write(`${JSON.stringify({ file: output, count, seed, iteration })}\n`);
    });
}

/** Points are drawn over those of the data. */
async function picture({ config, data }: SavedRun, samples: Float32Array): Promise<Buffer> {
  if (data.shape.length > 1) return samplesPicture(samples, new Float32Array(), data.shape, config.loss);
  const real = (await openDataset(config.data, openOptions(config))).batch(createRng(0), 1000);
  return samplesPicture(toOriginalUnits(data, samples), toOriginalUnits(data, real), data.shape, config.loss);
}

function rowsOf({ data }: SavedRun, samples: Float32Array): number[][] {
  const values = data.scaling ? toOriginalUnits(data, samples) : samples;
  const size = sizeOf(data.shape);
  const number = values instanceof Float32Array ? shortest : (value: number) => value;
  const row = (i: number) => Array.from(values.subarray(i * size, (i + 1) * size), number);
  return Array.from({ length: values.length / size }, (_, i) => row(i));
}

function columnsOf({ data }: SavedRun): string[] {
  return data.columns?.map(({ name }) => name) ?? Array.from({ length: sizeOf(data.shape) }, (_, i) => `x${i + 1}`);
}
