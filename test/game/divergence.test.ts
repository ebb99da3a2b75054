import { describe, expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import { div, matmul, mean } from "../../src/engine/index.js";
import { InputError } from "../../src/errors.js";
import { createCriticAlone } from "../../src/game/criticAlone.js";
import { Divergence } from "../../src/game/divergence.js";
import { noConstraint, weightClipping } from "../../src/lipschitz/index.js";
import { type Scores, wasserstein } from "../../src/losses/index.js";
import { generateSamples } from "../../src/metrics/evaluate.js";
import { mlp, type Network } from "../../src/networks/index.js";
import { adam, sgd } from "../../src/optimizers/index.js";
import { criticParts, criticTrainer } from "../../src/protocols/verify/criticProgram.js";
import { createRng } from "../../src/random.js";
import { type RunSettings, resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { type TrainEvent, train } from "../../src/training/train.js";
import { createTrainer, type TrainerOptions } from "../../src/training/trainer.js";

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
    return { term: undefined, ...trainer.position() };
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    return { term: error.term, ...trainer.position() };
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
    expect(state.generator!.data.every(Number.isFinite)).toBe(true);
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
    const parts = {
      loss: steep,
      critic: line(1, 0),
      constraint: weightClipping(),
      criticOptimizer: sgd({ learningRate: 1 }),
    };
    expect((await ending(options({}, parts))).term).toBe("critic's gradient");
  });

  it("names the first update that went wrong, not what followed from it", async () => {
    const parts = { critic: line(1, 0), constraint: noConstraint(), criticOptimizer: sgd({ learningRate: 3e38 }) };
    const { term } = await ending(options({ criticSteps: 3, loss: "ls" }, parts));
    expect(term).toBe("critic loss");
  });

  it("stops at an evaluation whose samples overflow, and draws no samples from such a generator", async () => {
    const events: TrainEvent[] = [];
    const from = { ...options({ evaluateEvery: 1 }), generator: line(2, 3e38) };
    for await (const event of train(from)) events.push(event);
    const last = events.at(-1)!;
    if (last.type !== "diverged") throw new Error(`the run ended with "${last.type}"`);
    expect(last.message).toMatch(/^The generator's output was not finite at iteration 0: /);
    await expect(generateSamples(last.model, 100, createRng(0))).rejects.toThrow(InputError);
  });

  it("does not begin from weights that are not finite, new or old", async () => {
    const bad = options({}, { generator: line(2, Number.NaN) });
    await expect(createTrainer(bad)).rejects.toThrow(/numbers of "generator".* are not finite/);
    const { term: _, ...position } = await ending(options());
    const state = { ...position.state, "critic.v": { shape: [1], data: Float32Array.of(Infinity) } };
    await expect(createTrainer(options(), { ...position, state })).rejects.toThrow(
      /numbers of "critic.v" are not finite/,
    );
  });

  it("stops when it is of a critic alone", async () => {
    const parts = { ...options(), constraint: weightClipping(), criticOptimizer: adam({ learningRate: 1e-3 }) };
    const critic = await createCriticAlone(parts, createRng(0));
    const far = new Float32Array(32).fill(1e30);
    const update = critic.update(far, new Float32Array(32));
    await expect(update).rejects.toThrow(/^The tensor critic\.optimizer\.v\.\S+ was not finite at iteration 1: /);
    await critic.release();
    expect(critic.model().state.critic!.data.every(Number.isFinite)).toBe(true);
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
    const critic = criticParts(candidate, { dimension: 2, drawReal: none, drawFake: none }, 10, rng);
    const trainer = await criticTrainer(critic, 1);
    const pool = (real: number) => ({ real: new Float32Array(8).fill(real), fake: new Float32Array(8) });
    expect((await trainer.run(critic.first, pool(1), rng, 0)).finite).toBe(true);
    expect((await trainer.run(critic.first, pool(1e30), rng, 0)).finite).toBe(false);
    await trainer.release();
  });
});
