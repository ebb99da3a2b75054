import { DEFAULTS, defaultsFor, isImages } from "./defaults.js";
import { LIVE, type LiveSettings, type Settings } from "./settings.js";

/** Settings with some of them changed; another kind of data or of network brings the sizes and rates that suit it. */
export function withChange(settings: Settings, change: Partial<Settings>): Settings {
  const data = change.data ?? settings.data;
  const sameKind = isImages(data) === isImages(settings.data);
  if (sameKind && (change.network ?? settings.network) === settings.network) return { ...settings, ...change };
  const { left, right, seed } = settings;
  return { ...defaultsFor(data, change.network), left, right, seed, ...change };
}

/** The settings whose values differ. */
export function changedNames(before: Settings, after: Settings): readonly (keyof Settings)[] {
  const names = Object.keys(DEFAULTS) as (keyof Settings)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** Whether a setting can be changed in runs under way. */
export const isLive = (name: keyof Settings): boolean => LIVE.some((live) => live === name);

/** The live part of settings. */
export function liveOf({ batch, criticSteps, lambda, clip, generatorRate, criticRate }: Settings): LiveSettings {
  return { batch, criticSteps, lambda, clip, generatorRate, criticRate };
}
