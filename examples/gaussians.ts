/**
 * WGAN-GP on 25 Gaussians, every part by hand: the toy experiment of Gulrajani et al. 2017 (arXiv:1704.00028, section 5.1).
 *
 * Watch the estimate against the exact Earth mover's distance: the critic's number tells how far the generator is from the data.
 */
import { pathToFileURL } from "node:url";
import { adam, cosineDecay, type Evaluation, gradientPenalty, grid, mlp, train, wasserstein } from "monge";

const LATENT = 2;
const CRITIC_STEPS = 5;
const HIDDEN = [128, 128, 128];

/** @returns what was measured at each row of the printed table */
export async function main(iterations = 1000): Promise<readonly Evaluation[]> {
  const data = grid();
  const { shape } = data.fields.sample;
  const optimizer = (updates: number) =>
    adam({ learningRate: { initial: 2e-3, schedule: cosineDecay({ over: updates }) }, beta1: 0.5, beta2: 0.9 });

  const run = train({
    data,
    loss: wasserstein,
    generator: {
      network: mlp({ input: LATENT, output: shape, hidden: HIDDEN }),
      optimizer: optimizer(iterations),
    },
    critic: {
      network: mlp({ input: shape, output: 1, hidden: HIDDEN }),
      optimizer: optimizer(iterations * CRITIC_STEPS),
      constraint: gradientPenalty({ lambda: 1 }),
    },
    latent: LATENT,
    batch: 256,
    criticSteps: CRITIC_STEPS,
    iterations,
    seed: 0,
    evaluateEvery: Math.ceil(iterations / 10),
  });

  const history: Evaluation[] = [];
  console.log("iteration  estimate  exact EMD  modes of 25  high quality  slope");
  for await (const event of run) {
    if (event.type === "diverged") throw new Error(event.message);
    if (event.type !== "evaluation") continue;
    const { evaluation } = event;
    history.push(evaluation);
    console.log(row(evaluation));
  }
  return history;
}

function row({ iteration, figures }: Evaluation): string {
  const { wassersteinEstimate, emd, modesCaptured, highQualityShare, slopeMean } = figures;
  return [
    String(iteration).padStart(9),
    Number(wassersteinEstimate).toFixed(3).padStart(8),
    Number(emd).toFixed(3).padStart(9),
    String(modesCaptured).padStart(11),
    `${(100 * Number(highQualityShare)).toFixed(1)} %`.padStart(12),
    Number(slopeMean).toFixed(2).padStart(5),
  ].join("  ");
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) await main();
