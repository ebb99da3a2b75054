import { type ClipOptions, weightClipping } from "./clip.js";
import type { ConstraintName, LipschitzConstraint } from "./constraint.js";
import { gradientPenalty, oneSidedPenalty, type PenaltyOptions } from "./gradientPenalty.js";
import { noConstraint } from "./none.js";
import { orthogonalWeights } from "./orthogonal.js";
import { type SpectralNormOptions, spectralNorm } from "./spectralNorm.js";

export { type ClipOptions, weightClipping } from "./clip.js";
export type { ConstraintName, LipschitzConstraint, PenaltyInputs } from "./constraint.js";
export { gradientPenalty, oneSidedPenalty, type PenaltyOptions } from "./gradientPenalty.js";
export { noConstraint } from "./none.js";
export { orthogonalWeights } from "./orthogonal.js";
export { type SpectralNormOptions, spectralNorm } from "./spectralNorm.js";

/** The settings of all constraints together; each takes its own. */
export type ConstraintOptions = ClipOptions & PenaltyOptions & SpectralNormOptions;

/** Every constraint, by name, as a function of its settings. */
export const constraints: Readonly<Record<ConstraintName, (options?: ConstraintOptions) => LipschitzConstraint>> = {
  none: noConstraint,
  clip: weightClipping,
  gp: gradientPenalty,
  lp: oneSidedPenalty,
  sn: spectralNorm,
  orth: orthogonalWeights,
};
