import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { toOriginalUnits } from "../data/scaling.js";
import { taken } from "../data/sources/kinds.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { writeFileAtomically } from "../files.js";
import { createRng } from "../random.js";
import type { RunSettings } from "../training/config.js";
import { generateSamples } from "../training/evaluate.js";
import { pairings } from "../training/pairings.js";
import { newRun, type Run, resumeRun, trainRun } from "../training/run.js";
import type { TrainEvent } from "../training/train.js";
import { dataHelp } from "./dataHelp.js";
import { EXIT } from "./exit.js";
import { imageOptions } from "./imageOptions.js";
import { interruptible } from "./interrupt.js";
import { optionOf, seedNumber, settingOptions, wholeFrom } from "./options.js";
import { samplesPicture } from "./pictures.js";
import { progressDisplay } from "./progress.js";
import { warn } from "./warn.js";

/** Where the pictures of samples are, one for each evaluation. */
const SAMPLES = "samples";

interface TrainFlags extends Omit<Partial<RunSettings>, "checkpointEvery"> {
  readonly out?: string;
  readonly resume?: string;
  readonly checkpointEvery?: number;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `monge train`: one run, kept in a folder. */
export function trainCommand(done: (exitCode: number) => void): Command {
  const command = new Command("train")
    .summary("train a generator on data and keep the run in a folder")
    .description(
      "Trains a generator on data and keeps checkpoints, evaluations and sample pictures in a folder. Ctrl+C saves and stops; " +
        "--resume goes on and ends in the same bits as a run that was never stopped.",
    )
    .option("--data <name or path>", `${dataHelp(taken.training)} (required)`)
    .option("--loss <name>", `from ${Object.keys(pairings).join(", ")}, or LOSS+CONSTRAINT (default: w-gp)`)
    .option("--out <folder>", "where the run is kept (required, or --resume)")
    .option("--resume <folder>", "go on with the run in a folder; --iterations may extend it (default: a new run)")
    .option("--seed <n>", "of all randomness (default: 0)", seedNumber)
    .option("--checkpoint-every <n>", "iterations between checkpoints (default: 500)", wholeFrom(1))
    .option("--force", "start anew in a folder that holds a run")
    .option("--json", "print how it ended and the last evaluation as JSON, and nothing else on standard output")
    .option("--quiet", "show no progress");
  for (const option of [...settingOptions, ...imageOptions]) command.addOption(option);
  command.addHelpText(
    "after",
    "\nExamples:\n  monge train --data points.csv --out runs/points\n  monge train --data mnist --loss w-gp --out runs/digits\n  monge train --resume runs/digits --iterations 4000",
  );
  return command.action(
    async ({ out, resume, force = false, json = false, quiet = false, ...settings }: TrainFlags) => {
      const run =
        resume === undefined ? await fresh(out, force, settings) : await resumed(resume, { out, force, ...settings });
      warn(run.warnings);
      const ending = await follow(run, quiet);
      if (json) process.stdout.write(`${JSON.stringify(outcomeOf(run, ending), null, 2)}\n`);
      done(conclude(run, ending, json || quiet));
    },
  );
}

async function fresh(out: string | undefined, force: boolean, settings: Partial<RunSettings>): Promise<Run> {
  if (out === undefined)
    throw new InputError("give --out, the folder to keep the run in, or --resume with the folder of a run.");
  if (settings.data === undefined) throw new InputError("give --data, the name of a data set or a path.");
  return newRun({ loss: "w-gp", ...settings, data: settings.data }, out, { force });
}

/** A run's settings and its folder are its own: only its length can be changed later. */
async function resumed(
  directory: string,
  {
    out,
    force,
    iterations,
    ...settings
  }: Partial<RunSettings> & { readonly out: string | undefined; readonly force: boolean },
): Promise<Run> {
  if (out !== undefined) throw new InputError("--resume goes on in the run's own folder: leave out --out.");
  if (force) throw new InputError("--resume goes on with a run and --force replaces one: leave out one of the two.");
  const [other] = Object.keys(settings);
  if (other)
    throw new InputError(`--${optionOf(other)} cannot be changed when a run is resumed: only --iterations can.`);
  return resumeRun(directory, { iterations });
}

type Ending = Extract<TrainEvent, { readonly type: "end" | "stopped" | "diverged" }>;

/** Trains, shows how it goes, keeps pictures of samples, and returns how it ended. */
async function follow(run: Run, quiet: boolean): Promise<Ending> {
  const { directory, config, data, isNew } = run;
  const { loss: name, iterations, seed } = config;
  const display = progressDisplay(quiet);
  const images = data.shape.length === 3;
  const shown = images ? 100 : 1000;
  const real = toOriginalUnits(data, data.batch(createRng(seed), Math.min(shown, data.size)));
  const keep = async (path: string, samples: Float32Array) => {
    const drawn = toOriginalUnits(data, samples.subarray(0, shown * sizeOf(data.shape)));
    const picture = await samplesPicture(drawn, real, data.shape, config.loss);
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
        if (images) await keep(join(SAMPLES, `${String(iteration).padStart(8, "0")}.png`), samples);
      }
      if (event.type === "end" || event.type === "stopped") {
        await keep("samples.png", await generateSamples(event.model, shown, createRng(seed), config.device));
      }
      if (event.type === "end" || event.type === "stopped" || event.type === "diverged") return event;
    }
    throw new Error("the run ended without saying how");
  }).finally(() => display.stop());
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
function conclude({ directory }: Run, ending: Ending, silent: boolean): number {
  const { iteration, seconds } = ending.progress;
  switch (ending.type) {
    case "diverged":
      process.stderr.write(`monge: ${ending.message} The last checkpoint in ${directory} is from before and stays.\n`);
      return EXIT.failed;
    case "stopped":
      process.stderr.write(
        `Stopped at iteration ${iteration} and saved. Go on with: monge train --resume ${directory}\n`,
      );
      return EXIT.interrupted;
    case "end":
      if (!silent) {
        process.stdout.write(
          `Trained ${iteration} iterations in ${seconds.toFixed(0)} s; samples are in ${join(directory, "samples.png")}. ` +
            `More: monge sample ${directory} -n 100 -o FILE\n`,
        );
      }
      return EXIT.success;
  }
}
