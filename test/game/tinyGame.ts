import { grid } from "../../src/data/points.js";
import { gradientPenalty } from "../../src/lipschitz/index.js";
import { wasserstein } from "../../src/losses/index.js";
import { dense, dropout, mlp, type Network, sequential } from "../../src/networks/index.js";
import { sgd } from "../../src/optimizers/index.js";
import { createTrainer, type Position, type TrainerOptions } from "../../src/training/trainer.js";

/** Small networks for points of the plane. */
export const small = {
  generator: mlp({ input: 2, output: 2, hidden: [8] }),
  critic: mlp({ input: 2, output: 1, hidden: [8] }),
};

/** A critic that asks for noise. */
export const dropping: Network = sequential(["hidden", dense(2, 8)], ["drop", dropout(8, 0.25)], ["out", dense(8, 1)]);

/** A small game of two networks. */
export function tinyGame(
  { generator, critic }: { readonly generator: Network; readonly critic: Network },
  more: Partial<TrainerOptions> = {},
): TrainerOptions {
  const optimizer = sgd({ learningRate: 1e-2 });
  return {
    data: grid(),
    loss: wasserstein,
    generator: { network: generator, optimizer },
    critic: { network: critic, optimizer, constraint: gradientPenalty() },
    ...{ latent: 2, batch: 8, criticSteps: 2, seed: 0, threads: 1 },
    ...more,
  };
}

/** Where a game stands after some iterations, from its start or from a position. */
export async function reached(iterations: number, options: TrainerOptions, from?: Position): Promise<Position> {
  const trainer = await createTrainer(options, from);
  try {
    for (let i = 0; i < iterations; i++) await trainer.iterate();
    return await trainer.snapshot();
  } finally {
    await trainer.release();
  }
}
