import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import type { Dataset } from "../data/dataset.js";
import { openDataset } from "../data/open.js";
import { InputError } from "../errors.js";
import { checkHoldsOnly, checkWritable, namesIn } from "../files.js";
import { uncapitalised } from "../quoting.js";
import { sweepStanding } from "../report/sweep/sweepResults.js";
import { whileLocked } from "../runs/folderLock.js";
import { removeRun } from "../runs/keptRuns.js";
import { openOptions } from "../runs/runData.js";
import { otherPlan, type Planned, planSweep } from "../sweeps/planSweep.js";
import { endedRuns, runSweep } from "../sweeps/runSweep.js";
import {
  keptPlan,
  type PlannedRun,
  planIn,
  RUNS,
  runFolder,
  SWEEP_FILES,
  type SweepPlan,
  savePlan,
} from "../sweeps/sweepPlan.js";
import { EXIT } from "./exit.js";
import { interruptible } from "./interrupt.js";
import { wholeFrom } from "./options.js";
import { tell } from "./output.js";
import { keepPicture } from "./sweep/keepPicture.js";
import { showCommand, showSweep } from "./sweep/show.js";
import { sweepDisplay } from "./sweep/sweepDisplay.js";
import { type AskedFlags, askedBy, askedOptions } from "./sweep/sweepFlags.js";
import { runCount, runText } from "./sweep/sweepText.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface SweepFlags extends AskedFlags {
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly workers?: number;
  readonly with?: readonly string[];
}

/** `monge sweep`: many settings on the same data, and which is best. */
export function sweepCommand(done: (exitCode: number) => void): Command {
  const command = new Command("sweep")
    .summary("train many settings on the same data and show which is best")
    .description(
      "Trains every combination of settings, or some that are drawn, with each loss and seed on the same data, prints them best first, and " +
        "writes a page (sweep.html) to a folder. Each run is kept there too, as a folder of monge train is: the same command goes on with " +
        "what was interrupted, and trains no run again that is at its end; --out alone goes on with what is there.",
    )
    .option("--out <folder>", "where the sweep is kept (required)")
    .option("--force", "train all runs anew: the sweep that --out holds is replaced")
    .option("--json", "print the results as JSON on standard output and nothing else there")
    .option("--workers <n>", "runs at a time (default: as many as there are cores)", wholeFrom(0))
    .addOption(withOption())
    .option("--quiet", "show no progress");
  for (const option of askedOptions) command.addOption(option);
  command.addCommand(showCommand());
  command.addHelpText(
    "after",
    "\nExamples:\n  monge sweep --data ring --set lambda=0.1,1,10 --out sweeps/lambda\n" +
      "  monge sweep --data ring --set lambda=0.1..10 --random 20 --out sweeps/drawn\n  monge sweep show sweeps/lambda",
  );
  return command.action(
    async ({ out, force = false, json = false, quiet = false, workers, with: modules, ...asked }: SweepFlags) => {
      if (out === undefined) throw new InputError("give --out, the folder to keep the sweep in.");
      const { plan, data } = await begun(out, asked, { force, quiet });
      const diverged = await whileLocked(out, () => trained(out, plan, data, { workers, modules, quiet })).catch(
        (error: unknown) => {
          if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
          tell(`Stopped; ${out} keeps what was trained. Go on with: monge sweep --out ${out}`);
          done(EXIT.interrupted);
        },
      );
      if (!diverged) return;
      if (diverged.length > 0) done(EXIT.failed);
      await showSweep(await sweepStanding(out), { json });
    },
  );
}

/** A sweep that can begin or go on. */
interface Begun {
  readonly plan: SweepPlan;
  readonly data: Dataset;
}

/**
 * The sweep that `out` keeps, or a new one there.
 * @throws InputError where it keeps another, or something else
 */
async function begun(
  out: string,
  flags: AskedFlags,
  { force, quiet }: { force: boolean; quiet: boolean },
): Promise<Begun> {
  const asked = await askedBy(flags);
  if (!asked) {
    if (force) throw new InputError("--force replaces a sweep by another: give --data and what else that is made of.");
    const plan = await planIn(out);
    return { plan, data: await openPlanned(plan) };
  }
  const planned = await planSweep(asked, out);
  const kept = force ? undefined : await keptPlan(out);
  if (kept) {
    const other = otherPlan(kept, planned.plan);
    if (other === undefined) return { plan: kept, data: planned.data };
    throw new InputError(
      `${out} keeps another sweep (${other}): give another --out, the settings of that sweep, or --force to replace it.`,
    );
  }
  if (force) await removeSweep(out);
  else await checkHoldsOnly(out, []);
  await checkWritable(out);
  await savePlan(out, planned.plan);
  warn(planned.warnings);
  if (!quiet) tellPlan(planned);
  return planned;
}

function tellPlan({ plan, merged }: Planned): void {
  const same =
    merged === 0 ? "" : ` (${merged} more would be the same as these, because a setting has no effect on them)`;
  tell(`${runCount(plan.runs.length)}${same}.`);
}

async function openPlanned({ runs: [first] }: SweepPlan): Promise<Dataset> {
  if (!first) throw new InputError("The plan of the sweep has no runs.");
  return await openDataset(first.config.data, openOptions(first.config));
}

async function removeSweep(out: string): Promise<void> {
  for (const name of await namesIn(join(out, RUNS))) await removeRun(join(out, RUNS, name));
  for (const name of SWEEP_FILES) await rm(join(out, name), { recursive: true, force: true });
}

interface TrainedOptions {
  readonly workers: number | undefined;
  readonly modules: readonly string[] | undefined;
  readonly quiet: boolean;
}

/** Trains what is not at its end, and returns the runs that diverged, then or before. */
async function trained(
  out: string,
  plan: SweepPlan,
  data: Dataset,
  { workers, modules, quiet }: TrainedOptions,
): Promise<readonly PlannedRun[]> {
  const before = new Set((await endedRuns(out, plan)).map(({ run }) => run.name));
  const open = plan.runs.filter(({ name }) => !before.has(name));
  if (before.size > 0 && !quiet) tell(`${runCount(before.size)} of ${plan.runs.length} ended before.`);
  const display = sweepDisplay(plan, before.size, quiet);
  await interruptible((signal) =>
    runSweep(out, plan, open, {
      ...{ workers, modules, signal },
      onProgress(progress, run) {
        if (progress.warning !== undefined) display.warn(`${runText(run, plan)}: ${uncapitalised(progress.warning)}`);
        display.update(run, progress);
      },
      async onOutcome(outcome, run) {
        await keepPicture(runFolder(out, run), outcome, data);
        if (outcome.result.stopped !== null) display.warn(`${runText(run, plan)}: ${outcome.result.stopped}`);
        display.ended(run, outcome.result);
      },
    }),
  ).finally(() => display.stop());
  const ended = await endedRuns(out, plan);
  return ended.flatMap(({ run, result }) => (result.stopped === null ? [] : [run]));
}
