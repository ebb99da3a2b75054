import { Command, Option } from "commander";
import { InputError } from "../../errors.js";
import { checkWritable } from "../../files.js";
import {
  benchmarkModes,
  judgeSavedRun,
  type ModesProgress,
  type ModesResults,
  modesReport,
  type ProtocolName,
  protocolNames,
  protocols,
  readResults,
  type TrialSettings,
  type WorkControl,
} from "../../protocols/modes/index.js";
import { whileLocked } from "../../runs/folderLock.js";
import { runName } from "../../runs/keptRuns.js";
import { optionOf } from "../../settings.js";
import { EXIT } from "../exit.js";
import { interruptible } from "../interrupt.js";
import { lossesHelp, lossList, seedNumber, wholeFrom } from "../options.js";
import { print, printJson, tell } from "../output.js";
import { progressDisplay } from "../progress.js";
import { settingOptions } from "../settingOptions.js";
import { warn } from "../warn.js";
import { withOption } from "../withOption.js";
import { modesText, trialsText } from "./modesTable.js";

interface ModesFlags extends TrialSettings {
  readonly protocol: ProtocolName;
  readonly losses?: readonly string[];
  readonly trials?: number;
  readonly seed?: number;
  readonly quick?: boolean;
  readonly run?: string;
  readonly out?: string;
  readonly workers?: number;
  readonly with?: readonly string[];
}

const MOST_TRIALS = 10_000;

interface OutputFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `monge benchmark modes`: count the modes of a known distribution that generators capture. */
export function modesCommand(done: (exitCode: number) => void): Command {
  const command = new Command("modes")
    .summary("count the modes of a known distribution that generators capture")
    .description(
      "Trains generators by the protocol of the VEEGAN and PacGAN papers, counts the modes that they capture, and prints the result " +
        "beside the papers'. Finished trials are kept in a folder; repeat the command to train the others.",
    )
    .addOption(
      new Option("--protocol <name>", "ring: 8 Gaussians; grid: 25; stacked-mnist: 1,000 triples of digits")
        .choices(protocolNames)
        .makeOptionMandatory(),
    )
    .addOption(new Option("--losses <list>", `${lossesHelp()} (default: ${defaultLosses()})`).argParser(lossList))
    .option(
      "--trials <n>",
      "trials of each loss (default: 10 for ring and grid, 1 for stacked-mnist)",
      wholeFrom(1, MOST_TRIALS),
    )
    .option("--seed <n>", "random seed of the first trial; the others count up from it (default: 0)", seedNumber)
    .option("--quick", "fewer trials, iterations and samples, in about a minute; not the protocol")
    .option("--run <folder>", "for stacked-mnist, judge a saved run and train nothing (default: train)")
    .option("--out <folder>", "the folder for trials (default: runs/modes-PROTOCOL; with --run, nothing is kept)")
    .option("--json", "print results.json on standard output and nothing else there")
    .option("--workers <n>", "trials of points at a time (default: one per core)", wholeFrom(0))
    .addOption(withOption())
    .option("--quiet", "show no progress");
  for (const option of settingOptions()) command.addOption(option);
  command.addHelpText(
    "after",
    "\nThe defaults of training above are those of monge train; stacked-mnist and\n--quick have some others (docs/benchmarks.md).\n\nExamples:\n  monge benchmark modes --protocol grid --quick\n  monge benchmark modes --protocol ring --losses bce-ns,w-gp,w-lp\n  monge benchmark modes --protocol stacked-mnist --out runs/stacked",
  );
  return command.action(async ({ json, quiet = false, ...flags }: ModesFlags & OutputFlags) => {
    const display = progressDisplay(quiet);
    const onProgress = (progress: ModesProgress) => display.update(progress);
    const work = flags.run === undefined ? await trialsOf(flags) : await savedRunOf(flags.run, flags);
    const { folder } = work;
    const results = await interruptible((signal) => work.start({ signal, onProgress }))
      .finally(() => display.stop())
      .catch(async (error: unknown) => {
        const aborted = error instanceof DOMException && error.name === "AbortError";
        if (!aborted || folder === undefined) throw error;
        const ended = (await readResults(folder))?.trials.length ?? 0;
        tell(`Stopped; ${folder} holds ${trialsText(ended)} that finished. Repeat the command to train the others.`);
        done(EXIT.interrupted);
      });
    if (!results) return;
    const diverged = results.trials.filter(({ stopped }) => stopped !== null);
    warn(diverged.map(({ config, stopped }) => `${runName(config)}: ${stopped}`));
    if (diverged.length > 0) done(EXIT.failed);
    if (json) printJson(modesReport(results));
    else print(`${modesText(results)}${folder === undefined ? "" : `\nTrials: ${folder}`}`);
  });
}

/** What a command sets going. */
interface Work {
  readonly start: (control: WorkControl) => Promise<ModesResults>;
  /** Where trials are kept that the same command would go on after. */
  readonly folder?: string;
}

async function trialsOf(flags: ModesFlags): Promise<Work> {
  const { protocol, quick, out, losses, trials, seed, workers, with: modules, run: _, ...settings } = flags;
  if (protocol === "stacked-mnist" && workers !== undefined)
    throw new InputError(
      "--workers is for ring and grid: trials of stacked-mnist take all cores, one after the other.",
    );
  const folder = out ?? `runs/modes-${protocol}${quick ? "-quick" : ""}`;
  await checkWritable(folder);
  const options = { protocol, out: folder, losses, trials, seed, quick, settings, workers, modules };
  return { folder, start: (control) => whileLocked(folder, () => benchmarkModes({ ...options, ...control })) };
}

/** A saved run has settings of its own. */
async function savedRunOf(
  run: string,
  { protocol, quick, out, run: _, with: _modules, ...others }: ModesFlags,
): Promise<Work> {
  if (protocol !== "stacked-mnist") throw new InputError("--run is for --protocol stacked-mnist.");
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new InputError(
      `--${optionOf(other)} says how to train, and --run judges what is trained: leave out one of the two.`,
    );
  }
  if (out !== undefined) await checkWritable(out);
  return { start: (control) => judgeSavedRun(run, { quick, out, ...control }) };
}

function defaultLosses(): string {
  const { ring, "stacked-mnist": stacked } = protocols;
  return `${ring.losses.join()}; for stacked-mnist ${stacked.losses.join()}`;
}
