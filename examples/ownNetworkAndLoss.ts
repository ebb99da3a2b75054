/**
 * A network and a loss of one's own. A network is two functions, a loss is one object; neither is registered anywhere.
 *
 * The critic's layers are maxout (Goodfellow et al. 2013, arXiv:1302.4389): the larger of two linear maps, so that it is piecewise
 * linear and has no activation. Its loss is the W-loss with the drift term of Karras et al. 2018 (arXiv:1710.10196, appendix A.1).
 */
import { pathToFileURL } from "node:url";
import {
  type AdversarialLoss,
  adam,
  dense,
  type Evaluation,
  glorotUniform,
  gradientPenalty,
  mlp,
  type Network,
  ring,
  sequential,
  train,
  wasserstein,
} from "monge";
import { add, matmul, maximum, mean, mul, square } from "monge/engine";

/** max(x A + a, x B + b): `[n, inputs]` to `[n, outputs]`. */
function maxout(inputs: number, outputs: number): Network {
  const shape = [inputs, outputs];
  return {
    init(rng) {
      const weight = () => ({ shape, data: glorotUniform(rng, inputs * outputs, { in: inputs, out: outputs }) });
      const bias = () => ({ shape: [outputs], data: new Float32Array(outputs) });
      return { parameters: { A: weight(), a: bias(), B: weight(), b: bias() } };
    },
    apply: ({ A, a, B, b }, x) => maximum(matmul(x, A!, { addend: a! }), matmul(x, B!, { addend: b! })),
  };
}

/**
 * The W-loss is the same for a critic c and for c + 1000, so scores may drift away. This one pulls those of reals towards 0:
 * the critic minimises E c(G(z)) - E c(x) + 0.001 E c(x)^2. What the game's value estimates stays the same.
 */
const wassersteinWithDrift: AdversarialLoss = {
  ...wasserstein,
  title: "W-loss with drift",
  critic: (scores) => add(wasserstein.critic(scores), mul(0.001, mean(square(scores.real)))),
};

/** @returns the last evaluation */
export async function main(iterations = 500): Promise<Evaluation> {
  const data = ring();
  const optimizer = adam({ learningRate: 1e-3, beta1: 0.5, beta2: 0.9 });
  const run = train({
    data,
    loss: wassersteinWithDrift,
    generator: { network: mlp({ input: 2, output: data.fields.sample.shape, hidden: [64, 64] }), optimizer },
    critic: {
      network: sequential(["first", maxout(2, 64)], ["second", maxout(64, 64)], ["score", dense(64, 1)]),
      optimizer,
      constraint: gradientPenalty({ lambda: 1 }),
    },
    latent: 2,
    batch: 128,
    criticSteps: 5,
    iterations,
    seed: 0,
    evaluateEvery: iterations,
  });

  let last: Evaluation | undefined;
  for await (const event of run) {
    if (event.type === "start") console.log(`critic: ${event.parameters.critic} parameters`);
    if (event.type === "diverged") throw new Error(event.message);
    if (event.type !== "evaluation") continue;
    last = event.evaluation;
    const { iteration, figures } = last;
    const [low, high] = [figures.realScoreRange].flat();
    console.log(
      `iteration ${iteration}: EMD ${figures.emd}, ${figures.modesCaptured} of 8 modes, scores of reals from ${low} to ${high}`,
    );
  }
  return last!;
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) await main();
