import { describe, expect, it } from "vitest";
import { add, leavesOf, lengthOf, mean, mul, reshape, square, type TensorData } from "../../src/engine/index.js";
import { Divergence } from "../../src/game/divergence.js";
import type { Term } from "../../src/game/game.js";
import type { PlayerName } from "../../src/game/state.js";
import { constraints, gradientPenalty, realAndFakePenalty } from "../../src/lipschitz/index.js";
import { losses } from "../../src/losses/index.js";
import { dense, dropout, minibatchDeviation, mlp, sequential } from "../../src/networks/index.js";
import { adam, sgd } from "../../src/optimizers/index.js";
import type { Position, TrainerOptions } from "../../src/training/trainer.js";
import "../allclose.js";
import { reached, small, tinyGame } from "../game/tinyGame.js";
import { ranksInMemory } from "../parallel/ranksInMemory.js";

/** Where each of several ranks stands after some iterations of the same training. */
function reachedTogether(
  size: number,
  iterations: number,
  options: TrainerOptions,
  { syncBatchNorm, from }: { readonly syncBatchNorm?: boolean; readonly from?: Position } = {},
): Promise<Position[]> {
  const together = ranksInMemory(size).map((rank) =>
    reached(iterations, { ...options, ranks: { ...rank, syncBatchNorm } }, from),
  );
  return Promise.all(together);
}

/** Expects ranks to stand where one process stands that trained alone, and all of them in the same bits. */
function expectSame(ranks: readonly Position[], alone: Position) {
  for (const position of ranks) expect(position).toEqual(ranks[0]);
  const { state, ...counted } = alone;
  expect(ranks[0]).toMatchObject(counted);
  const expected = leavesOf<TensorData>(state);
  for (const [i, [names, found]] of leavesOf<TensorData>(ranks[0]!.state).entries())
    expect(found, names.join(".")).toBeAllclose(expected[i]![1], { relative: 2e-5, absolute: 2e-6 });
}

async function expectExact(options: TrainerOptions, sizes = [2, 3], iterations = 2) {
  const alone = await reached(iterations, options);
  for (const size of sizes) expectSame(await reachedTogether(size, iterations, options), alone);
}

/** A batch that no number of ranks but 7 divides. */
const uneven = { batch: 7, criticSteps: 2 };
const optimizer = sgd({ learningRate: 0.05 });

describe("ranks that share each batch do what one process does alone", () => {
  it.each(losses.entries.map((loss) => [loss.name, loss] as const))("under the loss %s", (_, loss) =>
    expectExact(tinyGame(small, { ...uneven, loss })),
  );

  it.each(constraints.entries.map((entry) => [entry.name, entry] as const))("under the constraint %s", (_, entry) => {
    const all = { lambda: 10, gamma: 1, clip: 0.1, powerIterations: 1, penaltyShare: 1, penaltyEvery: 1 };
    const constraint = entry.make(
      entry.settings.parse(Object.fromEntries(Object.entries(all).filter(([name]) => name in entry.settings.shape))),
    );
    const critic = { network: small.critic, optimizer, constraint };
    return expectExact(tinyGame(small, { ...uneven, critic }));
  });

  it("with a penalty on a share of the batch, of which some ranks have nothing", () => {
    const constraint = realAndFakePenalty({ gamma: 1, penaltyShare: 0.3, penaltyEvery: 2 });
    return expectExact(
      tinyGame(small, { ...uneven, critic: { network: small.critic, optimizer, constraint } }),
      [2, 3, 7],
    );
  });

  it("in packs, with noise in the critic, terms of one's own, a moving average and Adam", () => {
    const pair = sequential(
      (x) => reshape(x, [lengthOf(x.shape, 0), 4]),
      ["hidden", dense(4, 8)],
      ["drop", dropout(8, 0.25)],
      ["out", dense(8, 1)],
    );
    const term = (player: PlayerName): Term => ({
      name: "size",
      player,
      of: ({ real, fake }) => mul(0.1, add(mean(square(fake.x)), mean(square(real.x)))),
    });
    const adams = adam({ learningRate: 1e-3, beta1: 0.5, beta2: 0.9 });
    return expectExact(
      tinyGame(small, {
        ...uneven,
        loss: losses.get("bce-ns"),
        generator: { network: small.generator, optimizer: adams, average: 0.9 },
        critic: { network: pair, optimizer: adams, constraint: gradientPenalty({ penaltyShare: 0.5 }) },
        pack: 2,
        terms: [term("generator"), term("critic")],
      }),
    );
  });

  it("where batch normalisation goes over all ranks", async () => {
    const generator = mlp({ input: 2, output: 2, hidden: [8, 8], normalisation: "batch" });
    const options = tinyGame({ generator, critic: small.critic }, uneven);
    const alone = await reached(2, options);
    expectSame(await reachedTogether(2, 2, options, { syncBatchNorm: true }), alone);
    expectSame(await reachedTogether(3, 2, options, { syncBatchNorm: true }), alone);
  });
});

describe("ranks", () => {
  it("normalise by their own rows otherwise, and agree on the running statistics", async () => {
    const generator = mlp({ input: 2, output: 2, hidden: [8], normalisation: "batch" });
    const options = tinyGame({ generator, critic: small.critic }, uneven);
    const [alone, ranks] = await Promise.all([reached(2, options), reachedTogether(2, 2, options)]);
    expect(ranks[1]).toEqual(ranks[0]);
    expect(() => expectSame(ranks, alone)).toThrow();
  });

  it("form groups of a minibatch deviation of their own rows", async () => {
    const critic = sequential(["hidden", dense(2, 8)], ["deviation", minibatchDeviation(2)], ["out", dense(9, 1)]);
    const options = tinyGame({ generator: small.generator, critic }, { critic: { network: critic, optimizer } });
    const ranks = await reachedTogether(2, 1, options);
    expect(ranks[1]).toEqual(ranks[0]);
  });

  it("go on from where another number of ranks stood", async () => {
    const options = tinyGame(small, uneven);
    const [first] = await reachedTogether(3, 1, options);
    expectSame(await reachedTogether(2, 1, options, { from: first! }), await reached(2, options));
  });

  it("sum one vector an update: its gradient, and with the last one what is reported of all", async () => {
    const lengths: number[] = [];
    const allReduce = async ({ length }: Float32Array) => void lengths.push(length);
    const position = await reached(1, tinyGame(small, { criticSteps: 2, ranks: { rank: 0, size: 1, allReduce } }));
    const { critic, generator } = position.state;
    // The loss, its two terms and the value of the game; the generator has one term and no value.
    const reported = 2 * 4 + 2;
    const [ofCritic, ofGenerator] = [critic.parameters.data.length, generator.parameters.data.length];
    expect(lengths).toEqual([ofCritic, ofCritic, ofGenerator + reported]);
  });

  it("all stop where one of them has a number that is not finite", async () => {
    const endings = ranksInMemory(2).map((ranks) => {
      const allReduce = async (numbers: Float32Array) => {
        if (ranks.rank === 1) numbers.fill(Number.NaN, 0, 1);
        await ranks.allReduce(numbers);
      };
      return reached(1, tinyGame(small, { ranks: { ...ranks, allReduce } }));
    });
    for (const ending of endings) await expect(ending).rejects.toThrow(Divergence);
  });

  it("must each have a sample", async () => {
    await expect(reachedTogether(9, 1, tinyGame(small))).rejects.toThrow(
      "A batch of 8 cannot be divided over 9 ranks: choose fewer ranks, or a larger batch.",
    );
  });
});
