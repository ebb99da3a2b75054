import { join } from "node:path";
import { Command, Option } from "commander";
import { datasetNames } from "../data/open.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { checkWritable, writeFileAtomically } from "../files.js";
import { createRng } from "../random.js";
import type { RunSettings } from "../training/config.js";
import { pairings } from "../training/pairings.js";
import { newRun, openRun, type Run, trainRun } from "../training/run.js";
import { EXIT } from "./exit.js";
import { interruptible } from "./interrupt.js";
import { number, settingOptions, wholeFrom } from "./options.js";
import { samplesPicture } from "./pictures.js";
import { type ProgressDisplay, progressDisplay } from "./progress.js";

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
      "Trains a generator on data and keeps checkpoints, evaluations and sample pictures in a folder. Ctrl+C saves and stops;\n" +
        "--resume goes on and ends in the same bits as a run that was never stopped.",
    )
    .option(
      "--data <name or path>",
      `${datasetNames.map(({ name }) => name).join(", ")}, a .csv, an IDX file, or a folder of images`,
    )
    .option("--loss <name>", `from ${Object.keys(pairings).join(", ")}, or LOSS+CONSTRAINT (default: w-gp)`)
    .option("--out <folder>", "where the run is kept")
    .option("--resume <folder>", "go on with the run in a folder; --iterations may extend it")
    .option("--seed <n>", "of all randomness (default: 0)", number)
    .option("--checkpoint-every <n>", "iterations between checkpoints (default: 500)", wholeFrom(1))
    .addOption(new Option("--device <name>", "where to train (default: cpu)").choices(["cpu", "webgpu", "cuda"]))
    .option("--force", "start anew in a folder that holds a run")
    .option("--json", "print the last evaluation as JSON on standard output")
    .option("--quiet", "show no progress");
  for (const option of settingOptions) command.addOption(option);
  command.addHelpText(
    "after",
    "\nExamples:\n  monge train --data points.csv --out runs/points\n  monge train --data mnist --loss w-gp --out runs/digits\n  monge train --resume runs/digits --iterations 4000",
  );
  return command.action(
    async ({ out, resume, force = false, json = false, quiet = false, ...settings }: TrainFlags) => {
      const run = resume === undefined ? await fresh(out, force, settings) : await resumed(resume, settings);
      for (const warning of run.warnings) process.stderr.write(`monge: ${warning}\n`);
      await checkWritable(run.directory);
      const display = progressDisplay(quiet, run.progress?.iteration);
      done(await follow(run, settings.iterations, display, json));
    },
  );
}

async function fresh(out: string | undefined, force: boolean, settings: Partial<RunSettings>): Promise<Run> {
  if (out === undefined)
    throw new InputError("give --out, the folder to keep the run in, or --resume with the folder of a run.");
  if (settings.data === undefined) throw new InputError("give --data, the name of a data set or a path.");
  return newRun({ loss: "w-gp", ...settings, data: settings.data }, out, force);
}

/** A run's settings are its own: only its length can be changed later. */
async function resumed(directory: string, { iterations, ...settings }: Partial<RunSettings>): Promise<Run> {
  const [other] = Object.keys(settings);
  if (other) {
    const flag = other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new InputError(`--${flag} cannot be changed when a run is resumed: only --iterations can.`);
  }
  const run = await openRun(directory);
  if (run.progress!.iteration >= (iterations ?? run.config.iterations)) {
    throw new InputError(
      `${directory} is finished at iteration ${run.progress!.iteration}; give a larger --iterations to go on.`,
    );
  }
  return run;
}

/** Trains, shows how it goes, keeps pictures, and returns the exit code. */
async function follow(run: Run, length: number | undefined, display: ProgressDisplay, json: boolean): Promise<number> {
  const { directory, config, data } = run;
  const iterations = length ?? config.iterations;
  const name = config.loss;
  const real = data.batch(createRng(config.seed), 1000);
  const images = data.shape.length === 3;
  let latest: Float32Array | undefined;
  const picture = async (path: string) =>
    latest && writeFileAtomically(join(directory, path), await samplesPicture(latest, real, data.shape));
  return interruptible(async (signal) => {
    try {
      for await (const event of trainRun(run, { signal, ...(length !== undefined && { iterations: length }) })) {
        if (event.type === "step") display.update({ name, iteration: event.iteration, iterations });
        if (event.type === "evaluation") {
          const { iteration } = event.evaluation;
          latest = event.samples.slice(0, (images ? 100 : 1000) * sizeOf(data.shape));
          display.update({ name, iteration, iterations, evaluation: event.evaluation });
          if (images) await picture(join("samples", `${String(iteration).padStart(8, "0")}.png`));
        }
        if (event.type === "diverged") {
          display.stop();
          process.stderr.write(`monge: ${event.message} The last good checkpoint in ${directory} stays.\n`);
          return EXIT.failed;
        }
        if (event.type === "stopped") {
          display.stop();
          process.stderr.write(
            `Stopped at iteration ${event.progress.iteration} and saved. Go on with: monge train --resume ${directory}\n`,
          );
          return EXIT.interrupted;
        }
        if (event.type === "end") {
          display.stop();
          await picture("samples.png");
          const last = event.progress.history.at(-1) ?? null;
          if (json) process.stdout.write(`${JSON.stringify({ directory, evaluation: last })}\n`);
          else
            process.stdout.write(
              `Trained ${iterations} iterations in ${event.progress.seconds.toFixed(0)} s. Samples: monge sample ${directory} -n 100 -o samples.png\n`,
            );
        }
      }
      return EXIT.success;
    } finally {
      display.stop();
    }
  });
}
