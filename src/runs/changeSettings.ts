import type { Dataset } from "../data/dataset.js";
import { InputError } from "../errors.js";
import { isLive, type RunConfig, type RunSettings, resolveConfig } from "./config.js";
import { networkSettings, refusePreset } from "./networkSettings.js";
import type { SettingChange } from "./runRecord.js";

/**
 * The settings that a run goes on with after `iteration`, and what differs from those before.
 * @param settings those that are given; one that is as it was is no change
 * @throws InputError where one is given that the state of the run depends on, or one is out of range
 */
export function changeSettings(
  directory: string,
  before: RunConfig,
  iteration: number,
  settings: Partial<RunSettings>,
  data: Dataset,
): { readonly config: RunConfig; readonly changes: readonly SettingChange[] } {
  refusePreset(settings);
  const { iterations, ...others } = before;
  const length = settings.epochs === undefined && { iterations };
  const config = resolveConfig({ ...others, ...length, ...settings }, data);
  const names = (Object.keys({ ...before, ...config }) as (keyof RunConfig)[]).filter(
    (name) => JSON.stringify(config[name]) !== JSON.stringify(before[name]),
  );
  for (const name of names) refuseBound(directory, name, before, config);
  const changes = names.map((setting) => ({
    iteration,
    setting,
    from: before[setting] ?? null,
    to: config[setting] ?? null,
  }));
  return { config, changes };
}

function refuseBound(directory: string, name: keyof RunConfig, before: RunConfig, after: RunConfig): void {
  const change = `${name} cannot change from ${shown(before[name])} to ${shown(after[name])} when a run is resumed`;
  if (Object.hasOwn(networkSettings(before), name) || name === "imageSize" || name === "channels") {
    throw new InputError(
      `${change}: the weights are those of its networks. Start a new run without it; --init ${directory} begins with the same networks and their weights.`,
    );
  }
  const average = name === "ema" && (before.ema === null) !== (after.ema === null);
  if (average || !isLive(name, before)) {
    const reason = average ? "its state has a moving average or has none" : "its state depends on it";
    throw new InputError(`${change}: ${reason}. --init ${directory} starts a new run from its weights.`);
  }
}

function shown(value: unknown): string {
  return value === undefined || value === null ? "none" : String(value);
}
