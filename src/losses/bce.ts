import { add, mean, mul, neg, sigmoid, softplus, sub, type Tensor } from "../engine/index.js";
import type { LossEntry, Scores } from "./loss.js";

const EITHER = "bce (the minimax game) or bce-ns (its usual, non-saturating variant)";

/**
 * Binary cross-entropy in the long form, from logits l with d = sigmoid(l):
 *
 *     -mean over examples of  y log d + (1 - y) log(1 - d)
 *
 * Over n reals (y = 1) and n fakes (y = 0) it is half of the reduced form `bce.critic`, which takes a mean over each: there one of the
 * two terms vanishes in every example.
 *
 * @param labels 1 for real and 0 for fake, or anything between; broadcasts against `logits`
 * @param logits any shape
 * @returns a scalar, 0 or more
 */
export function binaryCrossEntropy(labels: Tensor, logits: Tensor): Tensor {
  return neg(mean(add(mul(labels, logSigmoid(logits)), mul(sub(1, labels), logOneMinusSigmoid(logits)))));
}

/**
 * Goodfellow et al. 2014 (arXiv:1406.2661), equation 1, with d = sigmoid of the logit:
 *
 *     min over G, max over d of  E log d(x) + E log(1 - d(G(z)))
 *
 * Both players have this one value. At the best d it is 2 JS(reals, fakes) - log 4 (theorem 1), in [-log 4, 0]. Where d is sure of a
 * fake, the generator's gradient d log(1 - d) / d logit = -d vanishes: it starves.
 */
export const bce: LossEntry = {
  name: "bce",
  title: "BCE, minimax",
  summary: "Binary cross-entropy as one game: the discriminator raises its value and the generator lowers it.",
  formula: String.raw`\mathbb{E}_x \log d(x) + \mathbb{E}_z \log\bigl(1 - d(G(z))\bigr)`,
  generatorFormula: String.raw`\mathbb{E}_z \log\bigl(1 - d(G(z))\bigr)`,
  minimax: true,
  source: "Goodfellow et al. 2014, arXiv:1406.2661, equation 1",
  aliases: { gan: EITHER, vanilla: EITHER, minimax: "bce" },
  stroke: { color: "#d55e00", dash: "solid" },
  mark: "circle",
  output: "probability",
  estimates: "At the best discriminator: 2 JS - log 4, with JS the Jensen-Shannon divergence between reals and fakes.",
  estimatesDistance: false,
  logarithms: true,
  referenceValue: "-log 4 = -1.386 when generated equals real; 0 when the supports are disjoint",
  references: { equal: -Math.log(4), disjoint: 0 },
  activate: sigmoid,
  critic: (scores) => neg(value(scores)),
  generator: ({ fake }) => logOneMinusSigmoid(fake),
  value,
};

/**
 * The same discriminator, with the non-saturating generator of Goodfellow et al. 2014 (section 3), which minimises -log d(G(z)): its
 * gradient d(-log d) / d logit = d - 1 stays near -1 where d is sure of a fake.
 */
export const bceNonSaturating: LossEntry = {
  ...bce,
  name: "bce-ns",
  title: "BCE, non-saturating",
  summary:
    "The same discriminator, with a generator that raises log d(G(z)), whose gradient does not vanish where d is sure of a fake.",
  generatorFormula: String.raw`-\mathbb{E}_z \log d(G(z))`,
  source: "Goodfellow et al. 2014, arXiv:1406.2661, section 3",
  aliases: { nsgan: "bce-ns", "non-saturating": "bce-ns" },
  stroke: { color: "#885b00", dash: "dash-dotted" },
  mark: "circle",
  generator: ({ fake }) => neg(logSigmoid(fake)),
};

function value({ real, fake }: Scores): Tensor {
  return add(mean(logSigmoid(real)), mean(logOneMinusSigmoid(fake)));
}

// The logarithm of a sigmoid that has rounded to 0 is -Infinity; -softplus(-x) is the same number and finite for every logit.
function logSigmoid(x: Tensor): Tensor {
  return neg(softplus(neg(x)));
}

function logOneMinusSigmoid(x: Tensor): Tensor {
  return neg(softplus(x));
}
