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

/**
 * The pairing of a short name in `pairings`, or of LOSS+CONSTRAINT with the names in `losses` and `constraints` ("bce+gp").
 * @throws InputError where there is none, with the known names and the nearest
 */
export function pairingByName(name: string): Pairing {
  if (Object.hasOwn(pairings, name)) {
    const { loss, constraint } = pairings[name as keyof typeof pairings];
    return pairing(loss, constraint);
  }
  const [loss, constraint, ...rest] = name.split("+");
  const known = constraint !== undefined && rest.length === 0;
  if (known && lossNames.some((one) => one === loss) && constraintNames.includes(constraint)) {
    return pairing(loss as LossName, constraint as ConstraintName);
  }
  const all = [
    ...Object.keys(pairings),
    ...lossNames.flatMap((one) => constraintNames.map((other) => `${one}+${other}`)),
  ];
  throw new InputError(
    `There is no loss called "${name}". Did you mean ${closest(name, all)}? Known losses: ${Object.keys(pairings).join(", ")}; ` +
      `or LOSS+CONSTRAINT with one of ${lossNames.join(", ")} and one of ${constraintNames.join(", ")}.`,
  );
}

function pairing(loss: LossName, constraint: ConstraintName): Pairing {
  return { loss: lossByName(loss), constraint, makeConstraint: constraints[constraint] };
}
