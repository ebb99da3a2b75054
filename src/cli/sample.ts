import { Command } from "commander";
import type { ConditionField } from "../data/dataset.js";
import { conditionWhere } from "../data/where.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { drawLatents, generateSamples } from "../game/sampling.js";
import { createRng } from "../random.js";
import { refuseTable } from "../runs/refuseTable.js";
import { conditionWarnings } from "../runs/sampleRows.js";
import { loadRun, type SavedRun } from "../runs/savedRun.js";
import { askedInTurn, type ClassesInTurn, classesInTurn, rowsSentence } from "./classesInTurn.js";
import { checkpointOption, number, seedNumber, wholeFrom } from "./options.js";
import { printJson, tell } from "./output.js";
import { MOST_ROWS } from "./pictures.js";
import { checkLatentsFile, readLatents, writeLatents } from "./sample/latentsFile.js";
import { nearestPicture } from "./sample/nearestPicture.js";
import { checkOutput, endingOf, STANDARD_OUTPUT, writeOutputFile } from "./sample/outputFile.js";
import { checkPictureFolder, isPictureFolder, writePictures } from "./sample/pictureFolder.js";
import { fileEndings, MOST_NUMBERS, writeSampleFile } from "./sample/sampleContent.js";
import { rowEndings, writeRows } from "./sample/writeRows.js";
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

/** More samples in a picture hide each other. */
const MOST_PICTURED = 100_000;

/** More would fill any disk. */
const MOST_SAMPLES = 1_000_000_000;

