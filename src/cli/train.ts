import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { inFileUnits } from "../data/pointSets.js";
import { taken } from "../data/sources/kinds.js";
import { isTableFile } from "../data/tableFile.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { writeFileAtomically } from "../files.js";
import { pairingNames } from "../game/pairings.js";
import { generateSamples } from "../game/sampling.js";
import { createRng } from "../random.js";
import type { RunSettings } from "../runs/config.js";
import { newRun, type Run, resumeRun, trainRun } from "../runs/run.js";
import { sampleRows } from "../runs/sampleRows.js";
import { loadRun, type SavedRun } from "../runs/savedRun.js";
import type { TrainEvent } from "../training/train.js";
import { dataHelp } from "./dataHelp.js";
import { EXIT } from "./exit.js";
import { imageOptions } from "./imageOptions.js";
import { interruptible } from "./interrupt.js";
import { checkpointOption, seedNumber, wholeFrom } from "./options.js";
import { print, printJson, tell } from "./output.js";
import { samplesPicture } from "./pictures.js";
import { progressDisplay } from "./progress.js";
import { delimitedRows } from "./sample/rows.js";
import { settingOptions } from "./settingOptions.js";
import { partedFlags, refuseTableOptions, type TableFlags, tableChoices, tableOptions } from "./tableOptions.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

/** Where the pictures of samples are, one for each evaluation. */
const SAMPLES = "samples";
/** Samples at the end: a picture, or rows of a table. */
const SAMPLES_PICTURE = "samples.png";
const SAMPLE_ROWS = "samples.csv";

