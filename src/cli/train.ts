import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { datasets } from "../data/catalogue.js";
import { taken } from "../data/sources/kinds.js";
import { STANDARD_INPUT } from "../data/sources/standardInput.js";
import { isTableFile } from "../data/tableFile.js";
import { InputError } from "../errors.js";
import { pairingNames } from "../game/pairings.js";
import type { RunSettings } from "../runs/config.js";
import { earlyEndSentence } from "../runs/earlyEnd.js";
import { resumeRun } from "../runs/resumeRun.js";
import { type NewRunOptions, newRun, type Run } from "../runs/run.js";
import { loadRun } from "../runs/savedRun.js";
import { dataHelp } from "./dataHelp.js";
import { EXIT } from "./exit.js";
import { imageTrainingOptions } from "./imageOptions.js";
import { type LogFlags, logOptions } from "./logOptions.js";
import { checkpointOption, epochsOption, number, presetOption, seedNumber, wholeFrom } from "./options.js";
import { print, printJson, tell } from "./output.js";
import { SAMPLES_PICTURE } from "./runPicture.js";
import { settingOptions } from "./settingOptions.js";
import { statusLine } from "./status.js";
import { partedFlags, refuseTableOptions, type TableFlags, tableChoices, tableOptions } from "./tableOptions.js";
import { type Ending, follow, SAMPLE_ROWS } from "./train/follow.js";
import { type Lead, leading } from "./train/lead.js";
import { joinRanks, type Parallel, parallels } from "./train/member.js";
import { trainAsRank } from "./train/trainAsRank.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface TrainFlags extends Omit<Partial<RunSettings>, "checkpointEvery" | "data">, TableFlags, LogFlags {
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
  readonly timeLimit?: number;
  readonly parallel?: Parallel;
  readonly syncBatchNorm?: boolean;
}

/** `monge train`: one run, kept in a folder. */
export function trainCommand(done: (exitCode: number) => void): Command {
  const command = new Command("train")
    .argument("[data]", "the data, as in --data")
    .description(
      "Trains a generator on data and keeps checkpoints, evaluations and sample pictures in a folder. Ctrl+C saves and stops; " +
        "--resume continues and gives bit-identical results to an uninterrupted run. Settings given with --resume apply from there on; those " +
        "that determine the form of the weights cannot change.",
    )
    .option("--data <name or path>", `${dataHelp(taken.training)} (required); with --resume, the new path of its data`)
    .option("--loss <name>", `from ${pairingNames().join(", ")}, or LOSS+CONSTRAINT (default: w-gp)`)
    .option("--out <folder>", "the folder for the run (required, or --resume)")
    .option("--resume <folder>", "resume the run in a folder (default: a new run)")
    .option("--init <folder>", "start with the weights of the run in a folder (default: random weights)")
    .addOption(checkpointOption("of --resume or --init"))
    .option("--seed <n>", "random seed (default: 0)", seedNumber)
    .addOption(
      new Option(
        "--time-limit <seconds>",
        "end within n seconds of the start of the command, after as many iterations as fit, at most --iterations (default: none)",
      ).argParser(secondsAbove0),
    )
    .addOption(
      new Option(
        "--parallel <how>",
        "mpi: this process is a rank of an MPI job, and all ranks train one run, each a part of every batch (default: mpi if mpirun or srun has started several)",
      ).choices(parallels),
    )
    .option("--sync-batch-norm", "batch normalisation over the batch of all ranks (default: over each rank's part)")
    .option("--checkpoint-every <n>", "iterations between checkpoints (default: 500)", wholeFrom(1))
    .option("--force", "replace the run in the folder")
    .option("--json", "print how it ended and the last evaluation as JSON, and nothing else on standard output")
    .addOption(withOption())
    .option("--quiet", "show no progress");
  const options = [
    ...logOptions(),
    epochsOption,
    presetOption,
    ...settingOptions(),
    ...tableOptions,
    ...imageTrainingOptions,
  ];
  for (const option of options) command.addOption(option);
  command.addHelpText(
    "after",
    "\nExamples:\n  monge train --data points.csv --out runs/points\n  monge train --data mnist --loss w-gp --out runs/digits\n  monge train --resume runs/digits --iterations 4000\n  monge train --data mnist --out runs/shown --log tensorboard --patience 5\n  monge train --init runs/digits --learning-rate 1e-4 --out runs/finer\n  mpirun -n 4 npx monge train --data mnist --out runs/digits",
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
        timeLimit,
        parallel,
        syncBatchNorm,
        log,
        logEvery,
        ...flags
      }: TrainFlags,
    ) => {
      const member = await joinRanks({ parallel, syncBatchNorm });
      if (member && member.rank > 0) return done(await trainAsRank(member));
      const asked = async (lead?: Lead) => {
        if (lead && timeLimit !== undefined)
          throw new InputError("--time-limit is for a run in one process: give --iterations for several ranks.");
        const { table, others: settings } = partedFlags(flags);
        if (resume === undefined && init === undefined && checkpoint !== undefined)
          throw new InputError("--checkpoint is one of a run: give the run with --resume or --init.");
        if (path !== undefined && settings.data !== undefined)
          throw new InputError("the data is given twice, by itself and with --data: leave out one of them.");
        if (path !== undefined) settings.data = path;
        const reading = statusLine(quiet);
        const onReading = (read: number, of: number) => reading.say(`Reading images: ${read} of ${of}`);
        const prepared = await (resume === undefined
          ? fresh(out, settings, {
              force,
              init: init === undefined ? init : await loadRun(init, { checkpoint }),
              table,
              onReading,
            })
          : resumed(resume, settings, { out, force, init, checkpoint, table, onReading })
        ).finally(() => reading.end());
        warn(prepared.warnings);
        const { run, ending } = await follow(prepared, { quiet, timeLimit, lead, logs: log, logEvery });
        if (json) printJson(outcomeOf(run, ending));
        done(conclude(run, ending, json || quiet));
      };
      if (!member) return asked();
      const failure = await leading(member, asked);
      if (failure !== undefined) done(failure);
    },
  );
}

