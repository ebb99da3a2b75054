import { defaultsFor } from "../../studio/src/settings/defaults.js";
import type { Settings } from "../../studio/src/settings/settings.js";

/** Networks that train at once, on the ring: BCE against W-GP. */
export const TINY: Settings = {
  ...defaultsFor("ring"),
  generatorWidth: 8,
  generatorDepth: 1,
  criticWidth: 8,
  criticDepth: 1,
  batch: 16,
  criticSteps: 1,
};
