import { type Catalogue, catalogue } from "../catalogue.js";
import type { AllSettings } from "../settings.js";
import { clip } from "./clip.js";
import type { ConstraintEntry } from "./constraint.js";
import { gp, lp } from "./gradientPenalty.js";
import { none } from "./none.js";
import { orth } from "./orthogonal.js";
import { sn } from "./spectralNorm.js";
import { r1, r1r2 } from "./zeroCentred.js";

const own = [none, clip, gp, lp, sn, orth, r1, r1r2] as const;

/** Every Lipschitz constraint. */
export const constraints: Catalogue<ConstraintEntry> = catalogue("Lipschitz constraint", own);

/** The settings of all of them together. */
export type ConstraintSettings = AllSettings<typeof own>;
