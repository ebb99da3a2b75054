import { describe, expect, it } from "vitest";
import { leavesOf, slice, type Tensor, type TensorData } from "../../src/engine/index.js";
import { InputError } from "../../src/errors.js";
import { gradientPenalty, realAndFakePenalty } from "../../src/lipschitz/index.js";
import { createTrainer, type Position, type TrainerOptions } from "../../src/training/trainer.js";
import "../allclose.js";
import { dropping, reached, small, tinyGame } from "../game/tinyGame.js";

/** A game whose critic has the penalty of one in so many updates. */
function game(penaltyEvery: number, { lambda = 10, ...more }: Partial<TrainerOptions> & { lambda?: number } = {}) {
  const options = tinyGame(small, more);
  return { ...options, critic: { ...options.critic, constraint: gradientPenalty({ lambda, penaltyEvery }) } };
}

/** One critic update from a position, with the game of one iteration of `criticSteps` 1. */
const one = (from: Position, options: TrainerOptions) => reached(1, { ...options, criticSteps: 1 }, from);

describe("a penalty in one of k critic updates", () => {
  it("is bit-identical to one in each where k is 1", async () => {
    const usual = tinyGame(small);
    expect(await reached(3, game(1))).toEqual(
      await reached(3, { ...usual, critic: { ...usual.critic, constraint: gradientPenalty() } }),
    );
  });

  it("has k times its weight in the first of k, and none in the others", async () => {
    let position = await reached(0, game(3, { criticSteps: 1 }));
    for (let update = 0; update < 7; update++) {
      const lambda = update % 3 === 0 ? 30 : 0;
      const next = await one(position, game(3));
      const expected = await one(position, game(1, { lambda }));
      for (const player of ["critic", "generator"] as const) {
        const { parameters } = expected.state[player];
        expect(next.state[player].parameters, `${player} ${update}`).toBeAllclose(parameters, { relative: 1e-6 });
      }
      // The weight makes a difference that this would show.
      const without = await one(position, game(1, { lambda: lambda === 0 ? 30 : 0 }));
      expect(next.state.critic.parameters).not.toBeAllclose(without.state.critic.parameters, { relative: 1e-6 });
      position = next;
    }
  });

  it.each([
    [2, 3],
    [4, 3],
    [3, 2],
    [5, 1],
  ])("of k = %i goes over iterations of %i updates, and gives what single updates give", async (every, criticSteps) => {
    const whole = await reached(5, game(every, { criticSteps }));
    expect(whole.criticUpdates).toBe(5 * criticSteps);
    const stopped = await reached(3, game(every, { criticSteps }), await reached(2, game(every, { criticSteps })));
    expect(stopped).toEqual(whole);
  });

  it("counts the critic's updates alone too", async () => {
    const alone = async (every: number, updates: number) => {
      const trainer = await createTrainer(game(every));
      try {
        for (let i = 0; i < updates; i++) await trainer.updateCritic();
        await trainer.iterate();
        return await trainer.snapshot();
      } finally {
        await trainer.release();
      }
    };
    // After one update alone, the two of the iteration are the second and the third: of k = 3 none has the penalty.
    const { state, criticUpdates } = await alone(3, 1);
    expect(criticUpdates).toBe(3);
    expect(state).not.toEqual((await alone(1, 1)).state);
  });

  it("gives the same in stages between which ranks sum, to rounding", async () => {
    const seen: number[] = [];
    const allReduce = async ({ length }: Float32Array) => void seen.push(length);
    const whole = await reached(3, game(2, { criticSteps: 3 }));
    const pieces = await reached(3, game(2, { criticSteps: 3, ranks: { rank: 0, size: 1, allReduce } }));
    expect(seen).toHaveLength(12);
    const expected = leavesOf<TensorData>(whole.state);
    for (const [i, [names, found]] of leavesOf<TensorData>(pieces.state).entries())
      expect(found, names.join(".")).toBeAllclose(expected[i]![1], { relative: 1e-5, absolute: 1e-7 });
  });

  it("is a whole number from 1", () => {
    for (const penaltyEvery of [0, 1.5, -2, Number.NaN])
      expect(() => gradientPenalty({ penaltyEvery }), String(penaltyEvery)).toThrow(InputError);
  });
});

describe("a penalty on a share of the batch", () => {
  const withConstraint = (constraint: TrainerOptions["critic"]["constraint"], critic = small.critic) => {
    const options = tinyGame({ ...small, critic });
    return { ...options, critic: { ...options.critic, constraint } };
  };
  const first = (x: Tensor, count: number) => slice(x, [0, 0], [count, x.shape[1]!]);

  it.each([
    ["a gradient penalty", gradientPenalty],
    ["R1 and R2", realAndFakePenalty],
  ])("is that of the batch's first samples: %s", async (_, constraintOf) => {
    // Of a batch of 8.
    for (const [penaltyShare, count] of [
      [0.5, 4],
      [0.3, 2],
      [1e-3, 1],
      [1, 8],
    ] as const) {
      const whole = constraintOf();
      const ofFirst = {
        ...whole,
        penalty: (on: Parameters<NonNullable<typeof whole.penalty>>[0]) =>
          whole.penalty!({
            ...on,
            real: first(on.real, count),
            fake: first(on.fake, count),
            epsilon: first(on.epsilon, count),
          }),
      };
      const found = await reached(2, withConstraint(constraintOf({ penaltyShare })));
      const expected = await reached(2, withConstraint(ofFirst));
      expect(found.state.critic.parameters).toBeAllclose(expected.state.critic.parameters, { relative: 1e-6 });
      if (count < 8) {
        const ofAll = await reached(2, withConstraint(whole));
        expect(found.state.critic.parameters).not.toBeAllclose(ofAll.state.critic.parameters, { relative: 1e-6 });
      }
    }
  });

  it("gives a critic that asks for noise that of the same samples", async () => {
    const { state } = await reached(2, withConstraint(gradientPenalty({ penaltyShare: 0.25 }), dropping));
    expect(state.critic.parameters.data.every(Number.isFinite)).toBe(true);
  });

  it("is above 0 and at most 1", () => {
    for (const penaltyShare of [0, -0.5, 1.1, Number.NaN])
      expect(() => gradientPenalty({ penaltyShare }), String(penaltyShare)).toThrow(InputError);
  });
});
