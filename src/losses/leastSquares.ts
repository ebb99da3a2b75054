import { add, mean, mul, square, sub, type Tensor } from "../engine/index.js";
import type { LossEntry, Scores } from "./loss.js";

/**
 * The least-squares loss of Mao et al. 2017 (arXiv:1611.04076), equation 9: a critic that regresses to 1 on reals and to 0 on fakes,
 * and a generator that wants 1,
 *
 *     V(c) = 1/2 E (c(x) - 1)^2 + 1/2 E c(G(z))^2,  minimised by the critic;  the generator minimises 1/2 E (c(G(z)) - 1)^2
 *
 * At the best c = p / (p + q), V = 1/4 - 1/8 times the triangular discrimination, the integral of (p - q)^2 / (p + q).
 */
export const leastSquares: LossEntry = {
  name: "ls",
  title: "Least squares",
  summary:
    "A critic that regresses to 1 on reals and to 0 on fakes, and a generator that wants 1: no sigmoid that could saturate.",
  formula: String.raw`\tfrac12 \mathbb{E}_x \bigl(c(x) - 1\bigr)^2 + \tfrac12 \mathbb{E}_z \, c(G(z))^2`,
  generatorFormula: String.raw`\tfrac12 \mathbb{E}_z \bigl(c(G(z)) - 1\bigr)^2`,
  source: "Mao et al. 2017, arXiv:1611.04076, equation 9",
  aliases: { lsgan: "ls", mse: "ls" },
  stroke: { color: "#a7389b", dash: "dash-dotted" },
  mark: "diamond",
  output: "score",
  estimates: "At the best critic: 1/4 - D/8, with D the triangular discrimination between reals and fakes.",
  estimatesDistance: false,
  logarithms: false,
  referenceValue: "1/4 when generated equals real; 0 when the supports are disjoint",
  references: { equal: 1 / 4, disjoint: 0 },
  activate: (raw) => raw,
  critic: squares,
  generator: ({ fake }) => mul(0.5, square(sub(fake, 1))),
  value: squares,
};

function squares({ real, fake }: Scores): Tensor {
  return mul(0.5, add(mean(square(sub(real, 1))), mean(square(fake))));
}
