import { configOf, furtherNames } from "./furtherSettings.js";
import type { Settings } from "./settings.js";

/**
 * The names of the settings that are not the same on both sides: loss and condition, and what these bring along where nothing is chosen, such
 * as the optimizer of clipped weights.
 */
export function differencesOf(settings: Settings): readonly string[] {
  const { left, right } = settings;
  const configs = [left, right].map((side): Readonly<Record<string, unknown>> => configOf(settings, side));
  const differs = (name: string) =>
    configs.every((config) => Object.hasOwn(config, name)) && new Set(configs.map((config) => config[name])).size > 1;
  return [
    ...(["loss", "constraint"] as const).filter((name) => left[name] !== right[name]),
    ...furtherNames().filter(differs),
  ];
}
