import { InputError } from "../errors.js";
import { type ConstraintEntry, constraints } from "../lipschitz/index.js";
import { type LossEntry, losses } from "../losses/index.js";
import { closest } from "../nearest.js";
import { networks } from "../networks/index.js";

/** A loss and the way its critic is held 1-Lipschitz. */
export interface Pairing {
  /** The name that it goes by in configurations and results: a short name, or LOSS+CONSTRAINT, in lower case. */
  readonly name: string;
  /** What the catalogue knows of the loss. */
  readonly loss: LossEntry;
  /** What the catalogue knows of the constraint. */
  readonly constraint: ConstraintEntry;
}

/**
 * The short names of the usual pairings: the name of a loss alone where it needs no constraint, and PREFIX-CONSTRAINT where it does ("w-gp"),
 * with each constraint but penalties that are no Lipschitz condition. Any other is written LOSS+CONSTRAINT, such as "bce+gp".
 */
export function pairingNames(): readonly string[] {
  return usualPairings().map(({ name }) => name);
}

/**
 * The pairing of a short name, or of LOSS+CONSTRAINT with the names in `losses` and `constraints`. Capital letters count as small ones.
 * @throws InputError where there is none, with the known names and the nearest, or what the literature means by the name
 */
export function pairingByName(text: string): Pairing {
  const name = text.toLowerCase();
  const found = find(name);
  if (found) return found;
  const all = [
    ...pairingNames(),
    ...losses.names.flatMap((one) => constraints.names.map((other) => `${one}+${other}`)),
  ];
  throw new InputError(
    `There is no loss called "${text}". Did you mean ${meantBy(name) ?? closest(name, all)}? Known losses: ${pairingNames().join(", ")}; ` +
      `or LOSS+CONSTRAINT with one of ${losses.names.join(", ")} and one of ${constraints.names.join(", ")}.`,
  );
}

/** Whether there is a pairing of that name. */
export function isPairing(name: string): boolean {
  return find(name.toLowerCase()) !== undefined;
}

/** The name of a pairing: its short one where it has one. */
export function pairingName(loss: string, constraint: string): string {
  const usual = usualPairings().find((pairing) => pairing.loss.name === loss && pairing.constraint.name === constraint);
  return usual?.name ?? `${loss}+${constraint}`;
}

function find(name: string): Pairing | undefined {
  const usual = usualPairings().find((pairing) => pairing.name.toLowerCase() === name);
  const [lossName, constraintName, ...rest] = name.split("+");
  const loss = losses.entries.find((entry) => entry.name.toLowerCase() === lossName);
  const constraint = constraints.entries.find((entry) => entry.name.toLowerCase() === constraintName);
  if (usual || rest.length > 0 || !loss || !constraint) return usual;
  return { name: `${loss.name}+${constraint.name}`, loss, constraint };
}

function usualPairings(): readonly Pairing[] {
  const unconstrained = constraints.get("none");
  return losses.entries.flatMap((loss) =>
    loss.prefix === undefined
      ? { name: loss.name, loss, constraint: unconstrained }
      : constraints.entries
          .filter((constraint) => !isForOtherLosses(constraint))
          .map((constraint) => ({ name: `${loss.prefix}-${constraint.name}`, loss, constraint })),
  );
}

/** Whether a constraint costs a penalty and leaves the slope free all the same: nothing for a loss that needs the Lipschitz condition. */
function isForOtherLosses({ isPenalty, slope }: ConstraintEntry): boolean {
  return isPenalty && slope === "free";
}

/** What to write for a name of the literature. */
function meantBy(name: string): string | undefined {
  const bare = name.replaceAll(/[-_ ]/g, "");
  const aliases = [losses, constraints, networks].flatMap(({ entries }) => entries.map((entry) => entry.aliases ?? {}));
  return [name, bare].flatMap((one) => aliases.flatMap((known) => (Object.hasOwn(known, one) ? known[one] : [])))[0];
}
