import { constraints } from "../../../src/lipschitz/index.js";
import { losses } from "../../../src/losses/index.js";
import { opponentOf } from "../settings/opponent.js";
import type { SideSettings } from "../settings/settings.js";

/** The game of a side in TeX: the value that both pull at, or what each of them pulls at where the generator has a loss of its own. */
export function gameTex({ loss, constraint }: SideSettings): string {
  const { formula = "", generatorFormula = "", minimax } = losses.get(loss);
  if (!minimax) return String.raw`\begin{gathered} V = ${formula} \\ L_G = ${generatorFormula} \end{gathered}`;
  const held = constraints.get(constraint).slope === "one";
  const opponent = opponentOf({ loss }) === "discriminator" ? "d" : "c";
  return String.raw`\min_G \, \max_{${held ? String.raw`\| ${opponent} \|_L \le 1` : opponent}} \; ${formula}`;
}
