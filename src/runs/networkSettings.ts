import { InputError } from "../errors.js";
import type { RunConfig, RunSettings } from "./config.js";
import { partsOf, settingsOf } from "./parts.js";

/** The settings of a run that its weights depend on, besides the shape of its data. */
export function networkSettings(config: RunConfig): Partial<RunConfig> {
  const { network } = partsOf(config);
  return { ...settingsOf(network, config), network: network.name, latent: config.latent };
}

/** @throws InputError where a preset is given for networks that have their weights already */
export function refusePreset({ preset }: Partial<RunSettings>): void {
  if (preset === undefined) return;
  throw new InputError(
    `The preset ${preset} says how large new networks are, and these have their weights: leave it out.`,
  );
}
