/** The displayed formulas in TeX, without words, so that every language has the same; what each says in words is in the dictionaries, under the same names. */
export const FORMULAS = {
  game: String.raw`\min_G \, \max_d \;\; \mathbb{E}_x \log d(x) + \mathbb{E}_z \log\bigl(1 - d(G(z))\bigr)`,
  terms: String.raw`\underbrace{\mathbb{E}_x \log d(x)}_{1} \; + \; \underbrace{\mathbb{E}_z \log\bigl(1 - d(G(z))\bigr)}_{2}`,
  saturation: String.raw`\frac{\partial}{\partial \ell} \log(1 - d) = -d, \qquad d = \frac{1}{1 + e^{-\ell}}`,
  distance: String.raw`W_1 = \min_{\gamma} \; \mathbb{E}_{(x, y) \sim \gamma} \, | x - y |`,
  dual: String.raw`W_1 = \max_{\| c \|_L \le 1} \;\; \mathbb{E}_x \, c(x) - \mathbb{E}_z \, c(G(z))`,
  estimate: String.raw`\mathbb{E}_x \, c(x) - \mathbb{E}_z \, c(G(z))`,
  debiased: String.raw`W_1(x, y) - \tfrac12 W_1(x, x') - \tfrac12 W_1(y, y'), \qquad y = G(z)`,
  settled: String.raw`\mathbb{E}_x \, c^*(x) - \mathbb{E}_z \, c^*(G(z))`,
  condition: String.raw`| c(x) - c(y) | \le | x - y | \quad \forall \, x, y`,
  penalty: String.raw`\begin{gathered} \lambda \, \mathbb{E}_{\hat x} \bigl( | \nabla c(\hat x) | - 1 \bigr)^2 \\ \hat x = \epsilon x + (1 - \epsilon) \, G(z), \quad \epsilon \sim U[0, 1] \end{gathered}`,
  oneSided: String.raw`\lambda \, \mathbb{E}_{\hat x} \, \max\bigl( 0, | \nabla c(\hat x) | - 1 \bigr)^2`,
  clipping: String.raw`w \leftarrow \min\bigl( \max(w, -k), k \bigr)`,
  spectral: String.raw`W \leftarrow W / \sigma(W)`,
  feedback: String.raw`\frac{1}{n} \sum_{i=1}^{n} \left| \frac{\partial \, L_G(x_i)}{\partial x_i} \right|, \qquad x_i = G(z_i)`,
  slope: String.raw`| \nabla c(x) |`,
  nonSaturating: String.raw`\min_G \; -\mathbb{E}_z \log d(G(z))`,
  leastSquares: String.raw`\min_c \;\; \tfrac12 \mathbb{E}_x \bigl( c(x) - 1 \bigr)^2 + \tfrac12 \mathbb{E}_z \, c(G(z))^2`,
  hinge: String.raw`\min_c \;\; \mathbb{E}_x \max\bigl(0, 1 - c(x)\bigr) + \mathbb{E}_z \max\bigl(0, 1 + c(G(z))\bigr)`,
} as const;

export type FormulaName = keyof typeof FORMULAS;
