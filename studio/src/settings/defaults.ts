import { type NetworkEntry, networks } from "../../../src/networks/index.js";
import type { RunConfig } from "../../../src/runs/coreSettings.js";
import type { Settings } from "./settings.js";

/** Points of the plane and images want different networks and other rates. */
export const isImages = (data: string): boolean => data === "mnist";

/** The shape of one sample of these data. */
export const shapeOf = (data: string): readonly number[] => (isImages(data) ? [28, 28, 1] : [2]);

/** The networks that can do these data. */
export function networksFor(data: string): readonly NetworkEntry[] {
  return networks.entries.filter(({ refuses }) => refuses?.(shapeOf(data)) === undefined);
}

type OfKind = Omit<Settings, "data" | "left" | "right" | "seed">;

/**
 * What further settings are where nothing is chosen, and the command line's would be others. For points: a price at which the critic's slope
 * is near 1, and a learning rate that falls so that fakes come to rest on the modes, to a twentieth, with which the run goes on; found by
 * trials (docs/studio.md). Images take too long for a rate that falls.
 */
export function usualOf(data: string): Partial<RunConfig> {
  if (isImages(data)) return { schedule: "constant" };
  return { schedule: "flat-cosine", iterations: 800, lambda: 3, beta1: 0.5 };
}

/**
 * Smaller networks and batches than the command line's, so that both sides together make dozens of iterations a second in a browser: the
 * W side then captures all of the ring's modes within half a minute.
 */
const POINTS: OfKind = {
  network: "mlp",
  generatorWidth: 64,
  generatorDepth: 3,
  criticWidth: 64,
  criticDepth: 3,
  batch: 64,
  criticSteps: 5,
  generatorRate: 3e-3,
  criticRate: 3e-3,
  more: {},
};

/** Digits can be told within half a minute, under the W-loss. */
const IMAGES: OfKind = {
  network: "mlp",
  generatorWidth: 128,
  generatorDepth: 2,
  criticWidth: 128,
  criticDepth: 2,
  batch: 32,
  criticSteps: 2,
  generatorRate: 1e-3,
  criticRate: 1e-3,
  more: {},
};

/** What a network wants otherwise. Convolutions make better digits and take much longer: so narrow they are for patience, or for WebGPU. */
const BY_NETWORK: Readonly<Record<string, Partial<OfKind>>> = {
  dcgan: { generatorWidth: 8, criticWidth: 8, generatorRate: 5e-4, criticRate: 5e-4 },
};

/** What the page begins with for these data: BCE against the W-loss with a gradient penalty. */
export function defaultsFor(data: string, network = "mlp"): Settings {
  return {
    data,
    left: { loss: "bce", constraint: "none" },
    right: { loss: "wasserstein", constraint: "gp" },
    seed: 0,
    ...(isImages(data) ? IMAGES : POINTS),
    ...BY_NETWORK[network],
    network,
  };
}

/** The ring: its few modes are captured, or lost, soon enough to be watched. The 25 of the grid take three times as long. */
export const DEFAULTS: Settings = defaultsFor("ring");