interface TrainFlags extends Omit<Partial<RunSettings>, "checkpointEvery" | "data">, TableFlags {
  data?: string;
  readonly out?: string | undefined;
  readonly resume?: string;
  readonly init?: string | undefined;
  readonly checkpoint?: number | undefined;
  readonly checkpointEvery?: number;
  readonly with?: readonly string[];
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `monge train`: one run, kept in a folder. */
export function trainCommand(done: (exitCode: number) => void): Command {
  const command = new Command("train")
    .argument("[data]", "the data, as --data has it")
    .summary("train a generator on data and keep the run in a folder")
    .description(
      "Trains a generator on data and keeps checkpoints, evaluations and sample pictures in a folder. Ctrl+C saves and stops; " +
        "--resume goes on and gives bit-identical results to an uninterrupted run. Settings given with --resume apply from there on; those " +
        "that its weights depend on cannot change.",
    )
    .option("--data <name or path>", `${dataHelp(taken.training)} (required); with --resume, where its data lies now`)
    .option("--loss <name>", `from ${pairingNames().join(", ")}, or LOSS+CONSTRAINT (default: w-gp)`)
    .option("--out <folder>", "where the run is kept (required, or --resume)")
    .option("--resume <folder>", "go on with the run in a folder (default: a new run)")
    .option("--init <folder>", "begin with the weights of the run in a folder (default: random weights)")
    .addOption(checkpointOption("of --resume or --init"))
    .option("--seed <n>", "of all randomness (default: 0)", seedNumber)
    .option("--checkpoint-every <n>", "iterations between checkpoints (default: 500)", wholeFrom(1))
    .option("--force", "start anew in a folder that holds a run")
    .option("--json", "print how it ended and the last evaluation as JSON, and nothing else on standard output")
    .addOption(withOption())
    .option("--quiet", "show no progress");
  for (const option of [...settingOptions(), ...tableOptions, ...imageOptions]) command.addOption(option);
  command.addHelpText(
    "after",
    "\nExamples:\n  monge train --data points.csv --out runs/points\n  monge train --data mnist --loss w-gp --out runs/digits\n  monge train --resume runs/digits --iterations 4000\n  monge train --init runs/digits --learning-rate 1e-4 --out runs/finer",
  );
  return command.action(
    async (
      path: string | undefined,
      {
        out,
        resume,
        init,
        checkpoint,
        with: _modules,
        force = false,
        json = false,
        quiet = false,
        ...flags
      }: TrainFlags,
    ) => {
      const { table, others: settings } = partedFlags(flags);
      if (resume === undefined && init === undefined && checkpoint !== undefined)
        throw new InputError("--checkpoint chooses one of a run: give the run with --resume or --init.");
      if (path !== undefined && settings.data !== undefined)
        throw new InputError("the data is given twice, by itself and with --data: leave out one of the two.");
      if (path !== undefined) settings.data = path;
      const run =
        resume === undefined
          ? await fresh(out, settings, {
              force,
              init: init === undefined ? init : await loadRun(init, { checkpoint }),
              table,
            })
          : await resumed(resume, settings, { out, force, init, checkpoint, table });
      warn(run.warnings);
      const ending = await follow(run, quiet);
      if (json) printJson(outcomeOf(run, ending));
      done(conclude(run, ending, json || quiet));
    },
  );
}

async function fresh(
  out: string | undefined,
  settings: Partial<RunSettings>,
  {
    force,
    init,
    table: flags,
  }: { readonly force: boolean; readonly init: SavedRun | undefined; readonly table: TableFlags },
): Promise<Run> {
  if (out === undefined)
    throw new InputError("give --out, the folder to keep the run in, or --resume with the folder of a run.");
  const { data, loss = init?.config.loss ?? "w-gp", ...rest } = settings;
  const options = { force, init, table: await tableChoices(flags) };
  if (data !== undefined) {
    if (!(await isTableFile(data))) refuseTableOptions(flags, `${data} is no table with columns`);
    return newRun({ ...rest, data, loss }, out, options);
  }
  if (!init) throw new InputError("give --data, the name of a data set or a path.");
  const { imageSize, channels, background, skipBroken, header, as } = init.config;
  const itsData = { data: init.config.data, imageSize, channels, background, skipBroken, header, as };
  return newRun({ ...itsData, ...rest, loss }, out, options);
}

async function resumed(
  directory: string,
  settings: Partial<RunSettings>,
  {
    out,
    force,
    init,
    checkpoint,
    table,
  }: Pick<TrainFlags, "out" | "force" | "init" | "checkpoint"> & { readonly table: TableFlags },
): Promise<Run> {
  if (out !== undefined) throw new InputError("--resume goes on in the run's own folder: leave out --out.");
  if (force) throw new InputError("--resume goes on with a run and --force replaces one: leave out one of the two.");
  if (init !== undefined)
    throw new InputError("--resume goes on with a run and --init begins a new one: leave out one of the two.");
  refuseTableOptions(table, "--resume goes on with the columns of the run");
  return resumeRun(directory, settings, { checkpoint });
}

type Ending = Extract<TrainEvent, { readonly type: "end" | "stopped" | "diverged" }>;

/** Trains, shows how it goes, keeps pictures of samples, and returns how it ended. */
async function follow(run: Run, quiet: boolean): Promise<Ending> {
  const { directory, config, data, isNew } = run;
  const { loss: name, iterations, seed } = config;
  const display = progressDisplay(quiet);
  const shown = data.kind === "images" ? 100 : 1000;
  const real = inFileUnits(data, data.batch(createRng(seed), Math.min(shown, data.size)).sample);
  const keep = async (path: string, samples: Float32Array) => {
    const drawn = inFileUnits(data, samples.subarray(0, shown * sizeOf(data.fields.sample.shape)));
    const picture = await samplesPicture(drawn, real, data, config.loss);
    await writeFileAtomically(join(directory, path), picture);
  };
  return interruptible(async (signal) => {
    for await (const event of trainRun(run, { signal })) {
      if (event.type === "start" && isNew) await removePictures(join(directory, SAMPLES));
      if (event.type === "step") display.update({ name, iteration: event.iteration, iterations });
      if (event.type === "evaluation") {
        const { evaluation, samples } = event;
        const { iteration } = evaluation;
        display.update({ name, iteration, iterations, evaluation });
        if (data.kind === "images") await keep(join(SAMPLES, `${String(iteration).padStart(8, "0")}.png`), samples);
      }
      if (event.type === "end" || event.type === "stopped") {
        if (data.kind === "table") await keepRows(directory, shown);
        else {
          const samples = await generateSamples(event.model, shown, createRng(seed), { device: config.device });
          await keep(SAMPLES_PICTURE, samples);
        }
      }
      if (event.type === "end" || event.type === "stopped" || event.type === "diverged") return event;
    }
    throw new Error("the run ended without saying how");
  }).finally(() => display.stop());
}

/** Keeps rows of the table that a run makes, to look at. */
async function keepRows(directory: string, count: number): Promise<void> {
  const rows = await sampleRows(await loadRun(directory), count);
  await writeFileAtomically(join(directory, SAMPLE_ROWS), delimitedRows(rows, ",")).catch((error: unknown) => {
    // The run itself is saved.
    if (!(error instanceof InputError)) throw error;
    warn([error.message]);
  });
}

/** Removes the pictures of the run that was there before, and nothing else. */
async function removePictures(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const pictures = names.filter((name) => /^\d{8}\.png$/.test(name));
  await Promise.all(pictures.map((name) => rm(join(folder, name), { force: true })));
}

function outcomeOf({ directory, config }: Run, { type, progress }: Ending) {
  const { iteration, seconds, history } = progress;
  const { iterations } = config;
  return { directory, ended: type, iteration, iterations, seconds, evaluation: history.at(-1) ?? null };
}

/** Says how a run ended, and returns the exit code. */
function conclude({ directory, config, data, progress }: Run, ending: Ending, silent: boolean): number {
  const { iteration, seconds } = ending.progress;
  switch (ending.type) {
    case "diverged":
      warn([`${ending.message} The last checkpoint in ${directory} is from before and stays.`]);
      return EXIT.failed;
    case "stopped":
      tell(`Stopped at iteration ${iteration} and saved. Go on with: monge train --resume ${directory}`);
      return EXIT.interrupted;
    case "end":
      if (!silent) {
        const done =
          progress.iteration === config.iterations
            ? `${directory} was at its end already, iteration ${iteration}`
            : `Trained ${iteration} iterations in ${seconds.toFixed(0)} s`;
        const samples = join(directory, data.kind === "table" ? SAMPLE_ROWS : SAMPLES_PICTURE);
        print(`${done}; samples are in ${samples}. ` + `More: monge sample ${directory} -n 100 -o FILE`);
      }
      return EXIT.success;
  }
}
