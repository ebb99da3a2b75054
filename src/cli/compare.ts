import { join } from "node:path";
import { Command, Option } from "commander";
import { taken } from "../data/sources/kinds.js";
import { InputError } from "../errors.js";
import { checkHoldsOnly, checkWritable, namesIn } from "../files.js";
import { FOLLOWED, followable, REPORT, resultsText, writeReport } from "../report/index.js";
import { compare } from "../training/compare.js";
import type { RunSettings } from "../training/config.js";
import { openOptions } from "../training/runData.js";
import { dataHelp } from "./dataHelp.js";
import { EXIT } from "./exit.js";
import { imageOptions } from "./imageOptions.js";
import { interruptible } from "./interrupt.js";
import { LOSSES, lossList, seedList, settingOptions, wholeFrom } from "./options.js";
import { progressDisplay } from "./progress.js";
import { LEGEND, resultsNotes, resultsTable } from "./table.js";
import { warn } from "./warn.js";

interface CompareFlags extends Omit<RunSettings, "data" | "loss" | "seed" | "checkpointEvery"> {
  readonly data: string;
  readonly losses: readonly string[];
  readonly seeds: readonly number[];
  readonly out: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly workers?: number;
}

const DEFAULT_FOLDER = "runs/compare";
const DEFAULT_LOSSES = ["bce", "w-gp", "w-clip"];

/** `monge compare`: several losses on the same data, side by side. */
export function compareCommand(done: (exitCode: number) => void): Command {
  const command = new Command("compare")
    .summary("train several losses on the same data and show what differs")
    .description(
      "Trains a generator under each loss on the same data, with the same networks and seeds, prints a table and " +
        "writes a report (report.html, results.json and the pictures) to a folder.",
    )
    .option("--data <name or path>", dataHelp(taken.training), "grid")
    .addOption(new Option("--losses <list>", LOSSES).argParser(lossList).default(DEFAULT_LOSSES, DEFAULT_LOSSES.join()))
    .addOption(
      new Option("--seeds <list>", "whole numbers; every loss is trained with each")
        .argParser(seedList)
        .default([0], "0"),
    )
    .option("--out <folder>", "where the report goes; a report in the default folder is replaced", DEFAULT_FOLDER)
    .option("--force", "use --out whatever it holds: results.json, report.html and pictures there are replaced")
    .option("--json", "print results.json on standard output and nothing else there")
    .option("--workers <n>", "runs at a time (default: as many as there are cores)", wholeFrom(0))
    .option("--quiet", "show no progress");
  for (const option of [...settingOptions, ...imageOptions]) command.addOption(option);
  command.addHelpText(
    "after",
    "\nExamples:\n  monge compare\n  monge compare --data ring --losses bce,bce-ns,hinge,ls,w-gp --seeds 0,1,2\n  monge compare --data mnist --losses bce,w-gp --iterations 500",
  );
  return command.action(
    async ({ data, losses, seeds, out, force, json = false, quiet = false, workers, ...settings }: CompareFlags) => {
      if (!force) await checkFree(out);
      await checkWritable(out);
      const display = progressDisplay(quiet);
      const { results } = await followable(out, async (onStanding) => {
        const comparison = await interruptible((signal) =>
          compare({
            data,
            dataOptions: openOptions(settings),
            losses,
            seeds,
            settings,
            signal,
            ...(workers !== undefined && { workers }),
            onProgress: ({ loss, seed, ...progress }) =>
              display.update({ ...progress, name: seeds.length > 1 ? `${loss} ${seed}` : loss }),
            onStanding,
            onWarning: (sentence) => warn([sentence]),
          }),
        ).finally(() => display.stop());
        await writeReport(out, comparison);
        return comparison;
      });
      const diverged = results.runs.filter(({ stopped }) => stopped !== null);
      warn(diverged.map(({ loss, seed, stopped }) => `${loss}, seed ${seed}: ${stopped}`));
      if (diverged.length > 0) done(EXIT.failed);
      if (json) process.stdout.write(resultsText(results));
      else {
        const lines = [resultsTable(results.runs), LEGEND, ...resultsNotes(results.runs)];
        process.stdout.write(`${lines.join("\n")}\n\nReport: ${join(out, "report.html")}\n`);
      }
    },
  );
}

/** A comparison is not replaced but in the default folder, and nothing else is anywhere. */
async function checkFree(out: string): Promise<void> {
  const names = await namesIn(out);
  const replaced = REPORT.every((name) => names.includes(name));
  if (replaced && out !== DEFAULT_FOLDER) {
    throw new InputError(`${out} holds a comparison: give another --out, or --force to replace it.`);
  }
  await checkHoldsOnly(
    out,
    replaced ? [...FOLLOWED, ...REPORT] : FOLLOWED,
    `, or --force, which replaces ${REPORT.join(", ")} there`,
  );
}
