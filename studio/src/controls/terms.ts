import { type Dictionary, text } from "../language/index.js";
import type { SideSettings } from "../settings/settings.js";
import type { Term } from "../tour/index.js";

export const LOSS_TERMS = {
  bce: "bce",
  "bce-ns": "nonSaturating",
  hinge: "hinge",
  ls: "leastSquares",
  wasserstein: "wasserstein",
} as const satisfies Readonly<Record<SideSettings["loss"], Term>>;

export const CONSTRAINT_TERMS = {
  none: "constraint",
  clip: "clip",
  gp: "penalty",
  lp: "oneSided",
  sn: "spectral",
} as const satisfies Readonly<Record<SideSettings["constraint"], Term>>;

/** What a side has, in words: "W-loss, gradient penalty". */
export function pairingTitle({ loss, constraint }: SideSettings, { glossary, controls }: Dictionary = text()): string {
  const name = glossary.terms[LOSS_TERMS[loss]].what;
  if (constraint === "none") return loss === "wasserstein" ? `${name}, ${controls.noConstraint}` : name;
  return `${name}, ${glossary.terms[CONSTRAINT_TERMS[constraint]].what}`;
}
