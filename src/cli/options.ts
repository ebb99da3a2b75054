import { InvalidArgumentError, Option } from "commander";
import { pairingByName, pairingNames } from "../game/pairings.js";
import { LARGEST_SEED } from "../runs/coreSettings.js";
import { presets } from "../runs/recipes.js";

/** Reads an option as a number. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("It must be a number.");
  return value;
}

/** Reads an option as a whole number from `least`, to `most` where there is one. */
export function wholeFrom(least: number, most = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(
        `It must be a whole number from ${least}${Number.isFinite(most) ? ` to ${most}` : ""}.`,
      );
    }
    return value;
  };
}

/** Reads a seed. */
export const seedNumber = wholeFrom(0, LARGEST_SEED);

/** `--epochs`, for a command that trains. */
export const epochsOption: Option = new Option(
  "--epochs <n>",
  "passes over the data, instead of --iterations (default: as --iterations)",
).argParser(wholeFrom(1));

/** `--preset`, for a command that trains. */
export const presetOption: Option = new Option(
  "--preset <name>",
  "size of the networks for images: tiny has half the width, large twice the width and two blocks per resolution (default: small)",
).choices(presets);

/** Reads a list such as "bce,w-gp". */
export function list(text: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.some((item) => item === "")) throw new InvalidArgumentError("It must be a list such as a,b,c.");
  return [...new Set(items)];
}

/** Reads a list of losses such as "bce,w-gp", or "all": those with a short name. Throws `InputError` for one that there is not. */
export function lossList(text: string): string[] {
  const names = list(text).flatMap((name) =>
    name.toLowerCase() === "all" ? pairingNames() : pairingByName(name).name,
  );
  return [...new Set(names)];
}

/** What a list of losses is made of, for help. */
export function lossesHelp(): string {
  return `all, or some of ${pairingNames().join(", ")} and LOSS+CONSTRAINT such as bce+gp`;
}

/** Reads a list of seeds such as "0,1,2". */
export function seedList(text: string): number[] {
  return list(text).map(seedNumber);
}

/** Whether the first row of a table holds names. */
export const headerOptions: readonly Option[] = [
  new Option("--header", "the first row of a table holds names (default: found from its cells)"),
  new Option("--no-header", "the first row of a table holds numbers (default: found from its cells)"),
];

/** How a file of rows is read, for a command that takes points as well as tables. */
export const rowsOptions: readonly Option[] = [
  new Option(
    "--as <kind>",
    "read a file of rows as points, whose coordinates are numbers, or as a table, whose columns may hold anything (default: table in train and sweep, else points)",
  ).choices(["points", "table"]),
  ...headerOptions,
];

/** `--checkpoint`, for a command that reads a run. */
export function checkpointOption(which = "of the run"): Option {
  return new Option(
    "--checkpoint <n>",
    `the iteration of a checkpoint ${which} (default: the newest intact one)`,
  ).argParser(wholeFrom(0));
}
