import { describe, expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import { div, matmul, mean } from "../../src/engine/index.js";
import { InputError } from "../../src/errors.js";
import { trainCriticAlone } from "../../src/game/alone.js";
import { Divergence } from "../../src/game/divergence.js";
import { generateSamples } from "../../src/game/sampling.js";
import { noConstraint, weightClipping } from "../../src/lipschitz/index.js";
import { type Scores, wasserstein } from "../../src/losses/index.js";
import { mlp, type Network } from "../../src/networks/index.js";
import { adam, sgd } from "../../src/optimizers/index.js";
import { criticGame, criticTrainer } from "../../src/protocols/verify/criticProgram.js";
import { createRng, type Rng } from "../../src/random.js";
import { type RunSettings, resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { type TrainEvent, train } from "../../src/training/train.js";
import { createTrainer, gameOf, type TrainerOptions } from "../../src/training/trainer.js";

const data = grid();

function options(settings: Partial<RunSettings> = {}, more: Partial<TrainerOptions> = {}) {
  const tiny = { width: 8, depth: 1, batch: 16, criticSteps: 2, iterations: 6, evaluateEvery: 0, checkpointEvery: 0 };
  const config = resolveConfig({ data: "grid", loss: "w-gp", schedule: "constant", ...tiny, ...settings }, data);
  return { ...trainOptions(config, data), threads: 1, ...more };
}

/** A linear map of two numbers to `outputs` with all weights `w`. */
const line = (outputs: number, w: number): Network => ({
  init: () => ({ parameters: { w: { shape: [2, outputs], data: new Float32Array(2 * outputs).fill(w) } } }),
  apply: ({ w }, x) => matmul(x, w!),
});

/** How a trainer's iterations end, and the state that it is left with. */
async function ending(from: TrainerOptions, iterations = 1) {
  const trainer = await createTrainer(from);
  try {
    for (let i = 0; i < iterations; i++) await trainer.iterate();
    return { term: undefined, ...(await trainer.snapshot()) };
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    return { term: error.term, ...(await trainer.snapshot()) };
  } finally {
    await trainer.release();
  }
}

describe("training that comes to numbers that are not finite", () => {
  it("stops where only the generator's weights are, and names the tensor", async () => {
    const wild = { loss: "w-clip", clip: 10, optimizer: "sgd", learningRate: 3e38, criticSteps: 1 } as const;
    const { term, iteration, state } = await ending(options(wild));
    expect(term).toBe("tensor generator.dense1.weight");
    expect(iteration).toBe(0);
    expect(state.generator.parameters.data.every(Number.isFinite)).toBe(true);
  });

  it("calls the opponent by its name under the loss", async () => {
    const far = { ...data, batch: (rng: Rng, n: number) => ({ sample: data.batch(rng, n).sample.fill(3e38) }) };
    expect((await ending(options({ loss: "bce" }, { data: far }))).term).toMatch(/^discriminator/);
    expect((await ending(options({ loss: "w-none" }, { data: far }))).term).toMatch(/^critic/);
  });

  it("stops where Adam's second moments overflow, after which those weights would never move again", async () => {
    const { term } = await ending(options({ learningRate: 100, depth: 5, width: 32 }));
    expect(term).toMatch(/^tensor (critic|generator)\.optimizer\.v\./);
  });

  it("stops at a gradient that clipping would hide", async () => {
    // The loss of weights 0 is 0, and its slope 1e60.
    const steep = {
      ...wasserstein,
      critic: ({ real }: Scores) => div(div(mean(real), 1e-30), 1e-30),
    };
    const critic = { network: line(1, 0), constraint: weightClipping(), optimizer: sgd({ learningRate: 1 }) };
    const parts = { loss: steep, critic };
    expect((await ending(options({}, parts))).term).toBe("critic's gradient");
  });

  it("names the first update that went wrong, not what followed from it", async () => {
    const critic = { network: line(1, 0), constraint: noConstraint(), optimizer: sgd({ learningRate: 3e38 }) };
    const { term } = await ending(options({ criticSteps: 3, loss: "ls" }, { critic }));
    expect(term).toBe("critic loss");
  });

  it("stops at an evaluation whose samples overflow, and draws no samples from such a generator", async () => {
    const events: TrainEvent[] = [];
    const begun = options({ evaluateEvery: 1 });
    const from = { ...begun, generator: { ...begun.generator, network: line(2, 3e38) } };
    for await (const event of train(from)) events.push(event);
    const last = events.at(-1)!;
    if (last.type !== "diverged") throw new Error(`the run ended with "${last.type}"`);
    expect(last.message).toMatch(/^The generator's output was not finite at iteration 0: /);
    await expect(generateSamples(last.model, 100, createRng(0))).rejects.toThrow(InputError);
  });

  it("does not begin from weights that are not finite, new or old", async () => {
    const { generator } = options();
    const bad = options({}, { generator: { ...generator, network: line(2, Number.NaN) } });
    await expect(createTrainer(bad)).rejects.toThrow(/numbers of "w".* are not finite/);
    const { term: _, ...position } = await ending(options());
    const slots = { ...position.state.critic.slots, v: { shape: [1], data: Float32Array.of(Infinity) } };
    const state = { ...position.state, critic: { ...position.state.critic, slots } };
    await expect(createTrainer(options(), { ...position, state })).rejects.toThrow(
      /numbers of "critic.slots.v" are not finite/,
    );
  });

  it("stops when it is of a critic alone", async () => {
    const { network } = options().critic;
    const player = { network, constraint: weightClipping(), optimizer: adam({ learningRate: 1e-3 }) };
    const critic = await trainCriticAlone(gameOf(options({}, { critic: player })), createRng(0), { batch: 16 });
    const points = (value: number) => ({ x: { shape: [1, 16, 2], data: new Float32Array(32).fill(value) } });
    const epsilon = { shape: [1, 16, 1], data: new Float32Array(16) };
    const update = critic.update({ real: points(1e30), fake: points(0), epsilon });
    await expect(update).rejects.toThrow(/^The tensor critic\.optimizer\.v\.\S+ was not finite at iteration 1: /);
    await critic.release();
    expect(critic.state().parameters.data.every(Number.isFinite)).toBe(true);
  });

  it("stops when it is of a critic that is verified", async () => {
    const candidate = {
      kind: "trained" as const,
      name: "test",
      title: "test",
      batch: 4,
      iterations: 10,
      optimizer: () => adam({ learningRate: 1e-3 }),
      network: () => mlp({ input: 2, output: 1, hidden: [4] }),
      constraint: () => weightClipping(),
    };
    const none = () => new Float32Array();
    const rng = createRng(0);
    const game = criticGame(candidate, { dimension: 2, drawReal: none, drawFake: none }, 10);
    const trainer = await criticTrainer(game, rng, { batch: 4, threads: 1 });
    const pool = (real: number) => ({ real: new Float32Array(8).fill(real), fake: new Float32Array(8) });
    await trainer.train(pool(1), rng);
    const before = trainer.state();
    await expect(trainer.train(pool(1e30), rng)).rejects.toThrow(Divergence);
    expect(trainer.state()).toBe(before);
    await trainer.release();
  });
});
