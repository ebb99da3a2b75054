import { totalmem } from "node:os";
import { Command } from "commander";
import type { ConditionField } from "../data/dataset.js";
import { npyBytes } from "../data/npyBytes.js";
import { inFileUnits } from "../data/pointSets.js";
import { conditionWhere } from "../data/where.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { FileContent } from "../files.js";
import { generateSamples } from "../game/sampling.js";
import { createRng } from "../random.js";
import { openRunData } from "../runs/runData.js";
import { conditionWarnings } from "../runs/sampleRows.js";
import { loadRun, type SavedRun } from "../runs/savedRun.js";
import { askedInTurn, type ClassesInTurn, classesInTurn, rowsSentence } from "./classesInTurn.js";
import { checkpointOption, seedNumber, wholeFrom } from "./options.js";
import { printJson, tell, writeOutput } from "./output.js";
import { MOST_ROWS, samplesPicture } from "./pictures.js";
import { checkOutput, endingOf, STANDARD_OUTPUT, writeOutputFile } from "./sample/outputFile.js";
import { parquetBytes } from "./sample/parquet.js";
import { type SampleTable, sampleTable } from "./sample/sampleTable.js";
import { delimitedText, jsonText } from "./sample/text.js";
import { rowEndings, writeRows } from "./sample/writeRows.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface SampleFlags {
  readonly count: number;
  readonly seed: number;
  readonly output: string;
  readonly round: boolean;
  readonly clamp: boolean;
  readonly checkpoint?: number;
  readonly where?: readonly string[];
  readonly workers?: number;
  readonly with?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a number takes until it is written: in training units, in those of the data, by columns, and in a file. */
const BYTES = 32;
/** Half of the memory, and what a file can be made of at a time. */
const MOST_NUMBERS = Math.min(100_000_000, Math.floor(totalmem() / 2 / BYTES));
/** More samples in a picture hide each other. */
const MOST_PICTURED = 100_000;

const tableFormats: Readonly<Record<string, (table: SampleTable) => FileContent>> = {
  ".csv": (table) => delimitedText(table, ","),
  ".tsv": (table) => delimitedText(table, "\t"),
  ".json": jsonText,
  ".npy": ({ values, shape, columns }) => npyBytes([values.length / columns.length, ...shape], values),
  ".parquet": parquetBytes,
};

const endings: readonly string[] = [...Object.keys(tableFormats), ".png"];

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
    .requiredOption("-n, --count <n>", "how many samples", wholeFrom(1, MOST_SAMPLES))
    .requiredOption(
      "-o, --output <file>",
      `rows of a table: a ${rowEndings.join(", ")} file; points and images: ${endings.join(", ")}; text also with .gz; ` +
        `${STANDARD_OUTPUT}: CSV on standard output`,
    )
    .option(
      "--where <name=value>",
      "what to ask for, of a table any columns (sex=Female, city=Paris,Rome, age=30..40; repeatable), of another run with " +
        "conditions one of them, such as mode=3 or class=cats (default: any; of images each in turn, in a picture a row each)",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option("--seed <n>", "the same seed gives the same samples", seedNumber, 0)
    .option("--no-round", "of tables, keep all digits (default: as many decimals as the column has)")
    .option("--no-clamp", "of tables, let values leave the column's range (default: the nearest value inside)")
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
        "  monge sample runs/digits -n 64 -o digits.png\n" +
        "  monge sample runs/people -n 1000000 --where age=30..40 -o people.parquet",
    )
    .action(async (folder: string, flags: SampleFlags) => {
      const { count, seed, output, checkpoint, where, round, clamp, json = false, quiet = false, workers } = flags;
      const run = await loadRun(folder, { checkpoint });
      warn(run.warnings);
      if (run.data.kind === "table") {
        checkOutput(flags, rowEndings);
        warn(conditionWarnings(run, where ?? []));
        await writeRows(run, count, { seed, where, round, clamp, output, quiet, workers, modules: flags.with });
      } else await writeSamples(run, flags);
      if (json) printJson({ file: output, count, seed, iteration: run.progress.iteration });
      else if (output !== STANDARD_OUTPUT && !quiet) {
        const classes = isPicture(output) ? classesOf(run, flags) : undefined;
        const rows = classes ? ` ${rowsSentence(classes)}` : "";
        tell(`${count.toLocaleString("en")} samples are in ${output}.${rows}`);
      }
    });
}

async function writeSamples(run: SavedRun, flags: SampleFlags): Promise<void> {
  const { count, seed, output, where } = flags;
  checkOutput(flags, endings);
  const { sample, condition } = run.data.fields;
  checkCount(flags, sizeOf(sample.shape) + sizeOf(condition?.shape ?? [0]));
  const classes = classesOf(run, flags);
  const asked = classes ? askedInTurn(classes) : onlyCondition(where, condition);
  const samples = await generateSamples(run.model, count, createRng(seed), { condition: asked });
  if (output === STANDARD_OUTPUT) await writeOutput(delimitedText(sampleTable(run, samples, flags), ","));
  else await writeOutputFile(output, await contentOf(run, samples, flags));
}

/** The classes that images are asked for where nobody says which, and the rows of a picture. */
function classesOf({ data }: SavedRun, { count, output, where }: SampleFlags): ClassesInTurn | undefined {
  return where ? undefined : classesInTurn(data, count, isPicture(output) ? MOST_ROWS : undefined);
}

function onlyCondition(where: readonly string[] | undefined, condition: ConditionField | undefined) {
  const [first, ...others] = where ?? [];
  if (others.length > 0) throw new InputError("This run has one condition at most: give --where once.");
  return first === undefined ? undefined : conditionWhere(first, condition);
}

function checkCount({ count, output }: SampleFlags, size: number): void {
  const most = Math.min(Math.floor(MOST_NUMBERS / size), isPicture(output) ? MOST_PICTURED : Infinity);
  if (count > most)
    throw new InputError(`-n can be ${most} at most for such a file; write several files with other --seed.`);
}

async function contentOf(run: SavedRun, samples: Float32Array, flags: SampleFlags): Promise<FileContent> {
  if (isPicture(flags.output)) return picture(run, samples, flags);
  return tableFormats[endingOf(flags.output)]!(sampleTable(run, samples, flags));
}

/** Points are drawn over those of the data. */
async function picture(run: SavedRun, samples: Float32Array, flags: SampleFlags): Promise<Buffer> {
  const { config, data } = run;
  if (data.kind === "images") {
    return samplesPicture(samples, new Float32Array(), data, config.loss, classesOf(run, flags)?.shown.length);
  }
  const real = (await openRunData(run)).data.batch(createRng(0), 1000).sample;
  return samplesPicture(inFileUnits(data, samples, flags), inFileUnits(data, real), data, config.loss);
}

function isPicture(output: string): boolean {
  return endingOf(output) === ".png";
}
