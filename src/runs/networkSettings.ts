import type { RunConfig } from "./config.js";
import { partsOf, settingsOf } from "./parts.js";

/** The settings of a run that its weights depend on, besides the shape of its data. */
export function networkSettings(config: RunConfig): Partial<RunConfig> {
  const { network } = partsOf(config);
  return { ...settingsOf(network, config), network: network.name, latent: config.latent };
}
