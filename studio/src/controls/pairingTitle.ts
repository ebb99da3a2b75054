import { constraints } from "../../../src/lipschitz/index.js";
import { losses } from "../../../src/losses/index.js";
import { wordsOf } from "../language/catalogues.js";
import { type Dictionary, text } from "../language/index.js";
import type { SideSettings } from "../settings/settings.js";

/** What a side has, in words: "W-loss, gradient penalty". */
export function pairingTitle(side: SideSettings, words: Dictionary = text()): string {
  const loss = losses.get(side.loss);
  const constraint = constraints.get(side.constraint);
  const name = wordsOf("losses", loss, words).what;
  const bare = constraint.slope === "free" && !loss.estimatesDistance;
  return bare ? name : `${name}, ${wordsOf("constraints", constraint, words).what}`;
}
