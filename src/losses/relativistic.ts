import { concat, lengthOf, mean, neg, slice, softplus, sub, type Tensor } from "../engine/index.js";
import type { LossEntry } from "./loss.js";

/**
 * The relativistic pairing loss of Jolicoeur-Martineau 2019 (arXiv:1807.00734, equations 8 and 9), with f the logarithm of the sigmoid, as
 * Huang et al. 2024 use it (R3GAN, arXiv:2501.05441, equation 2):
 *
 *     max over c, min over G of  E log sigmoid(c(x) - c(G(z)))
 *
 * The critic is not asked whether a sample is real, but by how much a real one is more so than a fake. Only differences of its outputs
 * count, so that it cannot be sure of all fakes at once, and the generator's gradient depends on the reals too. At equal distributions the
 * best value is -log 2; it is 0 where the critic tells every real from every fake.
 *
 * Each real is paired with the fake of the same place in its batch; the shorter batch starts again from its beginning.
 */
export const relativistic: LossEntry = {
  name: "rp",
  title: "Relativistic pairing",
  summary:
    "A critic that says by how much a real is more real than a fake, so that only differences of its outputs count.",
  formula: String.raw`\mathbb{E}_{x, z} \log \sigma\bigl(c(x) - c(G(z))\bigr)`,
  generatorFormula: String.raw`-\mathbb{E}_{x, z} \log \sigma\bigl(c(G(z)) - c(x)\bigr)`,
  source:
    "Jolicoeur-Martineau 2019, arXiv:1807.00734, equations 8 and 9; Huang et al. 2024, arXiv:2501.05441, equation 2",
  aliases: { rpgan: "rp", rgan: "rp", r3gan: "rp+r1r2", relativistic: "rp" },
  stroke: { color: "#7a35f0", dash: "long-dashed" },
  output: "score",
  estimates:
    "At the best critic: a divergence between reals and fakes, less log 2 (Jolicoeur-Martineau 2020, arXiv:1901.02474, theorem 3.1).",
  estimatesDistance: false,
  logarithms: true,
  referenceValue: "-log 2 = -0.693 when generated equals real; 0 when the supports are disjoint",
  references: { equal: -Math.log(2), disjoint: 0 },
  activate: (raw) => raw,
  critic: ({ real, fake }) => mean(softplus(sub(...paired(fake, real)))),
  generator: ({ real, fake }) => softplus(sub(repeated(real, lengthOf(fake.shape, 0)), fake)),
  value: ({ real, fake }) => neg(mean(softplus(sub(...paired(fake, real))))),
};

/** Two batches, the shorter one repeated until it is as long as the other. */
function paired(a: Tensor, b: Tensor): [Tensor, Tensor] {
  const n = Math.max(lengthOf(a.shape, 0), lengthOf(b.shape, 0));
  return [repeated(a, n), repeated(b, n)];
}

/** The first `n` of a batch that starts again from its beginning where it ends. */
function repeated(x: Tensor, n: number): Tensor {
  const times = Math.ceil(n / lengthOf(x.shape, 0));
  const [, ...rest] = x.shape;
  const all = concat(Array<Tensor>(times).fill(x), 0);
  return slice(all, [0, ...rest.map(() => 0)], [n, ...rest]);
}
