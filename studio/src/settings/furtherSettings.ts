import { pairingName } from "../../../src/game/pairings.js";
import { type RunConfig, resolveConfig, schemasOf, settingNames } from "../../../src/runs/config.js";
import { chosenByName, coreSettings } from "../../../src/runs/coreSettings.js";
import { factsOf } from "../../../src/settings.js";
import { isImages, usualOf } from "./defaults.js";
import type { NumberRange } from "./ranges.js";
import { type Settings, type SettingValue, SIDES, type SideSettings } from "./settings.js";

/** Settings of every run that the page shows as they are; the others of every run have their own fields, or make no sense in a page. */
const SHOWN_OF_EVERY_RUN: readonly string[] = ["latent", "optimizer", "schedule"];
/** Settings of networks that have a field for each player. */
const OF_EACH_PLAYER: readonly string[] = ["width", "depth"];
/** Where the page is stricter than the library: wide enough to see things fail, and no wider than a page can compute. */
const LIMITS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  latent: [1, 512],
  lambda: [0, 1000],
  clip: [1e-4, 10],
};

/** A setting of the runs' parts, such as lambda of a gradient penalty, as the page shows it. */
export interface FurtherSetting {
  readonly name: string;
  /** In English; the dictionaries may have words of their own. */
  readonly title: string;
  readonly description: string;
  /** The values that it has where nothing is chosen: one, or two where the sides differ. */
  readonly usual: readonly SettingValue[];
  readonly takes: { readonly range: NumberRange } | { readonly options: readonly string[] };
}

/** All that there may be a field for, whatever the sides are made of. */
export function furtherNames(): readonly string[] {
  return settingNames().filter((name) => {
    const isShown = isOfEveryRun(name) ? SHOWN_OF_EVERY_RUN.includes(name) : !OF_EACH_PLAYER.includes(name);
    return isShown && takes(name) !== undefined;
  });
}

/** Those that a side has a use for. */
export function furtherSettings(settings: Settings): readonly FurtherSetting[] {
  const { optimizer, schedule } = settings.more;
  const chosen = { ...(optimizer !== undefined && { optimizer }), ...(schedule !== undefined && { schedule }) };
  return furtherNames().flatMap((name) => {
    // What the optimizer's own settings usually are depends on the optimizer that is chosen.
    const more = isOfEveryRun(name) ? {} : chosen;
    const configs = SIDES.map((side) => configOf({ ...settings, more }, settings[side]));
    const found = configs.flatMap((config) => Object.entries(config).filter(([key]) => key === name));
    const usual = [...new Set(found.flatMap(([, value]) => (isSettingValue(value) ? [value] : [])))];
    const kind = takes(name);
    const facts = schemasOf(name).map(factsOf)[0];
    if (usual.length === 0 || !kind || !facts) return [];
    return [{ name, title: facts.title ?? name, description: facts.description, usual, takes: kind }];
  });
}

/** The value of a setting from text, as an address has it; `null` where it is none. */
export function furtherValue(name: string, text: string): SettingValue | null {
  const kind = takes(name);
  if (!kind) return null;
  if ("options" in kind) return kind.options.includes(text) ? text : null;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return isFurtherValue(name, value) ? value : null;
}

/** Whether a setting may have this number. */
export function isFurtherValue(name: string, value: number): boolean {
  const kind = takes(name);
  if (!kind || !("range" in kind)) return false;
  const { min, max } = kind.range;
  return value >= min && value <= max && schemasOf(name).some((schema) => schema.safeParse(value).success);
}

/** What a side trains with, as far as it is the same for both players, and the widths and depths left out. */
export function sharedSettings(
  { data, network, batch, criticSteps, seed, more }: Settings,
  { loss, constraint }: SideSettings,
) {
  return { ...usualOf(data), network, batch, criticSteps, seed, ...more, loss: pairingName(loss, constraint) };
}

/** All that a side trains with, as the command line would call it. */
export function configOf(settings: Settings, side: SideSettings): RunConfig {
  const data = { kind: isImages(settings.data) ? "images" : "points", size: Infinity } as const;
  return resolveConfig({ ...sharedSettings(settings, side), data: settings.data }, data);
}

function isOfEveryRun(name: string): boolean {
  return Object.hasOwn(coreSettings.shape, name);
}

function isSettingValue(value: unknown): value is SettingValue {
  return typeof value === "number" || typeof value === "string";
}

function takes(name: string): FurtherSetting["takes"] | undefined {
  const catalogue = Object.entries(chosenByName).find(([setting]) => setting === name)?.[1];
  if (catalogue) return { options: catalogue.names };
  const kinds = schemasOf(name).map((schema) => factsOf(schema).kind);
  const options = kinds.flatMap((kind) => (kind.type === "choice" ? kind.options : []));
  if (options.length > 0) return { options: [...new Set(options)] };
  const [kind] = kinds;
  if (kind?.type !== "number") return undefined;
  const [min, max] = LIMITS[name] ?? [kind.min, kind.max];
  return { range: { min, max, whole: kind.whole } };
}
