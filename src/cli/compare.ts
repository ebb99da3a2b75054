import { join } from "node:path";
import { Command, Option } from "commander";
import { taken } from "../data/sources/kinds.js";
import { InputError } from "../errors.js";
import { checkHoldsOnly, checkWritable, namesIn } from "../files.js";
import { FOLLOWED, followable, loadResults, REPORT, writeReport } from "../report/index.js";
import { type ComparisonStanding, compare, comparisonSoFar } from "../runs/compare.js";
import type { RunSettings } from "../runs/config.js";
import { whileLocked } from "../runs/folderLock.js";
import { runName } from "../runs/keptRuns.js";
import type { Comparison } from "../runs/results.js";
import { STATUS } from "../runs/runStatus.js";
import { dataHelp } from "./dataHelp.js";
import { EXIT } from "./exit.js";
import { imageTrainingOptions } from "./imageOptions.js";
import { interruptible } from "./interrupt.js";
import { type LogFlags, logOptions } from "./logOptions.js";
import { epochsOption, lossesHelp, lossList, presetOption, seedList, wholeFrom } from "./options.js";
import { print, printJson, tell } from "./output.js";
import { progressDisplay } from "./progress.js";
import { seedsTable } from "./seedsTable.js";
import { settingOptions } from "./settingOptions.js";
import { resultsLegend, resultsNotes, resultsTable } from "./table.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface CompareFlags extends Omit<RunSettings, "data" | "loss" | "seed" | "checkpointEvery">, LogFlags {
  readonly data: string;
  readonly losses: readonly string[];
  readonly seeds: readonly number[];
  readonly out: string;
  readonly force?: boolean;
  readonly reportOnly?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly workers?: number;
  readonly with?: readonly string[];
}

/** Within the folder of a comparison: a folder for each run. */
const RUNS = "runs";
const DEFAULT_FOLDER = "runs/compare";
const DEFAULT_LOSSES = ["bce", "w-gp", "w-clip"];

/** `monge compare`: several losses on the same data, side by side. */
export function compareCommand(done: (exitCode: number) => void): Command {
  const command = new Command("compare")
    .description(
      "Trains a generator under each loss on the same data, with the same networks and seeds, prints a table and " +
        "writes a report (report.html, results.json and the pictures) to a folder, which also holds a folder for each run, as monge " +
        "train writes it. Repeat the command to resume interrupted runs; finished runs are not trained again.",
    )
    .option("--data <name or path>", dataHelp(taken.training), "grid")
    .addOption(
      new Option("--losses <list>", lossesHelp()).argParser(lossList).default(DEFAULT_LOSSES, DEFAULT_LOSSES.join()),
    )
    .addOption(
      new Option("--seeds <list>", "whole numbers; every loss is trained with each seed")
        .argParser(seedList)
        .default([0], "0"),
    )
    .option(
      "--out <folder>",
      "the folder for the report and the runs; a finished comparison in the default folder is replaced",
      DEFAULT_FOLDER,
    )
    .option(
      "--force",
      "train all runs anew, and replace results.json, report.html, the pictures and these runs in --out",
    )
    .option("--report-only", "train nothing, and write the report of what this command has trained so far")
    .option("--json", "print results.json on standard output and nothing else there")
    .option("--workers <n>", "runs at a time (default: one per core)", wholeFrom(0))
    .addOption(withOption())
    .option("--quiet", "show no progress");
  const options = [...logOptions(), epochsOption, presetOption, ...settingOptions(), ...imageTrainingOptions];
  for (const option of options) command.addOption(option);
  command.addHelpText(
    "after",
    "\nExamples:\n  monge compare\n  monge compare --data ring --losses bce,bce-ns,ls,w-gp --seeds 0,1,2\n  monge compare --data mnist --losses bce,w-gp --iterations 500",
  );
  return command.action(
    async ({ reportOnly, out, force = false, json = false, quiet = false, ...flags }: CompareFlags) => {
      const comparison = reportOnly
        ? await comparisonSoFar(optionsOf(flags, out))
        : await trained(flags, out, force, quiet).catch((error: unknown) => {
            if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
            tell(
              `Stopped; ${join(out, RUNS)} holds what was trained. Repeat the command to resume; add --report-only for a report of what is there.`,
            );
            done(EXIT.interrupted);
          });
      if (!comparison) return;
      if (reportOnly) await writeReport(out, comparison);
      const { results } = comparison;
      const diverged = results.runs.filter(({ stopped }) => stopped !== null);
      warn(diverged.map(({ loss, seed, stopped }) => `${loss}, seed ${seed}: ${stopped}`));
      if (diverged.length > 0) done(EXIT.failed);
      if (json) printJson(results);
      else {
        const seeds = seedsTable(results);
        const lines = [
          resultsTable(results),
          ...(seeds === undefined ? [] : ["Means over the seeds ± standard deviation:", seeds]),
          resultsLegend(results),
          ...resultsNotes(results.runs),
        ];
        print(`${lines.join("\n")}\n\nReport: ${join(out, "report.html")}`);
      }
    },
  );
}

