export { bce, bceNonSaturating, binaryCrossEntropy } from "./bce.js";
export { losses } from "./catalogue.js";
export { hinge } from "./hinge.js";
export { leastSquares } from "./leastSquares.js";
export { type AdversarialLoss, defineLoss, type LossEntry, type Scores } from "./loss.js";
export { wasserstein } from "./wasserstein.js";
