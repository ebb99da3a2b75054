import { mean, neg, sub } from "../engine/index.js";
import type { LossEntry } from "./loss.js";

const ONE_OF_THEM = "w-gp (with a gradient penalty) or another of the W-losses";

/**
 * Arjovsky, Chintala and Bottou 2017 (arXiv:1701.07875), equations 2 and 3, the dual of Kantorovich and Rubinstein:
 *
 *     min over G, max over 1-Lipschitz c of  E c(x) - E c(G(z))
 *
 * At the best c the value is the Earth mover's distance W1 between reals and fakes, in the units of the samples. No logarithm and no
 * sigmoid: a score is any real number, and its gradient does not fade where real and fake lie far apart. Without a Lipschitz
 * constraint the value has no upper bound.
 */
export const wasserstein: LossEntry = {
  name: "wasserstein",
  title: "W-loss",
  summary:
    "The difference between the critic's mean scores of reals and of fakes: the Earth mover's distance, at the best 1-Lipschitz critic.",
  formula: String.raw`\mathbb{E}_x \, c(x) - \mathbb{E}_z \, c(G(z))`,
  generatorFormula: String.raw`-\mathbb{E}_z \, c(G(z))`,
  minimax: true,
  source: "Arjovsky, Chintala and Bottou 2017, arXiv:1701.07875, equations 2 and 3",
  prefix: "w",
  mark: "square",
  aliases: {
    wgan: "w-clip (weight clipping, as in the WGAN paper) or w-gp (its successor, with a gradient penalty)",
    wasserstein: ONE_OF_THEM,
    w: ONE_OF_THEM,
  },
  output: "score",
  estimates: "At the best 1-Lipschitz critic: the Earth mover's distance between reals and fakes, in training units.",
  estimatesDistance: true,
  logarithms: false,
  referenceValue: "0 when generated equals real; else how far the mass must move on average",
  activate: (raw) => raw,
  critic: ({ real, fake }) => sub(mean(fake), mean(real)),
  generator: ({ fake }) => neg(fake),
  value: ({ real, fake }) => sub(mean(real), mean(fake)),
};
