import { defaultsFor } from "../../settings/defaults.js";
import type { Settings } from "../../settings/settings.js";

/** What a prepared state was trained with, and for how many generator iterations. */
export interface PreparedState {
  readonly settings: Settings;
  readonly iteration: number;
}

const RING = defaultsFor("ring");
/** Half as wide as the page's usual networks, so that a file is small. */
const SMALL: Partial<Settings> = { generatorWidth: 32, criticWidth: 32 };

/** States that a lesson begins with, so that nobody waits for them. `node studio/prepareStates.mjs` trains them. */
export const PREPARED = {
  /** BCE holds three of the eight modes, and half of the fakes lie on them: the clearest of 45 seeds, of which most held five to eight. */
  collapsed: { settings: { ...RING, ...SMALL, criticSteps: 1, seed: 19 }, iteration: 1200 },
  /** On its way: the critic has caught up, and there is some distance left to measure. */
  halfway: { settings: { ...RING, ...SMALL }, iteration: 100 },
} as const satisfies Readonly<Record<string, PreparedState>>;

export type PreparedName = keyof typeof PREPARED;
