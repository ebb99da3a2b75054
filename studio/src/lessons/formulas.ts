import { constraints } from "../../../src/lipschitz/index.js";
import { bce, wasserstein } from "../../../src/losses/index.js";

/** The displayed formulas in TeX, without words, so that every language has the same; what each says in words is in the dictionaries, under the same names. */
export const FORMULAS = {
  game: String.raw`\min_G \, \max_d \;\; ${bce.formula}`,
  bceLong: String.raw`-\bigl[\, y \log h(x) + (1 - y) \log\bigl(1 - h(x)\bigr) \,\bigr]`,
  bceParts: String.raw`\begin{cases} -\log h(x) & y = 1 \\ -\log\bigl(1 - h(x)\bigr) & y = 0 \end{cases}`,
  bce: `${bce.formula}`,
  wGame: String.raw`\min_G \, \max_c \;\; ${wasserstein.formula}`,
  sigmoid: String.raw`d(x) = \frac{1}{1 + e^{-(w \cdot a(x) + b)}} \in (0, 1)`,
  linear: String.raw`c(x) = w \cdot a(x) + b \in \mathbb{R}`,
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
