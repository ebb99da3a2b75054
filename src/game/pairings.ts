import { closest } from "fastest-levenshtein";
import { InputError } from "../errors.js";
import {
  type ConstraintName,
  type ConstraintOptions,
  constraints,
  type LipschitzConstraint,
} from "../lipschitz/index.js";
import { type KnownLoss, type LossName, lossByName, losses } from "../losses/index.js";

/** A loss and the way its critic is held 1-Lipschitz. */
export interface Pairing {
  /** The name that it goes by in configurations and results: a short name in `pairings`, or LOSS+CONSTRAINT, in lower case. */
  readonly name: string;
  readonly loss: KnownLoss;
  readonly constraint: ConstraintName;
  /**
   * The constraint with settings; those of other constraints are ignored.
   * @throws InputError where a setting is out of range
   */
  readonly makeConstraint: (options?: ConstraintOptions) => LipschitzConstraint;
}

/** The short names of the usual pairings. Any other is written LOSS+CONSTRAINT, such as "hinge+sn". */
export const pairings = {
  bce: { loss: "bce", constraint: "none" },
  "bce-ns": { loss: "bce-ns", constraint: "none" },
  hinge: { loss: "hinge", constraint: "none" },
  ls: { loss: "ls", constraint: "none" },
  "w-none": { loss: "wasserstein", constraint: "none" },
  "w-clip": { loss: "wasserstein", constraint: "clip" },
  "w-gp": { loss: "wasserstein", constraint: "gp" },
  "w-lp": { loss: "wasserstein", constraint: "lp" },
  "w-sn": { loss: "wasserstein", constraint: "sn" },
  "w-orth": { loss: "wasserstein", constraint: "orth" },
} as const satisfies Readonly<Record<string, { readonly loss: LossName; readonly constraint: ConstraintName }>>;

const lossNames = losses.map(({ name }) => name);
const constraintNames = Object.keys(constraints);

/** What the literature calls things, and what to write here. */
const LITERATURE: Readonly<Record<string, string>> = {
  gan: "bce (the minimax game) or bce-ns (its usual, non-saturating variant)",
  vanilla: "bce (the minimax game) or bce-ns (its usual, non-saturating variant)",
  minimax: "bce",
  nsgan: "bce-ns",
  "non-saturating": "bce-ns",
  lsgan: "ls",
  mse: "ls",
  wgan: "w-clip (weight clipping, as in the WGAN paper) or w-gp (its successor, with a gradient penalty)",
  wasserstein: "w-gp (with a gradient penalty) or another of the W-losses",
  w: "w-gp (with a gradient penalty) or another of the W-losses",
  wgangp: "w-gp",
  wganlp: "w-lp",
  sngan: "hinge+sn",
  dcgan: "bce-ns with the network dcgan (--network dcgan)",
};

/**
 * The pairing of a short name in `pairings`, or of LOSS+CONSTRAINT with the names in `losses` and `constraints` ("bce+gp"). Capital
 * letters count as small ones.
 * @throws InputError where there is none, with the known names and the nearest, or what the literature means by the name
 */
export function pairingByName(text: string): Pairing {
  const name = text.toLowerCase();
  if (Object.hasOwn(pairings, name)) {
    const { loss, constraint } = pairings[name as keyof typeof pairings];
    return pairing(name, loss, constraint);
  }
  const [loss, constraint, ...rest] = name.split("+");
  const known = constraint !== undefined && rest.length === 0;
  if (known && lossNames.some((one) => one === loss) && constraintNames.includes(constraint)) {
    return pairing(name, loss as LossName, constraint as ConstraintName);
  }
  const all = [
    ...Object.keys(pairings),
    ...lossNames.flatMap((one) => constraintNames.map((other) => `${one}+${other}`)),
  ];
  const key = [name, name.replaceAll(/[-_ ]/g, "")].find((one) => Object.hasOwn(LITERATURE, one));
  throw new InputError(
    `There is no loss called "${text}". Did you mean ${key ? LITERATURE[key] : closest(name, all)}? Known losses: ${Object.keys(pairings).join(", ")}; ` +
      `or LOSS+CONSTRAINT with one of ${lossNames.join(", ")} and one of ${constraintNames.join(", ")}.`,
  );
}

function pairing(name: string, loss: LossName, constraint: ConstraintName): Pairing {
  return { name, loss: lossByName(loss), constraint, makeConstraint: constraints[constraint] };
}
