import { z } from "zod";

/**
 * Settings are a zod object. Of each one, `.describe()` or `.meta()` (the last call) says:
 *
 * - `description`: what it is, as the command line's help shows it,
 * - `title`: what its field in the Studio is called (default: its name),
 * - `unit`: what it counts, beside its field in the Studio,
 * - `placeholder`: what stands for its value in help (default: by its type),
 * - `live: true` where a run may go on with another value, because its state does not depend on it.
 */
export type SettingsShape = Readonly<Record<string, z.ZodType>>;

/** What can be chosen by name and has settings. */
export interface Configurable<Shape extends SettingsShape = SettingsShape> {
  readonly settings?: z.ZodObject<Shape>;
}

/** The values of the settings of several entries together. */
export type AllSettings<Entries extends readonly { readonly settings: z.ZodType }[]> = Together<
  Some<z.output<Entries[number]["settings"]>>
>;

/** No settings are to zod an object of any names without values. */
type Some<Settings> = Settings extends unknown ? (string extends keyof Settings ? never : Settings) : never;

type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The settings of something that has none. */
export const noSettings = z.object({});

const POSITIVE = "it must be above 0";
const SOME = "it must be above 0 and at most 1";
const SHARE = "it must be 0 or more and below 1";

/** A number above 0. */
export const positive = z.number(POSITIVE).positive(POSITIVE);

/** A number from 0 to below 1. */
export const share = z.number(SHARE).min(0, SHARE).lt(1, SHARE);

/** A share above 0, up to all. */
export const someOrAll = z.number(SOME).positive(SOME).max(1, SOME);

/** A number from 0. */
export const notNegative = z.number("it must be 0 or more").min(0, "it must be 0 or more");

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number) {
  const error = `it must be a whole number from ${least} to ${most}`;
  return z.int(error).min(least, error).max(most, error);
}

/** What a setting takes, as far as a command line or a page can ask for it. */
export type SettingKind =
  | { readonly type: "number"; readonly min: number; readonly max: number; readonly whole: boolean }
  | { readonly type: "choice"; readonly options: readonly string[] }
  | { readonly type: "text" | "switch" | "other" };

/** What is said of a setting, and what it takes. */
export interface SettingFacts {
  readonly description: string;
  readonly title: string | undefined;
  readonly unit: string | undefined;
  readonly placeholder: string | undefined;
  readonly live: boolean;
  readonly kind: SettingKind;
}

export function factsOf(schema: z.ZodType): SettingFacts {
  const { description = "", title, unit, placeholder, live } = schema.meta() ?? {};
  return {
    description,
    title,
    unit: typeof unit === "string" ? unit : undefined,
    placeholder: typeof placeholder === "string" ? placeholder : undefined,
    live: live === true,
    kind: kindOf(schema),
  };
}

/** The option that fills a setting on the command line, without its dashes: "critic-steps" for `criticSteps`. */
export function optionOf(setting: string): string {
  return setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Whether a setting has a default of its own. */
export function hasDefault(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).data !== undefined || schema.safeParse(undefined).data === null;
}

function kindOf(schema: z.ZodType): SettingKind {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return kindOf(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue, format } = schema;
    return { type: "number", min: minValue ?? -Infinity, max: maxValue ?? Infinity, whole: format === "safeint" };
  }
  if (schema instanceof z.ZodEnum) return { type: "choice", options: schema.options.map(String) };
  if (schema instanceof z.ZodString) return { type: "text" };
  return { type: schema instanceof z.ZodBoolean ? "switch" : "other" };
}
