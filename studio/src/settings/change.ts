import { schemasOf } from "../../../src/runs/config.js";
import { factsOf } from "../../../src/settings.js";
import { DEFAULTS, defaultsFor, isImages } from "./defaults.js";
import type { Settings } from "./settings.js";

/** Settings with some of them changed; another kind of data or of network brings the sizes and rates that suit it. */
export function withChange(settings: Settings, change: Partial<Settings>): Settings {
  const data = change.data ?? settings.data;
  const sameKind = isImages(data) === isImages(settings.data);
  if (sameKind && (change.network ?? settings.network) === settings.network) return { ...settings, ...change };
  const { left, right, seed } = settings;
  return { ...defaultsFor(data, change.network), left, right, seed, ...change };
}

/** The settings whose values differ, the further ones each by its own name. */
export function changedNames(before: Settings, after: Settings): readonly string[] {
  const flat = ({ more, ...settings }: Settings): Readonly<Record<string, unknown>> => ({ ...settings, ...more });
  const [a, b] = [flat(before), flat(after)];
  const names = new Set([...Object.keys(flat(DEFAULTS)), ...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}

/** Another seed makes other first weights, and both players have widths, depths and rates of their own. */
const SETTING_OF: Readonly<Record<string, string | null>> = {
  seed: null,
  generatorWidth: "width",
  generatorDepth: "depth",
  criticWidth: "width",
  criticDepth: "depth",
  generatorRate: "learningRate",
  criticRate: "learningRate",
};

/** Whether a setting can be changed in runs under way: one on which, by its schema, the state of a run does not depend. */
export function isLive(name: string): boolean {
  const setting = SETTING_OF[name] === undefined ? name : SETTING_OF[name];
  const schemas = setting === null ? [] : schemasOf(setting);
  return schemas.length > 0 && schemas.some((schema) => factsOf(schema).live);
}
