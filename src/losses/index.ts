import { closest } from "fastest-levenshtein";
import { InputError } from "../errors.js";
import { bce, bceNonSaturating } from "./bce.js";
import { hinge } from "./hinge.js";
import { leastSquares } from "./leastSquares.js";
import type { KnownLoss } from "./loss.js";
import { wasserstein } from "./wasserstein.js";

export { bce, bceNonSaturating, binaryCrossEntropy } from "./bce.js";
export { hinge } from "./hinge.js";
export { leastSquares } from "./leastSquares.js";
export type { AdversarialLoss, KnownLoss, LossName, Scores } from "./loss.js";
export { wasserstein } from "./wasserstein.js";

/** Every adversarial loss. */
export const losses: readonly KnownLoss[] = [bce, bceNonSaturating, hinge, leastSquares, wasserstein];

/**
 * The loss of a name.
 * @throws InputError where there is none
 */
export function lossByName(name: string): KnownLoss {
  const found = losses.find((loss) => loss.name === name);
  if (found) return found;
  const names = losses.map((loss) => loss.name);
  throw new InputError(
    `There is no loss called "${name}". Did you mean ${closest(name, names)}? Known losses: ${names.join(", ")}.`,
  );
}
