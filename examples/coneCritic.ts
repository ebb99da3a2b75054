/**
 * The W-loss without a penalty: a critic that is 1-Lipschitz by its form, the upper envelope of 256 cones (McShane 1934).
 *
 * Its slope is 1 whatever its parameters are: on no two sets of samples does its estimate exceed their Earth mover's distance.
 */
import { pathToFileURL } from "node:url";
import { adam, coneCritic, cosineDecay, type Evaluation, mlp, ring, train, wasserstein } from "monge";

const LATENT = 2;
const CRITIC_STEPS = 5;

/** @returns what was measured at each row of the printed table */
export async function main(iterations = 2000): Promise<readonly Evaluation[]> {
  const data = ring();
  const { shape } = data.fields.sample;
  const optimizer = (updates: number, initial: number) =>
    adam({ learningRate: { initial, schedule: cosineDecay({ over: updates }) }, beta1: 0.5, beta2: 0.9 });

  const run = train({
    data,
    loss: wasserstein,
    generator: {
      network: mlp({ input: LATENT, output: shape, hidden: [128, 128, 128] }),
      optimizer: optimizer(iterations, 1e-3),
    },
    critic: {
      network: coneCritic({ input: shape, cones: 256, centres: (rng, n) => data.batch(rng, n).sample }),
      // Apexes have to keep up with the samples that they follow: the critic learns ten times as fast.
      optimizer: optimizer(iterations * CRITIC_STEPS, 1e-2),
    },
    latent: LATENT,
    batch: 256,
    criticSteps: CRITIC_STEPS,
    iterations,
    seed: 0,
    evaluateEvery: Math.ceil(iterations / 10),
  });

  const history: Evaluation[] = [];
  console.log("iteration  estimate  exact EMD  modes of 8  high quality  largest slope");
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
  const { wassersteinEstimate, emd, modesCaptured, highQualityShare, slopeMax } = figures;
  return [
    String(iteration).padStart(9),
    Number(wassersteinEstimate).toFixed(3).padStart(8),
    Number(emd).toFixed(3).padStart(9),
    String(modesCaptured).padStart(10),
    `${(100 * Number(highQualityShare)).toFixed(1)} %`.padStart(12),
    Number(slopeMax).toFixed(4).padStart(13),
  ].join("  ");
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) await main();