/** `monge sample`: new samples from a trained generator. */
export function sampleCommand(): Command {
  return new Command("sample")
    .summary("make new samples with a trained generator")
    .description(
      "Makes new samples with the generator of a run and writes them in the units of the data: each column with as many decimals as it has " +
        "there, and inside its range. Rows of a table are written as they are made, however many.",
    )
    .argument("<folder>", "the folder of a run")
    .option("-n, --count <n>", "how many samples (required, or --latents)", wholeFrom(1, MOST_SAMPLES))
    .requiredOption(
      "-o, --output <file>",
      `rows of a table: a ${rowEndings.join(", ")} file; points and images: ${fileEndings.join(", ")}; text also with .gz; ` +
        `${STANDARD_OUTPUT}: CSV on standard output; of images also a folder for a picture each: pictures/`,
    )
    .option(
      "--where <name=value>",
      "what to ask for, of a table any columns (sex=Female, city=Paris,Rome, age=30..40; repeatable), of another run with " +
        "conditions one of them, such as mode=3 or class=cats (default: any; of images each in turn, in a picture a row each)",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option("--seed <n>", "the same seed gives the same samples", seedNumber, 0)
    .option(
      "--columns <n>",
      "pictures in a row of a .png file of images (default: a row for each class, else as many as rows)",
      wholeFrom(1, 1000),
    )
    .option(
      "--truncation <x>",
      "draw the numbers of latents beyond this magnitude again: samples are more typical and less varied, such as 0.7; not of a table (default: none)",
      number,
    )
    .option(
      "--latents <file>",
      "a .npy file of latents to make samples of, [count, latent]; not of a table (default: they are drawn)",
    )
    .option("--latents-out <file>", "a .npy file for the latents of the samples; not of a table (default: none)")
    .option("--no-round", "of tables, keep all digits (default: as many decimals as the column has)")
    .option("--no-clamp", "of tables, let values leave the column's range (default: the nearest value inside)")
    .option("--nearest", "of pictures, show at the right of each the training picture nearest to it (needs the data)")
    .option(
      "--workers <n>",
      "threads that make rows of a table, 0 for none (default: as many as there are cores, at most 8)",
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
      const { seed, output, checkpoint, where, round, clamp, json = false, quiet = false, workers } = flags;
      const run = await loadRun(folder, { checkpoint });
      warn(run.warnings);
      refuseForTable(run, flags);
      if (flags.columns !== undefined && (run.data.kind !== "images" || !isPicture(output)))
        throw new InputError("--columns says how images lie in a .png file: leave it out for anything else.");
      const latents = await ownLatents(run, flags);
      const count = countOf(run, flags, latents);
      if (run.data.kind === "table") {
        checkOutput(flags, rowEndings);
        warn(conditionWarnings(run, where ?? []));
        await writeRows(run, count, { seed, where, round, clamp, output, quiet, workers, modules: flags.with });
      } else await writeSamples(run, { ...flags, count }, latents);
      if (json) printJson({ file: output, count, seed, iteration: run.progress.iteration });
      else if (output !== STANDARD_OUTPUT && !quiet) {
        const classes =
          isPicture(output) && flags.columns === undefined && !flags.nearest ? classesOf(run, flags, count) : undefined;
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
    throw new InputError("Latents of a file are taken as they are: leave out --truncation, or --latents.");
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

async function writeSamples(
  run: SavedRun,
  flags: SampleFlags & { readonly count: number },
  latents?: Float32Array,
): Promise<void> {
  const { count, seed, output, where, truncation, latentsOut } = flags;
  const isFolder = isPictureFolder(output);
  if (isFolder) await checkPictureFolder(run, output);
  else checkOutput(flags, fileEndings);
  if (latentsOut !== undefined) checkLatentsFile(latentsOut);
  if (flags.nearest && !(run.data.kind === "images" && isPicture(output)))
    throw new InputError("--nearest shows pictures: give the folder of a run on images, and a file that ends in .png.");
  const { sample, condition } = run.data.fields;
  checkCount(
    flags,
    sizeOf(sample.shape) + sizeOf(condition?.shape ?? [0]) + (latentsOut === undefined ? 0 : run.config.latent),
  );
  const classes = classesOf(run, flags, count);
  const asked = classes ? askedInTurn(classes) : onlyCondition(where, condition);
  const options = { condition: asked, latents, truncation };
  const samples = await generateSamples(run.model, count, createRng(seed), options);
  if (isFolder) await writePictures(output, samples, sample.shape);
  else if (flags.nearest) await writeNearest(run, samples, flags);
  else await writeSampleFile(run, samples, { ...flags, rows: classes?.shown.length });
  if (latentsOut !== undefined) {
    const made = await drawLatents(run.model.game, count, createRng(seed), options);
    await writeLatents(latentsOut, made, run.config.latent);
  }
}

async function writeNearest(run: SavedRun, samples: Float32Array, flags: SampleFlags): Promise<void> {
  const { picture, sentence } = await nearestPicture(run, samples, flags.columns);
  await writeOutputFile(flags.output, picture);
  if (!flags.quiet && !flags.json) tell(sentence);
}

/** The classes that images are asked for where nobody says which, and the rows of a picture. */
function classesOf(
  { data }: SavedRun,
  { output, where, nearest }: SampleFlags,
  count: number,
): ClassesInTurn | undefined {
  return where ? undefined : classesInTurn(data, count, isPicture(output) && !nearest ? MOST_ROWS : undefined);
}

function onlyCondition(where: readonly string[] | undefined, condition: ConditionField | undefined) {
  const [first, ...others] = where ?? [];
  if (others.length > 0) throw new InputError("This run has one condition at most: give --where once.");
  return first === undefined ? undefined : conditionWhere(first, condition);
}

function checkCount({ count, output }: SampleFlags & { readonly count: number }, size: number): void {
  const most = Math.min(
    Math.floor(MOST_NUMBERS / size),
    isPicture(output) || isPictureFolder(output) ? MOST_PICTURED : Infinity,
  );
  if (count > most)
    throw new InputError(`-n can be ${most} at most for such a file; write several files with other --seed.`);
}

function isPicture(output: string): boolean {
  return endingOf(output) === ".png";
}
