export { constraints } from "./catalogue.js";
export { type ClipOptions, weightClipping } from "./clip.js";
export {
  type ConstraintEntry,
  defineConstraint,
  type LipschitzConstraint,
  type PenaltyInputs,
} from "./constraint.js";
export { gradientPenalty, oneSidedPenalty, type PenaltyOptions } from "./gradientPenalty.js";
export { noConstraint } from "./none.js";
export { orthogonalWeights } from "./orthogonal.js";
export { type SpectralNormOptions, spectralNorm } from "./spectralNorm.js";
export { realAndFakePenalty, realPenalty, type ZeroCentredOptions } from "./zeroCentred.js";
