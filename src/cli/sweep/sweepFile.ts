import { extname } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { InputError } from "../../errors.js";
import { readTextFile } from "../../files.js";
import { shortened } from "../../quoting.js";
import { LARGEST_SEED } from "../../runs/coreSettings.js";
import type { SweepAsked } from "../../sweeps/planSweep.js";
import {
  type Choice,
  choiceOf,
  type SettingValue,
  settingNamed,
  settingValue,
  settingValueSchema,
} from "../../sweeps/settingChoice.js";
import { lossList } from "../options.js";

const seed = z.int().min(0).max(LARGEST_SEED);

const fileSchema = z.strictObject({
  data: z.string(),
  losses: z.array(z.string()).min(1).default(["w-gp"]),
  seeds: z.array(seed).min(1).default([0]),
  /** Of every run. */
  settings: z.record(z.string(), settingValueSchema).default({}),
  /** What varies: values, or a range such as "1e-5..1e-3". */
  set: z.record(z.string(), z.union([settingValueSchema, z.array(settingValueSchema).min(1)])).default({}),
  random: z.int().min(1).optional(),
  drawSeed: seed.optional(),
});

/**
 * What a file asks a sweep for: `data`, `losses`, `seeds`, `settings`, `set`, `random` and `drawSeed`, as the options of these names.
 * @throws InputError where it cannot be read, or something in it is wrong
 */
export async function readSweepFile(path: string): Promise<SweepAsked> {
  const text = await readTextFile(path);
  if (text === undefined) throw new InputError(`There is no file ${path}: give the path of a .json or .yaml file.`);
  const { data: asked, error } = fileSchema.safeParse(contentOf(path, text));
  if (!asked) {
    const [issue] = error.issues;
    throw new InputError(
      `${path} is not a sweep: ${issue?.path.join(".") || "its content"}: ${shortened(issue?.message ?? "")}.`,
    );
  }
  const { data, losses, seeds, random, drawSeed } = asked;
  if (drawSeed !== undefined && random === undefined)
    throw new InputError(`${path}: drawSeed is for random: give random too, or leave it out.`);
  const settings = entriesOf(asked.settings, (name, value) => typed(name, value));
  return {
    data,
    losses: lossList(losses.join()),
    seeds: [...new Set(seeds)],
    settings,
    choices: entriesOf(asked.set, choice),
    random: random === undefined ? undefined : { count: random, seed: drawSeed ?? 0 },
  };
}

function entriesOf<From, To>(
  values: Readonly<Record<string, From>>,
  made: (name: string, value: From) => To,
): Record<string, To> {
  const entries = Object.entries(values).map(([text, value]): [string, To] => {
    const name = settingNamed(text);
    return [name, made(name, value)];
  });
  return Object.fromEntries(entries);
}

function choice(name: string, value: SettingValue | readonly SettingValue[]): Choice {
  if (typeof value === "string") return choiceOf(name, value);
  const values = Array.isArray(value) ? value : [value];
  return { values: values.map((one) => typed(name, one)) };
}

function typed(name: string, value: SettingValue): SettingValue {
  return typeof value === "string" ? settingValue(name, value) : value;
}

function contentOf(path: string, text: string): unknown {
  const ending = extname(path).toLowerCase();
  if (![".json", ".yaml", ".yml"].includes(ending)) throw new InputError(`${path} must end in .json or .yaml.`);
  try {
    return ending === ".json" ? JSON.parse(text) : parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new InputError(`${path} cannot be read: ${shortened(reason ?? "")}.`);
  }
}
