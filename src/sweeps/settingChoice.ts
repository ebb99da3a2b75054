import { z } from "zod";
import { InputError } from "../errors.js";
import { closest } from "../nearest.js";
import { schemasOf, settingNames } from "../runs/config.js";
import { factsOf } from "../settings.js";

/** What a setting can be in a plan: plain data. */
export const settingValueSchema = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  z.strictObject({ iterations: z.number(), criticSteps: z.number() }),
]);

export type SettingValue = z.infer<typeof settingValueSchema>;

/** The numbers from one to another, both included; whole ones only where the setting is whole. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
}

/** What a setting may be in the runs of a sweep: some values, or a range to draw from. */
export type Choice = { readonly values: readonly SettingValue[] } | { readonly range: Range };

/** Settings of a run that stand for others, and are no setting of its configuration. */
export const STAND_INS: readonly string[] = ["epochs", "preset"];

/** Settings that a sweep has another way to give. */
const APART: Readonly<Record<string, string>> = {
  data: "all runs of a sweep are on the same data: give it with --data",
  loss: "losses are given with --losses",
  seed: "seeds are given with --seeds",
};

/**
 * The name of a setting, given as on the command line ("learning-rate") or as in a configuration ("learningRate").
 * @throws InputError where there is none of that name, or a sweep has another way to give it
 */
export function settingNamed(text: string): string {
  const name = text.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const apart = Object.entries(APART).find(([setting]) => setting === name);
  if (apart) throw new InputError(`${name} cannot vary by --set: ${apart[1]}.`);
  const known = [...settingNames(), ...STAND_INS];
  if (known.includes(name)) return name;
  throw new InputError(`There is no setting called "${text}". Did you mean ${closest(name, known)}?`);
}

/**
 * Reads "0.1,1,10" or "1e-5..1e-3".
 * @throws InputError where it is neither
 */
export function choiceOf(name: string, text: string): Choice {
  const [from, to, ...rest] = text.split("..");
  if (from !== undefined && to !== undefined && rest.length === 0) return { range: rangeOf(name, from, to) };
  const parts = text.split(",").map((part) => part.trim());
  if (parts.includes("")) throw new InputError(`${name} cannot be "${text}": give values such as 1,2,3.`);
  return { values: [...new Set(parts)].map((part) => settingValue(name, part)) };
}

/** Reads one value of a setting; whether the setting takes it is told where a configuration is made of it. */
export function settingValue(name: string, text: string): SettingValue {
  const schemas = schemasOf(name);
  const kinds = schemas.map((schema) => factsOf(schema).kind.type);
  if (text === "none" && schemas.some((schema) => schema.safeParse(null).success)) return null;
  const warmUp = name === "warmUp" && /^(\d+):(\d+)$/.exec(text);
  if (warmUp) return { iterations: Number(warmUp[1]), criticSteps: Number(warmUp[2]) };
  if (kinds.includes("switch")) return { yes: true, true: true, no: false, false: false }[text] ?? text;
  const isNumber = (kinds.includes("number") || name === "epochs") && text !== "" && Number.isFinite(Number(text));
  return isNumber ? Number(text) : text;
}

/** A value as the command line takes it. */
export function valueText(value: SettingValue): string {
  if (value === null) return "none";
  return typeof value === "object" ? `${value.iterations}:${value.criticSteps}` : String(value);
}

function rangeOf(name: string, first: string, last: string): Range {
  const kinds = name === "epochs" ? [] : schemasOf(name).map((schema) => factsOf(schema).kind);
  const [from, to] = [first, last].map((end) => (end.trim() === "" ? Number.NaN : Number(end)));
  const isWhole = name === "epochs" || kinds.some((kind) => kind.type === "number" && kind.whole);
  const isNumber = name === "epochs" || kinds.some((kind) => kind.type === "number");
  if (from === undefined || to === undefined || !isNumber || !(from < to) || !Number.isFinite(to - from))
    throw new InputError(
      `${name} cannot be ${first}..${last}: a range goes from a number to a larger one, of a setting that is a number.`,
    );
  if (isWhole && !(Number.isInteger(from) && Number.isInteger(to)))
    throw new InputError(`${name} cannot be ${first}..${last}: it takes whole numbers.`);
  return { from, to, isWhole };
}
