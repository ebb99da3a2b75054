import { Command, InvalidArgumentError, Option } from "commander";
import { InputError } from "../errors.js";
import { checkWritable } from "../files.js";
import {
  type Cell,
  candidates,
  cellByName,
  cellName,
  publishedCells,
  type TrainingLength,
  type VerifyResults,
  verify,
} from "../protocols/verify/index.js";
import { whileLocked } from "../runs/folderLock.js";
import { EXIT } from "./exit.js";
import { interruptible } from "./interrupt.js";
import { list, number, seedNumber, wholeFrom } from "./options.js";
import { print, printJson, tell } from "./output.js";
import { progressDisplay } from "./progress.js";
import { LEGEND, verifyTable } from "./verify/table.js";
import { warn } from "./warn.js";

const MOST_UPDATES = 1_000_000_000;

interface VerifyFlags {
  readonly cells?: readonly string[];
  readonly dimension?: number;
  readonly funnels?: number;
  readonly critics?: readonly string[];
  readonly iterations?: TrainingLength;
  readonly quick?: boolean;
  readonly seed: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly workers?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** About a minute on two cores, which is not the published protocol. */
const QUICK = {
  cells: ["D2N4", "D16N4"],
  critics: ["clip", "gp", "lp", "sn", "orth-maxmin", "exact", "exact-fakes"],
  length: { each: 1000 },
  folder: "runs/verify-quick",
} as const;
const FULL = {
  cells: publishedCells,
  critics: candidates.map(({ name }) => name),
  length: { share: 1 },
  folder: "runs/verify",
} as const;

/** `monge verify`: how near critics come to a known optimal one. */
export function verifyCommand(done: (exitCode: number) => void): Command {
  return new Command("verify")
    .description(
      "Trains critics, without a generator, between two distributions whose Earth mover's distance and optimal critic are known, " +
        "under every Lipschitz constraint, and prints beside the published table how well each critic's gradient agrees with the true one and " +
        "what it estimates for the distance. A cell D16N64 is a pair in 16 dimensions whose optimal critic is made of 64 funnels. " +
        "The whole table takes hours; --quick takes about a minute. Repeat the command to resume.",
    )
    .addOption(
      new Option("--cells <list>", `pairs of distributions (default: ${publishedCells.join()})`).argParser(list),
    )
    .option("--dimension <n>", "dimension of a single pair, with --funnels (default: --cells)", wholeFrom(1))
    .option("--funnels <n>", "funnels of a single pair, with --dimension (default: --cells)", wholeFrom(1))
    .addOption(
      new Option("--constraints, --critics <list>", `from ${FULL.critics.join(", ")} (default: all)`).argParser(list),
    )
    .addOption(
      new Option(
        "--iterations <n or %>",
        "updates of each critic, or a share of its own number such as 10% (default: 100%)",
      ).argParser(trainingLength),
    )
    .option("--quick", "two cells with few updates, in about a minute")
    .addOption(new Option("--seed <n>", "random seed").argParser(seedNumber).default(0))
    .option("--out <folder>", `the folder for results and unfinished critics (default: ${FULL.folder})`)
    .option("--force", "replace the results in the folder")
    .option("--workers <n>", "critics at a time, each in a thread (default: one per core)", wholeFrom(0))
    .option("--json", "print the results as JSON and nothing else on standard output")
    .option("--quiet", "show no progress")
    .addHelpText(
      "after",
      "\nExamples:\n  monge verify --quick\n  monge verify --dimension 2 --funnels 64 --critics lp,orth,exact\n  monge verify --iterations 10% --out runs/tenth",
    )
    .action(async (flags: VerifyFlags) => {
      const protocol = flags.quick ? QUICK : FULL;
      const folder = flags.out ?? protocol.folder;
      const cells = chosenCells(flags, protocol.cells);
      const critics = flags.critics ?? protocol.critics;
      await checkWritable(folder);
      const length = flags.iterations ?? protocol.length;
      const results = await whileLocked(folder, () => run({ ...flags, cells, critics, length, folder }));
      if (results === undefined) {
        tell(`Stopped and saved in ${folder}. Repeat the command to resume.`);
        return done(EXIT.interrupted);
      }
      const diverged = results.entries.filter(({ cosine }) => cosine === null);
      warn(
        diverged.map(({ cell, critic, iterations }) => `${critic} on ${cell}: not finite after ${iterations} updates.`),
      );
      if (diverged.length > 0) done(EXIT.failed);
      if (flags.json) printJson(results);
      else print([verifyTable(results), LEGEND, ...note(results)].join("\n"));
    });
}

interface Run extends Pick<VerifyFlags, "seed" | "force" | "workers" | "quiet"> {
  readonly cells: readonly Cell[];
  readonly critics: readonly string[];
  readonly length: TrainingLength;
  readonly folder: string;
}

/** The results, or nothing where Ctrl+C came first. */
async function run({ quiet = false, workers, ...options }: Run): Promise<VerifyResults | undefined> {
  const display = progressDisplay(quiet);
  return interruptible((signal) =>
    verify({
      ...options,
      ...(workers !== undefined && { workers }),
      signal,
      onProgress: ({ cell, critic, ...progress }) => display.update({ ...progress, name: `${cell} ${critic}` }),
    }).catch((error: unknown) => {
      if (signal.aborted && error instanceof DOMException && error.name === "AbortError") return undefined;
      throw error;
    }),
  ).finally(() => display.stop());
}

function chosenCells({ cells, dimension, funnels }: VerifyFlags, otherwise: readonly string[]): Cell[] {
  if (dimension === undefined && funnels === undefined) return (cells ?? otherwise).map(cellByName);
  if (cells !== undefined) throw new InputError("give --cells, or --dimension and --funnels, and not both.");
  if (dimension === undefined || funnels === undefined) {
    throw new InputError("--dimension and --funnels make a pair of distributions together: give both.");
  }
  return [cellByName(cellName({ dimension, funnels }))];
}

/** Reads "600" or "10%". */
function trainingLength(text: string): TrainingLength {
  const percent = /^(.+)%$/.exec(text.trim())?.[1];
  if (percent === undefined) return { each: wholeFrom(1, MOST_UPDATES)(text) };
  const share = number(percent) / 100;
  if (share <= 0) throw new InvalidArgumentError("It must be above 0 %.");
  return { share };
}

function note({ settings: { length } }: VerifyResults): string[] {
  if (!("each" in length) && length.share === 1) return [];
  const trained =
    "each" in length ? `${length.each} updates for every critic` : `${100 * length.share} % of the updates`;
  return [`Not the published protocol: ${trained}, where it takes 5,000 to 60,000.`];
}
