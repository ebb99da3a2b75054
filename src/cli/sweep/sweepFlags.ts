import { InvalidArgumentError, Option } from "commander";
import { taken } from "../../data/sources/kinds.js";
import { InputError } from "../../errors.js";
import type { RunSettings } from "../../runs/config.js";
import type { Choices } from "../../sweeps/combinations.js";
import type { SweepAsked } from "../../sweeps/planSweep.js";
import { choiceOf, settingNamed } from "../../sweeps/settingChoice.js";
import { dataHelp } from "../dataHelp.js";
import { imageTrainingOptions } from "../imageOptions.js";
import { epochsOption, lossesHelp, lossList, presetOption, seedList, seedNumber, wholeFrom } from "../options.js";
import { settingOptions } from "../settingOptions.js";
import { readSweepFile } from "./sweepFile.js";

/** What a sweep is asked for by options. */
export interface AskedFlags extends Omit<Partial<RunSettings>, "data" | "loss" | "seed"> {
  readonly data?: string;
  readonly losses?: readonly string[];
  readonly seeds?: readonly number[];
  readonly set?: Choices;
  readonly random?: number;
  readonly drawSeed?: number;
  readonly file?: string;
}

const DEFAULT_LOSSES = ["w-gp"];
const DEFAULT_SEEDS = [0];

/** The options that say what a sweep trains. */
export const askedOptions: readonly Option[] = [
  new Option("--data <name or path>", `${dataHelp(taken.training.filter((kind) => kind !== "stream"))} (required)`),
  new Option("--losses <list>", `${lossesHelp()} (default: w-gp)`).argParser(lossList),
  new Option("--seeds <list>", "whole numbers; every setting is trained with each seed (default: 0)").argParser(
    seedList,
  ),
  new Option(
    "--set <name=values>",
    "an option and the values to try: lambda=0.1,1,10; with --random also a range: learning-rate=1e-5..1e-3; repeatable (default: none)",
  ).argParser(setting),
  new Option(
    "--random <n>",
    "draw n random settings instead of the whole grid; log-uniformly from a range above 0 that spans more than a factor of 10, else uniformly (default: the grid)",
  ).argParser(wholeFrom(1)),
  new Option("--draw-seed <n>", "random seed of --random (default: 0)").argParser(seedNumber),
  new Option("--file <file>", "a .json or .yaml file with all of this instead (default: none)"),
  ...[epochsOption, presetOption, ...settingOptions(), ...imageTrainingOptions],
];

/**
 * What options ask for; `undefined` where they ask for nothing, and the plan that a folder keeps is meant.
 * @throws InputError where they do not go together, or a file cannot be read
 */
export async function askedBy({ file, ...flags }: AskedFlags): Promise<SweepAsked | undefined> {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  if (file !== undefined) {
    if (given.length > 0)
      throw new InputError("--file describes the sweep: leave out the options that also do, or the file.");
    return await readSweepFile(file);
  }
  if (given.length === 0) return undefined;
  const { data, losses = DEFAULT_LOSSES, seeds = DEFAULT_SEEDS, set = {}, random, drawSeed, ...settings } = flags;
  if (data === undefined) throw new InputError("give --data, the name of a data set or a path.");
  if (drawSeed !== undefined && random === undefined)
    throw new InputError("--draw-seed is for --random: give --random N, or leave it out.");
  const draws = random === undefined ? undefined : { count: random, seed: drawSeed ?? 0 };
  return { data, losses, seeds, settings, choices: set, random: draws };
}

function setting(text: string, before: Choices = {}): Choices {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("It must be a setting and its values, such as lambda=0.1,1,10.");
  const name = settingNamed(text.slice(0, at).trim());
  if (Object.hasOwn(before, name))
    throw new InputError(`${name} is given twice by --set: give all its values at once.`);
  return { ...before, [name]: choiceOf(name, text.slice(at + 1)) };
}
