import { add, mean, neg, relu, sub, type Tensor } from "../engine/index.js";
import type { LossEntry, Scores } from "./loss.js";

/**
 * The hinge loss of Lim and Ye 2017 (Geometric GAN, arXiv:1705.02894), in the form of Miyato et al. 2018 (arXiv:1802.05957, equations
 * 16 and 17):
 *
 *     V(c) = E min(0, -1 + c(x)) + E min(0, -1 - c(G(z))),  maximised by the critic;  the generator minimises -E c(G(z))
 *
 * At the best c, which is 1 where reals are denser and -1 where fakes are, V = 2 TV - 2 with TV half the integral of |p - q|. Samples on
 * the right side of the margin teach the critic nothing more.
 */
export const hinge: LossEntry = {
  name: "hinge",
  title: "Hinge",
  summary: "A critic that pushes reals above 1 and fakes below -1, and learns nothing more from those that are there.",
  formula: String.raw`\mathbb{E}_x \min\bigl(0, c(x) - 1\bigr) + \mathbb{E}_z \min\bigl(0, -1 - c(G(z))\bigr)`,
  generatorFormula: String.raw`-\mathbb{E}_z \, c(G(z))`,
  source: "Lim and Ye 2017, arXiv:1705.02894; Miyato et al. 2018, arXiv:1802.05957, equations 16 and 17",
  aliases: { sngan: "hinge+sn" },
  stroke: { color: "#f16194", dash: "dash-dotted" },
  mark: "triangle",
  output: "score",
  estimates: "At the best critic: 2 TV - 2, with TV the total variation distance between reals and fakes.",
  estimatesDistance: false,
  logarithms: false,
  referenceValue: "-2 when generated equals real; 0 when the supports are disjoint",
  references: { equal: -2, disjoint: 0 },
  activate: (raw) => raw,
  critic: margins,
  generator: ({ fake }) => neg(fake),
  value: (scores) => neg(margins(scores)),
};

function margins({ real, fake }: Scores): Tensor {
  return add(mean(relu(sub(1, real))), mean(relu(add(1, fake))));
}
