import { extname } from "node:path";
import { Command } from "commander";
import { stringify } from "csv-stringify/sync";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { writeFileAtomically } from "../files.js";
import { createRng } from "../random.js";
import { generateSamples } from "../training/evaluate.js";
import { modelOf, openRun, type Run } from "../training/run.js";
import { wholeFrom } from "./options.js";
import { samplesPicture } from "./pictures.js";

interface SampleFlags {
  readonly count: number;
  readonly seed: number;
  readonly output: string;
}

const writers: Readonly<Record<string, (run: Run, samples: Float32Array) => Promise<string | Buffer> | string>> = {
  ".png": ({ data }, samples) => samplesPicture(samples, data.batch(createRng(0), 1000), data.shape),
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
    .option("--seed <n>", "the same seed gives the same samples", wholeFrom(0), 0)
    .addHelpText(
      "after",
      "\nExamples:\n  monge sample runs/points -n 1000 -o new.csv\n  monge sample runs/digits -n 64 -o digits.png",
    )
    .action(async (folder: string, { count, seed, output }: SampleFlags) => {
      const write = writers[extname(output).toLowerCase()];
      if (!write) throw new InputError(`${output} must end in ${Object.keys(writers).join(", ")}.`);
      const run = await openRun(folder);
      for (const warning of run.warnings) process.stderr.write(`monge: ${warning}\n`);
      const samples = await generateSamples(modelOf(run), count, createRng(seed));
      await writeFileAtomically(output, await write(run, samples));
    });
}

function rowsOf({ data }: Run, samples: Float32Array): number[][] {
  const values = data.toOriginalUnits?.(samples) ?? samples;
  const size = sizeOf(data.shape);
  return Array.from({ length: values.length / size }, (_, i) => Array.from(values.subarray(i * size, (i + 1) * size)));
}

function columnsOf({ data }: Run): string[] {
  return data.columns ? [...data.columns] : Array.from({ length: sizeOf(data.shape) }, (_, i) => `x${i + 1}`);
}
