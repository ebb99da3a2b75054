import { constraints } from "../../../src/lipschitz/index.js";
import { bce, wasserstein } from "../../../src/losses/index.js";

/** The displayed formulas in TeX, without words, so that every language has the same; what each says in words is in the dictionaries, under the same names. */
export const FORMULAS = {
  game: String.raw`\min_G \, \max_d \;\; ${bce.formula}`,
  terms: String.raw`\underbrace{\mathbb{E}_x \log d(x)}_{1} \; + \; \underbrace{\mathbb{E}_z \log\bigl(1 - d(G(z))\bigr)}_{2}`,
  saturation: String.raw`\frac{\partial}{\partial \ell} \log(1 - d) = -d, \qquad d = \frac{1}{1 + e^{-\ell}}`,
  distance: String.raw`W_1 = \min_{\gamma} \; \mathbb{E}_{(x, y) \sim \gamma} \, | x - y |`,
  dual: String.raw`W_1 = \max_{\| c \|_L \le 1} \;\; ${wasserstein.formula}`,
  estimate: `${wasserstein.formula}`,
  debiased: String.raw`W_1(x, y) - \tfrac12 W_1(x, x') - \tfrac12 W_1(y, y'), \qquad y = G(z)`,
  settled: String.raw`\mathbb{E}_x \, c^*(x) - \mathbb{E}_z \, c^*(G(z))`,
  condition: String.raw`| c(x) - c(y) | \le | x - y | \quad \forall \, x, y`,
  penalty: `${constraints.get("gp").formula}`,
  feedback: String.raw`\frac{1}{n} \sum_{i=1}^{n} \left| \frac{\partial \, L_G(x_i)}{\partial x_i} \right|, \qquad x_i = G(z_i)`,
  slope: String.raw`| \nabla c(x) |`,
} as const;

export type FormulaName = keyof typeof FORMULAS;