function secondsAbove0(text: string): number {
  const seconds = number(text);
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError("It must be a number above 0.");
}

async function fresh(
  out: string | undefined,
  settings: Partial<RunSettings>,
  {
    force,
    init,
    table: flags,
    onReading,
  }: Pick<NewRunOptions, "force" | "init" | "onReading"> & { readonly table: TableFlags },
): Promise<Run> {
  if (out === undefined)
    throw new InputError("give --out, the folder to keep the run in, or --resume with the folder of a run.");
  const { data, loss = init?.config.loss ?? "w-gp", ...rest } = settings;
  const options = { force, init, onReading, table: await tableChoices(flags) };
  if (data !== undefined) {
    // What is not there is told when it is opened.
    const isThere = datasets.has(data) || data === STANDARD_INPUT || existsSync(data);
    if (isThere && !(await isTableFile(data))) refuseTableOptions(flags, `${data} is not a table with columns`);
    return newRun({ ...rest, data, loss }, out, options);
  }
  if (!init) throw new InputError("give --data, the name of a data set or a path.");
  const { imageSize, channels, background, skipBroken, mirror, labels, header, as } = init.config;
  const itsData = { data: init.config.data, imageSize, channels, background, skipBroken, mirror, labels, header, as };
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
    onReading,
  }: Pick<TrainFlags, "out" | "force" | "init" | "checkpoint"> &
    Pick<NewRunOptions, "onReading"> & { readonly table: TableFlags },
): Promise<Run> {
  if (out !== undefined) throw new InputError("--resume continues in the run's own folder: leave out --out.");
  if (force) throw new InputError("--resume continues a run and --force replaces one: leave out one of them.");
  if (init !== undefined)
    throw new InputError("--resume continues a run and --init starts a new one: leave out one of them.");
  refuseTableOptions(table, "--resume keeps the columns of the run");
  return resumeRun(directory, settings, { checkpoint, onReading });
}

function outcomeOf({ directory, config }: Run, ending: Ending) {
  const { type, progress } = ending;
  const { iteration, seconds, history } = progress;
  const { iterations } = config;
  const reason = (type === "end" && ending.reason) || null;
  return { directory, ended: type, reason, iteration, iterations, seconds, evaluation: history.at(-1) ?? null };
}

/** Says how a run ended, and returns the exit code. */
function conclude({ directory, config, data, progress }: Run, ending: Ending, silent: boolean): number {
  const { iteration, seconds } = ending.progress;
  switch (ending.type) {
    case "diverged":
      warn([`${ending.message} The last checkpoint in ${directory} is from before and is kept.`]);
      return EXIT.failed;
    case "stopped":
      tell(`Stopped at iteration ${iteration} and saved. Resume with: monge train --resume ${directory}`);
      return EXIT.interrupted;
    case "end":
      if (ending.reason !== undefined) tell(earlyEndSentence(ending.reason, iteration, config.iterations));
      else if (iteration < config.iterations)
        warn([`The time ran out at iteration ${iteration}: this machine became slower than at the start.`]);
      if (!silent) {
        const done =
          progress.iteration === iteration
            ? `${directory} was already finished, iteration ${iteration}`
            : `Trained ${iteration} iterations in ${seconds.toFixed(0)} s`;
        const samples = join(directory, data.kind === "table" ? SAMPLE_ROWS : SAMPLES_PICTURE);
        print(`${done}; samples are in ${samples}. ` + `More: monge sample ${directory} -n 100 -o FILE`);
      }
      return EXIT.success;
  }
}
