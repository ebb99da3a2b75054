import { add, mean, neg, relu, sub, type Tensor } from "../engine/index.js";
import type { KnownLoss, Scores } from "./loss.js";

/**
 * The hinge loss of Lim and Ye 2017 (Geometric GAN, arXiv:1705.02894), in the form of Miyato et al. 2018 (arXiv:1802.05957, equations
 * 16 and 17):
 *
 *     V(c) = E min(0, -1 + c(x)) + E min(0, -1 - c(G(z))),  maximised by the critic;  the generator minimises -E c(G(z))
 *
 * At the best c, which is 1 where reals are denser and -1 where fakes are, V = 2 TV - 2 with TV half the integral of |p - q|. Samples on
 * the right side of the margin teach the critic nothing more.
 */
export const hinge: KnownLoss = {
  name: "hinge",
  title: "Hinge",
  output: "score",
  estimates: "At the best critic: 2 TV - 2, with TV the total variation distance between reals and fakes.",
  logarithms: false,
  referenceValue: "-2 when generated equals real; 0 when the supports are disjoint",
  activate: (raw) => raw,
  critic: margins,
  generator: ({ fake }) => neg(fake),
  value: (scores) => neg(margins(scores)),
};

function margins({ real, fake }: Scores): Tensor {
  return add(mean(relu(sub(1, real))), mean(relu(add(1, fake))));
}
