import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { InputError } from "../errors.js";
import { sweepStanding } from "../report/sweep/sweepResults.js";
import { whileLocked } from "../runs/folderLock.js";
import { forgetSweep } from "../sweeps/queue/followQueue.js";
import type { SweepPlan } from "../sweeps/sweepPlan.js";
import { EXIT } from "./exit.js";
import { type LogFlags, logOptions } from "./logOptions.js";
import { wholeFrom } from "./options.js";
import { print, tell } from "./output.js";
import { begunSweep } from "./sweep/begunSweep.js";
import { jobScript, LOGS, type Scheduler, schedulers } from "./sweep/jobScripts.js";
import { type QueueFlags, queueAsked, queueOptions } from "./sweep/queueOptions.js";
import { showCommand, showSweep } from "./sweep/show.js";
import { type AskedFlags, askedBy, askedOptions } from "./sweep/sweepFlags.js";
import { trainOnly } from "./sweep/trainOnly.js";
import { trainHere, trainOnQueue } from "./sweep/trainSweep.js";
import { withOption } from "./withOption.js";

interface SweepFlags extends AskedFlags, QueueFlags, LogFlags {
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly workers?: number;
  readonly only?: number;
  readonly print?: Scheduler;
  readonly with?: readonly string[];
}

/** `monge sweep`: many settings on the same data, and which is best. */
export function sweepCommand(done: (exitCode: number) => void): Command {
  const command = new Command("sweep")
    .description(
      "Trains every combination of settings, or random ones, with each loss and seed on the same data, prints them best first, and " +
        "writes a page (sweep.html) to a folder, which also holds a folder for each run, as monge train writes it. Repeat the command " +
        "(--out is enough) to resume interrupted runs; finished runs are not trained again.",
    )
    .option("--out <folder>", "the folder for the sweep (required)")
    .option("--force", "train all runs anew: the sweep that --out holds is replaced")
    .option("--json", "print the results as JSON on standard output and nothing else there")
    .option("--workers <n>", "runs at a time on this machine (default: one per core)", wholeFrom(0))
    .option("--only <index>", "train only this run of the sweep in --out; 0 is the first (default: all)", wholeFrom(0))
    .addOption(
      new Option(
        "--print <scheduler>",
        "train nothing, and print a file that trains the runs on a cluster: a job array of slurm or an indexed Job of kubernetes (default: train)",
      ).choices(schedulers),
    )
    .addOption(withOption())
    .option("--quiet", "show no progress");
  for (const option of [...logOptions(), ...queueOptions, ...askedOptions]) command.addOption(option);
  command.addCommand(showCommand());
  command.addHelpText(
    "after",
    "\nExamples:\n  monge sweep --data ring --set lambda=0.1,1,10 --out sweeps/lambda\n" +
      "  monge sweep --data ring --set lambda=0.1..10 --random 20 --out sweeps/drawn\n  monge sweep show sweeps/lambda",
  );
  return command.action(async ({ out, force = false, json = false, quiet = false, ...flags }: SweepFlags) => {
    const {
      workers,
      with: modules,
      only,
      print: scheduler,
      queue: address,
      models,
      priority,
      reconnect,
      log: logs,
      logEvery,
      ...given
    } = flags;
    if (out === undefined) throw new InputError("give --out, the folder to keep the sweep in.");
    const queue = queueAsked({ queue: address, models, priority, reconnect });
    const asked = await askedBy(given);
    if (queue && workers !== undefined)
      throw new InputError("--workers trains on this machine and --queue on others: leave out one of them.");
    if (only !== undefined && (asked || queue || workers !== undefined || scheduler !== undefined))
      throw new InputError("--only trains one run of the sweep in --out: give nothing else with it.");
    if (scheduler !== undefined && (queue || workers !== undefined))
      throw new InputError("--print trains nothing: leave out --workers and --queue.");
    if (logs !== undefined && (queue || scheduler !== undefined))
      throw new InputError("--log is for runs that are trained by this command: leave it out, or --queue and --print.");
    const onReplace = async (plan: SweepPlan) => {
      if (queue) await forgetSweep(plan, queue.queue);
    };
    const { plan, data } = await begunSweep(out, asked, { force, quiet, onReplace });
    if (scheduler !== undefined) {
      await mkdir(join(out, LOGS), { recursive: true });
      return print(jobScript(scheduler, out, plan));
    }
    const sweep = { out, plan, data, quiet };
    try {
      if (only !== undefined) return await trainOnly(sweep, { index: only, modules, logs, logEvery });
      const train = () => (queue ? trainOnQueue(sweep, queue) : trainHere(sweep, { workers, modules, logs, logEvery }));
      const isWhole = await whileLocked(out, train);
      const standing = await sweepStanding(out);
      if (!isWhole || standing.ended.some(({ result }) => result.stopped !== null)) done(EXIT.failed);
      await showSweep(standing, { json });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
      const work = queue ? "the workers of the queue continue" : `${out} holds what was trained`;
      tell(`Stopped; ${work}. Repeat the command to resume.`);
      done(EXIT.interrupted);
    }
  });
}
