import { Command } from "commander";
import { rowsSentence } from "../data/classesInTurn.js";
import { InputError } from "../errors.js";
import { conditionWarnings } from "../runs/conditionWarnings.js";
import { refuseTable } from "../runs/refuseTable.js";
import type { SavedRun } from "../runs/runRecord.js";
import { loadRun } from "../runs/savedRun.js";
import { checkpointOption, number, seedNumber, wholeFrom } from "./options.js";
import { printJson, tell } from "./output.js";
import { readLatents } from "./sample/latentsFile.js";
import { checkOutput, STANDARD_OUTPUT } from "./sample/outputFile.js";
import { fileEndings } from "./sample/sampleContent.js";
import { rowEndings, writeRows } from "./sample/writeRows.js";
import { isPicture, writeSamples } from "./sample/writeSamples.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface SampleFlags {
  readonly count?: number;
  readonly seed: number;
  readonly output: string;
  readonly round: boolean;
  readonly clamp: boolean;
  readonly checkpoint?: number;
  readonly where?: readonly string[];
  readonly truncation?: number;
  readonly latents?: string;
  readonly latentsOut?: string;
  readonly columns?: number;
  readonly nearest?: boolean;
  readonly workers?: number;
  readonly with?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** More would fill any disk. */
const MOST_SAMPLES = 1_000_000_000;

/** `monge sample`: new samples from a trained generator. */
export function sampleCommand(): Command {
  return new Command("sample")
    .description(
      "Makes new samples with the generator of a run and writes them in the units of the data: each column with its number of decimals " +
        "and inside its range. Rows of a table are written as they are made, so their number is not limited by memory.",
    )
    .argument("<folder>", "the folder of a run")
    .option("-n, --count <n>", "number of samples (required, or --latents)", wholeFrom(1, MOST_SAMPLES))
    .requiredOption(
      "-o, --output <file>",
      `rows of a table: a ${rowEndings.join(", ")} file; points and images: ${fileEndings.join(", ")}; text also with .gz; ` +
        `${STANDARD_OUTPUT}: CSV on standard output; images also a folder with a file for each: pictures/`,
    )
    .option(
      "--where <name=value>",
      "a condition: any columns for a table (sex=Female, city=Paris,Rome, age=30..40; repeatable), one condition for another run with " +
        "conditions, such as mode=3 or class=cats (default: any; for images each in turn, with a row for each in a picture)",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option("--seed <n>", "the same seed gives the same samples", seedNumber, 0)
    .option(
      "--columns <n>",
      "pictures per row of a .png file of images (default: a row for each class, else a square)",
      wholeFrom(1, 1000),
    )
    .option(
      "--truncation <x>",
      "draw the numbers of latents beyond this magnitude again, such as 0.7, for more typical and less varied samples; not for a table (default: none)",
      number,
    )
    .option(
      "--latents <file>",
      "make samples from the latents of a .npy file, [count, latent]; not for a table (default: random latents)",
    )
    .option("--latents-out <file>", "write the latents of the samples to a .npy file; not for a table (default: none)")
    .option("--no-round", "for tables, keep all digits (default: as many decimals as the column has)")
    .option("--no-clamp", "for tables, let values leave the column's range (default: the nearest value inside)")
    .option("--nearest", "for pictures, show the nearest training picture at the right of each (needs the data)")
    .option(
      "--workers <n>",
      "threads that make rows of a table, 0 for none (default: one per core, at most 8)",
      wholeFrom(0),
    )
    .addOption(checkpointOption())
    .addOption(withOption())
    .option("--json", "print what was written as JSON")
    .option("--quiet", "show no progress")
    .addHelpText(
      "after",
      "\nExamples:\n  monge sample runs/points -n 1000 -o new.csv\n  monge sample runs/points -n 1000 -o - | head\n" +
        "  monge sample runs/ring -n 1000 --where mode=3 -o third.csv\n" +
        "  monge sample runs/digits -n 100 --columns 10 -o digits.png --latents-out z.npy\n" +
        "  monge sample runs/digits -n 100 --truncation 0.7 -o pictures/\n" +
        "  monge sample runs/digits -n 32 --nearest -o copies.png\n" +
        "  monge sample runs/people -n 1000000 --where age=30..40 -o people.parquet",
    )
    .action(async (folder: string, flags: SampleFlags) => {
      const { seed, output, checkpoint, json = false, quiet = false } = flags;
      const run = await loadRun(folder, { checkpoint });
      warn(run.warnings);
      refuseForTable(run, flags);
      if (flags.columns !== undefined && (run.data.kind !== "images" || !isPicture(output)))
        throw new InputError("--columns is for a .png file of images: leave it out for anything else.");
      const latents = await ownLatents(run, flags);
      const count = countOf(run, flags, latents);
      const classes =
        run.data.kind === "table"
          ? await writeTable(run, count, flags)
          : await writeSamples(run, { ...flags, count, latents });
      if (json) printJson({ file: output, count, seed, iteration: run.progress.iteration });
      else if (output !== STANDARD_OUTPUT && !quiet) {
        const rows = classes ? ` ${rowsSentence(classes)}` : "";
        tell(`${count.toLocaleString("en")} samples are in ${output}.${rows}`);
      }
    });
}

/** @throws InputError where the run is on a table and an option is given that has no meaning there */
function refuseForTable(run: SavedRun, { truncation, latents, latentsOut }: SampleFlags): void {
  if (truncation !== undefined) refuseTable(run, "Truncated latents");
  if (latents !== undefined || latentsOut !== undefined) refuseTable(run, "Latents in files");
}

async function ownLatents(run: SavedRun, { latents, truncation }: SampleFlags): Promise<Float32Array | undefined> {
  if (latents === undefined) return undefined;
  if (truncation !== undefined)
    throw new InputError("Latents of a file are used as they are: leave out --truncation, or --latents.");
  return await readLatents(latents, run.config.latent);
}

function countOf(run: SavedRun, { count, latents: file }: SampleFlags, latents: Float32Array | undefined): number {
  if (latents === undefined) {
    if (count !== undefined) return count;
    throw new InputError("How many samples? Give -n, such as -n 1000.");
  }
  const there = latents.length / run.config.latent;
  if (count === undefined || count === there) return there;
  throw new InputError(`${file} holds ${there} latents, and -n is ${count}: leave out -n to make a sample of each.`);
}

async function writeTable(run: SavedRun, count: number, flags: SampleFlags): Promise<undefined> {
  const { seed, output, where, round, clamp, quiet = false, workers, with: modules } = flags;
  checkOutput(flags, rowEndings);
  warn(conditionWarnings(run, where ?? []));
  await writeRows(run, count, { seed, where, round, clamp, output, quiet, workers, modules });
}
