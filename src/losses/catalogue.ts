import { type Catalogue, catalogue } from "../catalogue.js";
import { bce, bceNonSaturating } from "./bce.js";
import { hinge } from "./hinge.js";
import { leastSquares } from "./leastSquares.js";
import type { LossEntry } from "./loss.js";
import { relativistic } from "./relativistic.js";
import { wasserstein } from "./wasserstein.js";

export { bce, bceNonSaturating, hinge, leastSquares, relativistic, wasserstein };

/** Every adversarial loss. */
export const losses: Catalogue<LossEntry> = catalogue("loss", [
  bce,
  bceNonSaturating,
  hinge,
  leastSquares,
  relativistic,
  wasserstein,
]);
