import type { DataName, Settings } from "./settings.js";

/** Points of the plane and images want different networks and other rates. */
export const isImages = (data: DataName): boolean => data === "mnist";

type OfKind = Omit<Settings, "data" | "left" | "right" | "seed">;

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
  criticSteps: 3,
  lambda: 0.3,
  clip: 0.1,
  generatorRate: 3e-3,
  criticRate: 3e-3,
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
  lambda: 10,
  clip: 0.01,
  generatorRate: 1e-3,
  criticRate: 1e-3,
};

/** Convolutions make better digits and take much longer: so narrow they are for patience, or for WebGPU. */
const CONVOLUTIONAL: Partial<OfKind> = {
  network: "dcgan",
  generatorWidth: 8,
  criticWidth: 8,
  generatorRate: 5e-4,
  criticRate: 5e-4,
};

/** What the page begins with for these data: BCE against the W-loss with a gradient penalty. */
export function defaultsFor(data: DataName, network: Settings["network"] = "mlp"): Settings {
  return {
    data,
    left: { loss: "bce", constraint: "none" },
    right: { loss: "wasserstein", constraint: "gp" },
    seed: 0,
    ...(isImages(data) ? IMAGES : POINTS),
    ...(network === "dcgan" && CONVOLUTIONAL),
  };
}

/** The ring: its few modes are captured, or lost, soon enough to be watched. The 25 of the grid take three times as long. */
export const DEFAULTS: Settings = defaultsFor("ring");
