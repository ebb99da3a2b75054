// @ts-check
import { parseArgs } from "node:util";

/** An option that cannot be; the message is one sentence that says what to do. */
export class OptionError extends Error {}

/**
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} T
 * @param {readonly string[]} argv
 * @param {T} options
 * @param {string} command how its help is asked for
 * @throws {OptionError}
 */
export function parsed(argv, options, command) {
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    const problem = error instanceof Error ? error.message.split(". ")[0] : error;
    throw new OptionError(`${problem}; see ${command} --help.`);
  }
}

/**
 * The names of a list with commas, each once and in the order of `names`.
 * @param {string} kind
 * @param {string | undefined} list
 * @param {readonly string[]} names
 * @param {readonly string[]} unnamed what is chosen where the option is not given
 * @throws {OptionError}
 */
export function chosen(kind, list, names, unnamed) {
  const wanted = list?.split(",").map((name) => name.trim()) ?? unnamed;
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new OptionError(`There is no ${kind} "${unknown}"; the ${kind}s are ${names.join(", ")}.`);
  return names.filter((name) => wanted.includes(name));
}

/**
 * @param {string} option
 * @param {string} text
 * @param {number} least
 * @throws {OptionError}
 */
export function wholeNumber(option, text, least = 1) {
  const number = Number(text);
  if (text.trim() === "" || !Number.isInteger(number) || number < least)
    throw new OptionError(`${option} must be a whole number from ${least}, not "${text}".`);
  return number;
}

/**
 * Runs a command's `main`; an error of its user ends it with code 2 and one sentence.
 * @param {() => Promise<void>} main
 */
export async function reporting(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof OptionError || (error instanceof Error && error.name === "InputError"))) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