type Choice = Omit<CompareFlags, "out" | "force" | "json" | "quiet" | "reportOnly">;

function optionsOf(
  { data, losses, seeds, workers, with: modules, log: logs, logEvery, ...settings }: Choice,
  out: string,
) {
  return { data, losses, seeds, settings, workers, modules, logs, logEvery, folder: join(out, RUNS) };
}

/** Trains what `out` does not keep trained to the end, shows how it goes, and writes the report. */
async function trained(flags: Choice, out: string, force: boolean, quiet: boolean): Promise<Comparison> {
  const others = force ? "all" : await replaceable(out, flags);
  await checkWritable(out);
  const display = progressDisplay(quiet);
  let begins = true;
  return whileLocked(out, () =>
    followable(out, async (onStanding) => {
      const comparison = await interruptible((signal) =>
        compare({
          ...optionsOf(flags, out),
          anew: others,
          signal,
          onWarning: (sentence) => warn([sentence]),
          onProgress({ loss, seed, doing, ...progress }) {
            const name = flags.seeds.length > 1 ? `${loss} ${seed}` : loss;
            display.update({ ...progress, name: doing === undefined ? name : `${name}, ${doing}` });
          },
          onStanding(standing) {
            if (begins && !quiet) sayWhatIsKept(standing, out);
            begins = false;
            onStanding(standing);
          },
        }),
      ).finally(() => display.stop());
      await writeReport(out, comparison);
      return comparison;
    }),
  );
}

function sayWhatIsKept({ results: { runs } }: ComparisonStanding, out: string): void {
  const stands = runs.map(({ loss, seed, iterations }) => `${loss}, seed ${seed}, at iteration ${iterations}`);
  if (stands.length > 0) tell(`Resumes the runs in ${join(out, RUNS)}: ${stands.join("; ")}.`);
}

/**
 * Which runs in `out` may be trained anew: those of other settings, where a finished comparison in the default folder gives way to this one.
 * @throws InputError where `out` holds anything else than a comparison that this one goes on with
 */
async function replaceable(out: string, { losses, seeds }: Choice): Promise<"others" | undefined> {
  const names = await namesIn(out);
  const hasReport = REPORT.every((name) => names.includes(name));
  const isBegun = names.includes(STATUS);
  // Pictures and the like are a report's where there is all of it, or a comparison was begun.
  const own = [...FOLLOWED, RUNS, ...(hasReport || isBegun ? REPORT : [])];
  await checkHoldsOnly(out, own, `, or --force, which replaces ${REPORT.join(", ")} there`);
  if (!hasReport || isBegun) return undefined;
  if (out === DEFAULT_FOLDER) return "others";
  const results = await loadResults(join(out, "results.json")).catch(() => undefined);
  if (!results)
    throw new InputError(`${out} holds a comparison of another version: give another --out, or --force to replace it.`);
  const kept = await namesIn(join(out, RUNS));
  const lost = results.runs.find(
    (run) => !(losses.includes(run.loss) && seeds.includes(run.seed) && kept.includes(runName(run))),
  );
  if (lost) {
    throw new InputError(
      `${out} holds a comparison with ${lost.loss}, seed ${lost.seed}, which this command would remove: give another --out, or --force to replace it.`,
    );
  }
  return undefined;
}
