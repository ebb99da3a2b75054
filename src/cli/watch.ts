import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Command, Option } from "commander";
import { InputError } from "../errors.js";
import { systemReason } from "../files.js";
import { trainedRun } from "../studioServer/trainedRun.js";
import { EXIT } from "./exit.js";
import { interruptible } from "./interrupt.js";
import { wholeFrom } from "./options.js";
import { print } from "./output.js";
import { lineOf, viewOf, type Watched } from "./watch/view.js";
import { withOption } from "./withOption.js";

interface WatchFlags {
  readonly interval?: number;
}

/** Looks in a row that a folder may not be readable, as while a new run replaces the one there. */
const MOST_MISSED = 10;
const WHAT_TO_GIVE = "give the folder of monge train, or of one run of monge compare or monge sweep";

/** `monge watch`: a run in the terminal, while it is trained. */
export function watchCommand(done: (exitCode: number) => void): Command {
  return new Command("watch")
    .description(
      "Shows how the run in a folder goes, whoever trains it: how far it is, its losses, its estimate and the exact distance over the evaluations. " +
        "On a terminal the view stays in place; elsewhere each evaluation is a line. It ends with the run.",
    )
    .argument("<folder>", "the folder of a run")
    .addOption(new Option("--interval <seconds>", "between two looks (default: 1)").argParser(wholeFrom(1)))
    .addOption(withOption())
    .addHelpText(
      "after",
      "\nExamples:\n  monge watch runs/digits\n  monge watch runs/compare/runs/w-gp-seed-0\n  monge watch runs/digits > evaluations.txt",
    )
    .action(async (folder: string, { interval = 1 }: WatchFlags) => {
      const root = await realpath(folder).catch((error: unknown) => {
        throw new InputError(`${folder} cannot be opened: ${systemReason(error) ?? String(error)}; ${WHAT_TO_GIVE}.`);
      });
      if (!(await watched(folder, root))) throw new InputError(`${folder} holds no run; ${WHAT_TO_GIVE}.`);
      const show = process.stdout.isTTY ? inPlace() : inLines();
      const last = await interruptible((signal) =>
        follow(folder, root, { show, milliseconds: 1000 * interval, signal }),
      );
      if (!last) return done(EXIT.interrupted);
      if (last.state === "diverged") done(EXIT.failed);
    });
}

interface FollowOptions {
  readonly show: (run: Watched) => void;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/** Shows a run until it is trained no more, and returns how it stands then; `undefined` where it is left before. */
async function follow(
  folder: string,
  root: string,
  { show, milliseconds, signal }: FollowOptions,
): Promise<Watched | undefined> {
  let missed = 0;
  while (!signal.aborted) {
    const run = await watched(folder, root);
    missed = run ? 0 : missed + 1;
    if (missed > MOST_MISSED) throw new InputError(`${folder} holds no run any more.`);
    if (run) show(run);
    if (run && run.state !== "training") return run;
    await delay(milliseconds, undefined, { signal }).catch(() => {});
  }
  return undefined;
}

/** How the run in a folder stands; `undefined` where it holds none that can be read. */
async function watched(name: string, root: string): Promise<Watched | undefined> {
  const standing = await trainedRun(root);
  const { settings, progress } = standing ?? {};
  if (!standing || !settings || !progress) return undefined;
  const { state, results, message } = standing;
  const evaluated = await stat(join(root, "history.json")).catch(() => undefined);
  const since = evaluated ? Math.max(0, (Date.now() - evaluated.mtimeMs) / 1000) : 0;
  return {
    name,
    state,
    settings,
    iterations: progress.iterations,
    history: results?.runs[0]?.history ?? [],
    message,
    since,
  };
}

/** Writes over what was shown before. */
function inPlace(): (run: Watched) => void {
  let height = 0;
  return (run) => {
    const lines = viewOf(run, process.stdout.columns ?? 80).slice(0, (process.stdout.rows ?? 24) - 1);
    const back = height > 0 ? `\x1b[${height}A\r\x1b[J` : "";
    // A line that is too wide after all must not become two.
    process.stdout.write(`${back}\x1b[?7l${lines.join("\n")}\n\x1b[?7h`);
    height = lines.length;
  };
}

/** A line for each evaluation that is new, from the last one that there is, and how the run ended. */
function inLines(): (run: Watched) => void {
  let told = -1;
  return (run) => {
    const { history, state, message, iterations } = run;
    const fresh = told < 0 ? history.slice(-1) : history.filter(({ iteration }) => iteration > told);
    for (const evaluation of fresh) print(lineOf(run, evaluation));
    told = history.at(-1)?.iteration ?? told;
    if (state !== "training") print(message ?? `${state} at iteration ${Math.max(0, told)} of ${iterations}`);
  };
}
