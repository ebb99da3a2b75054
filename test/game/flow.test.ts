import { describe, expect, it } from "vitest";
import { compile, mapTree, type TensorData } from "../../src/engine/index.js";
import { flowOf } from "../../src/game/flow.js";
import { type StepSize, scalarTable } from "../../src/game/inputs.js";
import { descentOf, probeOf } from "../../src/game/judging.js";
import { startGame } from "../../src/game/start.js";
import { buildStep, stepArguments } from "../../src/game/step.js";
import { constraints } from "../../src/lipschitz/index.js";
import { losses } from "../../src/losses/index.js";
import { createRng } from "../../src/random.js";
import { gameOf } from "../../src/training/trainer.js";
import { small, tinyGame } from "./tinyGame.js";

const N = 8;
/** Of the small game's optimizers. */
const RATE = 1e-2;

/** What flows in a small game as it begins, and its parts. */
async function flow(loss: string, constraint = "none") {
  const options = tinyGame(small, {
    loss: losses.get(loss),
    batch: N,
    critic: { ...tinyGame(small).critic, constraint: constraints.get(constraint).make({}) },
  });
  const game = gameOf(options);
  const model = { game, ...startGame(game, createRng(3)) };
  const rng = createRng(4);
  const of = (width: number, data: Float32Array) => ({ shape: [N, width], data });
  const inputs = {
    latent: of(2, rng.normals(2 * N)),
    real: of(2, options.data.batch(rng, N).sample),
    epsilon: of(1, rng.uniforms(N)),
  };
  const program = await flowOf(model, N);
  const results = await program.run(model.state, inputs);
  await program.release();
  return { model, inputs, results };
}

describe("what flows in an update", () => {
  it.each(losses.names)("has under %s the losses and the feedback that evaluations measure", async (name) => {
    const { model, inputs, results } = await flow(name);
    const fakes = { shape: [N, 2], data: results.fakes };
    const [probe, descent] = [await probeOf(model, N), await descentOf(model, N)];
    const { criticLoss, generatorLoss, value, fakeAnswers, realAnswers, feedback } = await measured();
    const told = (await descent.run(model.state, { x: fakes, real: inputs.real })).descent;
    await Promise.all([probe.release(), descent.release()]);
    expect(results.criticLoss[0]).toBeCloseTo(criticLoss, 5);
    expect(results.generatorLoss[0]).toBeCloseTo(generatorLoss, 5);
    expect(results.value[0]).toBeCloseTo(value, 5);
    expect([...results.fakeAnswers]).toEqual(fakeAnswers.map((answer) => expect.closeTo(answer, 5)));
    expect([...results.realAnswers]).toEqual(realAnswers.map((answer) => expect.closeTo(answer, 5)));
    expect([...results.descent]).toEqual([...told].map((one) => expect.closeTo(one, 5)));
    const norms = feedback.map((_, i) => Math.hypot(results.descent[2 * i]!, results.descent[2 * i + 1]!));
    expect(norms).toEqual(feedback.map((one) => expect.closeTo(one, 5)));

    async function measured() {
      const { criticLoss, generatorLoss, value, ...each } = await probe.run(model.state, {
        real: { x: inputs.real },
        fake: { x: fakes },
        epsilon: inputs.epsilon,
      });
      const listed = { fakeAnswers: each.fakeScores, realAnswers: each.realScores, feedback: each.feedback };
      const lists = Object.fromEntries(Object.entries(listed).map(([key, list]) => [key, Array.from(list)]));
      return {
        ...(lists as Record<keyof typeof listed, number[]>),
        criticLoss: criticLoss[0]!,
        generatorLoss: generatorLoss[0]!,
        value: value[0]!,
      };
    }
  });

  it("pushes each answer by 1 under the W-loss, and by what the sigmoid leaves under BCE", async () => {
    const { results: w } = await flow("wasserstein");
    expect([...w.criticPush, ...w.generatorPush]).toEqual(Array(3 * N).fill(expect.closeTo(1, 6)));
    const { results } = await flow("bce");
    const close = (values: Iterable<number>) => Array.from(values, (value) => expect.closeTo(value, 5));
    expect([...results.generatorPush]).toEqual(close(results.fakeAnswers));
    const ofReals = results.realAnswers.map((answer) => 1 - answer);
    expect([...results.criticPush]).toEqual(close([...ofReals, ...results.fakeAnswers]));
  });

  it("has a penalty in the critic's loss where its constraint takes one", async () => {
    const { results: free } = await flow("wasserstein");
    const { results } = await flow("wasserstein", "gp");
    expect(free.penalty[0]).toBe(0);
    expect(results.penalty[0]).toBeGreaterThan(0);
    expect(results.criticLoss[0]! - results.penalty[0]!).toBeCloseTo(free.criticLoss[0]!, 5);
  });

  it.each([
    ["critic", { criticSteps: 1, withGenerator: false }],
    ["generator", { criticSteps: 0, withGenerator: true }],
  ] as const)("has the gradient along which the %s's weights move in an update on that batch", async (player, does) => {
    const { model, inputs, results } = await flow("wasserstein", "gp");
    const { game, layout, state } = model;
    const size: StepSize = { batch: N, ...does };
    const stacked = mapTree(inputs, ({ shape, data }: TensorData) => ({ shape: [1, ...shape], data }));
    const scalars = { critic: scalarTable(game.critic, 0, 1), generator: scalarTable(game.generator, 0, 1) };
    const program = await compile(buildStep(game, layout, size), stepArguments(game, state, size));
    const noise = { generator: {}, critic: {} };
    const { next } = await program.run({ state, ...stacked, noise, scalars });
    await program.release();
    const moved = next[player].parameters.data.map((weight, i) => weight - state[player].parameters.data[i]!);
    expect(results[`${player}Weights`][0]).toBeCloseTo(Math.hypot(...moved) / RATE, 2);
  });
});
