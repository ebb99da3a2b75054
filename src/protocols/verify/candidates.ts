import { InputError } from "../../errors.js";
import {
  gradientPenalty,
  type LipschitzConstraint,
  noConstraint,
  oneSidedPenalty,
  orthogonalWeights,
  spectralNorm,
  weightClipping,
} from "../../lipschitz/index.js";
import { closest } from "../../nearest.js";
import { type Activation, coneCritic, mlp, type Network } from "../../networks/index.js";
import { adam, cosine, type Optimizer } from "../../optimizers/index.js";
import type { Rng } from "../../random.js";
import type { Extension } from "./exactCritic.js";

/** What a network may be made of. */
export interface NetworkSetting {
  readonly dimension: number;
  /** Samples of the first and of the second distribution, `[count, dimension]` flat, as a critic in a GAN sees them. */
  readonly drawReal: (rng: Rng, count: number) => Float32Array;
  readonly drawFake: (rng: Rng, count: number) => Float32Array;
}

/** A critic that is trained under the W-loss. */
export interface TrainedCandidate {
  readonly kind: "trained";
  /** Its name on the command line; one of the published table's rows where it is trained as published. */
  readonly name: string;
  readonly title: string;
  readonly network: (setting: NetworkSetting) => Network;
  readonly constraint: () => LipschitzConstraint;
  /** @param updates how many there will be, for a schedule */
  readonly optimizer: (updates: number) => Optimizer;
  /** Reals, and fakes, in a batch. */
  readonly batch: number;
  /** Updates, in tens. */
  readonly iterations: number;
}

/** A critic that exact optimal transport finds for one batch. */
export interface ExactCandidate {
  readonly kind: "exact";
  readonly name: string;
  readonly title: string;
  readonly extension: Extension;
}

/** A critic that `verify` can measure: one that is trained, or one whose form is exact. */
export type Candidate = TrainedCandidate | ExactCandidate;

/** As published: two hidden layers, batches of 1,024, Adam 2e-4 (0, 0.9). */
function asPublished(
  name: string,
  title: string,
  constraint: () => LipschitzConstraint,
  iterations: number,
  activation: Activation = "relu",
): TrainedCandidate {
  return {
    kind: "trained",
    name,
    title,
    network: ({ dimension }) => {
      const width = Math.max(2 * dimension, 128);
      return mlp({ input: dimension, output: 1, hidden: [width, width], activation });
    },
    constraint,
    optimizer: () => adam({ learningRate: 2e-4, beta1: 0, beta2: 0.9 }),
    batch: 1024,
    iterations,
  };
}

/** With the published constraints: wider and deeper, and a larger learning rate that falls to nothing. */
function wide(
  name: string,
  title: string,
  constraint: () => LipschitzConstraint,
  { learningRate, activation }: { readonly learningRate: number; readonly activation: Activation },
): TrainedCandidate {
  return {
    kind: "trained",
    name,
    title,
    network: ({ dimension }) => mlp({ input: dimension, output: 1, hidden: [256, 256, 256], activation }),
    constraint,
    optimizer: (updates) => falling(learningRate, updates),
    batch: 1024,
    iterations: 5_000,
  };
}

/** 1-Lipschitz by its form, with apexes that start at samples. */
function cones(name: string, title: string, envelope: "peaks" | "funnels"): TrainedCandidate {
  return {
    kind: "trained",
    name,
    title,
    network: ({ dimension, drawReal, drawFake }) =>
      coneCritic({ input: dimension, cones: 512, envelope, centres: envelope === "peaks" ? drawReal : drawFake }),
    constraint: noConstraint,
    optimizer: (updates) => falling(5e-3, updates),
    batch: 1024,
    iterations: 5_000,
  };
}

function falling(initial: number, updates: number): Optimizer {
  return adam({ learningRate: { initial, schedule: cosine({ over: updates }) }, beta1: 0, beta2: 0.9 });
}

/** Every critic that can be verified. To add one is to add an entry here. */
export const candidates: readonly Candidate[] = [
  asPublished("clip", "weights clipped to 0.04", () => weightClipping({ limit: 0.04 }), 5_000),
  asPublished("gp", "gradient penalty", gradientPenalty, 60_000),
  asPublished("lp", "one-sided penalty", oneSidedPenalty, 60_000),
  asPublished("sn", "spectral normalisation", spectralNorm, 10_000),
  asPublished("orth", "orthogonal, full sort", orthogonalWeights, 25_000, "fullsort"),
  asPublished("orth-maxmin", "orthogonal, MaxMin", orthogonalWeights, 25_000, "maxmin"),
  wide("lp-wide", "one-sided, 3 x 256", oneSidedPenalty, { learningRate: 1e-3, activation: "relu" }),
  wide("orth-wide", "orthogonal, 3 x 256", orthogonalWeights, { learningRate: 3e-3, activation: "maxmin" }),
  // The ground truth is itself a lower envelope of funnels; peaks are not of its form.
  cones("cones", "cones, funnels", "funnels"),
  cones("cones-peaks", "cones, peaks", "peaks"),
  { kind: "exact", name: "exact", title: "exact, from the reals", extension: "reals" },
  { kind: "exact", name: "exact-fakes", title: "exact, from the fakes", extension: "fakes" },
];

/** @throws InputError where there is none of that name, with the known ones and the nearest */
export function candidateByName(name: string): Candidate {
  const found = candidates.find((candidate) => candidate.name === name);
  if (found) return found;
  const names = candidates.map((candidate) => candidate.name);
  throw new InputError(
    `There is no critic called "${name}". Did you mean ${closest(name, names)}? Known critics: ${names.join(", ")}.`,
  );
}
