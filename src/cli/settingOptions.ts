import { InvalidArgumentError, Option } from "commander";
import { schemasOf, settingNames } from "../runs/config.js";
import { chosenByName } from "../runs/coreSettings.js";
import { defaultText } from "../runs/recipes.js";
import { factsOf, optionOf, type SettingFacts } from "../settings.js";
import { number, rowsOptions, wholeFrom } from "./options.js";

/** The settings that have an option of another form, or in some commands only. */
const APART: readonly string[] = ["seed", "checkpointEvery"];

/** The options that set up a run, shared by `train`, `compare` and `benchmark`; each is named as the setting that it fills. */
export function settingOptions(): readonly Option[] {
  const names = settingNames().filter((name) => !APART.includes(name));
  const options = names.flatMap((name) => [settingOption(name), oppositeOption(name)]);
  return [...options.filter((option) => option !== undefined), ...rowsOptions];
}

/** The option of a setting; `undefined` where it has no description, or takes what no option can say. */
export function settingOption(name: string): Option | undefined {
  const schemas = schemasOf(name);
  const facts = schemas.map(factsOf);
  const [first] = facts;
  const read = first && readerOf(name, first);
  if (!first?.description || !read) return undefined;
  const description = [...new Set(facts.map(({ description }) => description))].join(", or ");
  const flag = `--${optionOf(name)}`;
  if (first.kind.type === "switch") return new Option(flag, `${description} (${usual(name)})`);
  const option = new Option(`${flag} <${placeholderOf(first)}>`, `${description} (${usual(name)})`);
  const choices = choicesOf(name, facts);
  return choices ? option.choices([...choices]) : option.argParser((text) => inRange(name, read(text)));
}

/** `--no-NAME`, of a switch that is on by default for some data. */
function oppositeOption(name: string): Option | undefined {
  const isSwitch = schemasOf(name).some((schema) => factsOf(schema).kind.type === "switch");
  if (!isSwitch || !defaultText(name)?.includes("true")) return undefined;
  return new Option(`--no-${optionOf(name)}`, `the opposite of --${optionOf(name)} (default: as --${optionOf(name)})`);
}

/** Reads "25:100", the first iterations and the critic updates before each of them. */
function warmUp(text: string): { readonly iterations: number; readonly criticSteps: number } {
  const [iterations, criticSteps, ...rest] = text.split(":").map(wholeFrom(1));
  if (iterations === undefined || criticSteps === undefined || rest.length > 0) {
    throw new InvalidArgumentError("It must be two whole numbers such as 25:100.");
  }
  return { iterations, criticSteps };
}

function readerOf(name: string, { kind }: SettingFacts): ((text: string) => unknown) | undefined {
  if (name === "warmUp") return warmUp;
  if (kind.type === "number") return number;
  return kind.type === "other" ? undefined : (text) => text;
}

function placeholderOf({ placeholder, kind }: SettingFacts): string {
  if (placeholder !== undefined) return placeholder;
  return kind.type === "number" ? (kind.whole ? "n" : "x") : "name";
}

function choicesOf(name: string, facts: readonly SettingFacts[]): readonly string[] | undefined {
  const catalogue = Object.entries(chosenByName).find(([setting]) => setting === name)?.[1];
  if (catalogue) return catalogue.names;
  const options = facts.flatMap(({ kind }) => (kind.type === "choice" ? kind.options : []));
  return options.length > 0 ? [...new Set(options)] : undefined;
}

function usual(name: string): string {
  const own = schemasOf(name)[0]?.safeParse(undefined).data;
  const text = own === undefined ? defaultText(name) : String(own ?? "none");
  return text === undefined ? "required" : `default: ${text.replaceAll("true", "yes").replaceAll("false", "no")}`;
}

/** A value that some part of a run, or every run, can have. */
function inRange<T>(name: string, value: T): T {
  const problems = schemasOf(name).map((schema) => schema.safeParse(value).error?.issues[0]?.message);
  const [problem] = problems;
  if (problem === undefined || problems.includes(undefined)) return value;
  throw new InvalidArgumentError(`${problem.replace(/^i/, "I")}.`);
}
