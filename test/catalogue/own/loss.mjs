import { losses, wasserstein } from "monge";
import { add, mean, mul, square } from "monge/engine";

/** Karras et al. 2018 (arXiv:1710.10196, appendix A.1). */
losses.add({
  ...wasserstein,
  name: "own-loss",
  title: "W-loss with drift",
  prefix: undefined,
  aliases: undefined,
  summary: "Keeps the scores of reals from drifting away.",
  formula: String.raw`\mathbb{E}_x \, c(x) - \mathbb{E}_z \, c(G(z))`,
  critic: (scores) => add(wasserstein.critic(scores), mul(0.001, mean(square(scores.real)))),
});
