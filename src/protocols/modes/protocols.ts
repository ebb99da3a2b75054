import type { RunSettings } from "../../runs/config.js";

/** Settings that every trial gets. */
export type TrialSettings = Omit<Partial<RunSettings>, "data" | "loss" | "seed">;

/** How mode coverage is measured on one data set, whose name the protocol has. */
export interface Protocol {
  readonly title: string;
  readonly modes: number;
  /** Generated samples that are judged. */
  readonly samples: number;
  readonly trials: number;
  /** Pairings that are trained unless others are asked for. */
  readonly losses: readonly string[];
  /** What differs from the usual settings for such data. */
  readonly settings: TrialSettings;
  /** What a look in about a minute takes instead. */
  readonly quick: Pick<Protocol, "samples" | "trials" | "losses"> & { readonly settings: TrialSettings };
}

const POINTS = {
  samples: 2500,
  trials: 10,
  losses: ["bce", "bce-ns", "w-gp"],
  settings: { settle: 0 },
  quick: { samples: 2500, trials: 2, losses: ["bce-ns", "w-gp"], settings: { iterations: 400, settle: 0 } },
} as const;

/**
 * The protocols of VEEGAN (Srivastava et al. 2017, arXiv:1705.07761) and PacGAN (Lin et al. 2018, arXiv:1712.04086). Points: 2,500
 * samples, of high quality within 3 deviations of the nearest mode, a mode captured by one such sample, 10 trials. Stacked MNIST:
 * 26,000 samples and a classifier for each channel; a trial of it is long, so one is the default here.
 */
export const protocols = {
  ring: { title: "8 Gaussians on a ring", modes: 8, ...POINTS },
  grid: { title: "25 Gaussians on a grid", modes: 25, ...POINTS },
  "stacked-mnist": {
    title: "Stacked MNIST",
    modes: 1000,
    samples: 26_000,
    trials: 1,
    losses: ["w-gp"],
    settings: { features: "none" },
    quick: { samples: 2600, trials: 1, losses: ["w-gp"], settings: { iterations: 20, evaluateEvery: 10 } },
  },
} as const satisfies Readonly<Record<string, Protocol>>;

export type ProtocolName = keyof typeof protocols;
export const protocolNames = Object.keys(protocols) as ProtocolName[];
