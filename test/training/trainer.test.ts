import { describe, expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import { type Held, leavesOf } from "../../src/engine/index.js";
import { Divergence } from "../../src/game/divergence.js";
import { type RunSettings, resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { train } from "../../src/training/train.js";
import { createTrainer, type Trainer } from "../../src/training/trainer.js";

const data = grid();

function options(settings: Partial<RunSettings> = {}) {
  const tiny = { width: 8, depth: 1, batch: 16, criticSteps: 2, iterations: 6, evaluateEvery: 0, checkpointEvery: 0 };
  const config = resolveConfig({ data: "grid", loss: "w-gp", schedule: "constant", ...tiny, ...settings }, data);
  return { ...trainOptions(config, data), threads: 1 };
}

/** Where a trainer stands after so many more iterations; it is released. */
async function positionAfter(iterations: number, trainer: Trainer) {
  for (let i = 0; i < iterations; i++) await trainer.iterate();
  await trainer.release();
  return await trainer.snapshot();
}

describe("a trainer", () => {
  it("comes by iterations to the bits that train() comes to", async () => {
    const { state } = await positionAfter(6, await createTrainer(options()));
    for await (const event of train(options())) if (event.type === "end") expect(event.progress.state).toEqual(state);
    expect.assertions(1);
  });

  it("goes on from a position to the same bits", async () => {
    const half = await positionAfter(3, await createTrainer(options()));
    expect(half.criticUpdates).toBe(6);
    expect(await positionAfter(3, await createTrainer(options(), half))).toEqual(
      await positionAfter(6, await createTrainer(options())),
    );
  });

  it("gives snapshots that stay as they are, and frees what it came from", async () => {
    const trainer = await createTrainer(options());
    await trainer.iterate();
    const { state } = trainer;
    const { state: kept } = await trainer.snapshot();
    const before = structuredClone(kept);
    await trainer.iterate();
    expect(kept).toEqual(before);
    expect(leavesOf<Held>(state).map(([, held]) => "data" in held && held.data.length)).toContain(0);
    await trainer.release();
  });

  it("updates the critic alone, and counts it", async () => {
    const trainer = await createTrainer(options());
    const before = await trainer.snapshot();
    const losses = await trainer.updateCritic();
    const { state, iteration, criticUpdates } = await trainer.snapshot();
    await trainer.release();
    expect([iteration, criticUpdates]).toEqual([0, 1]);
    expect(state.generator).toEqual(before.state.generator);
    expect(state.critic).not.toEqual(before.state.critic);
    expect(Number.isFinite(losses.criticLoss) && Number.isFinite(losses.value)).toBe(true);
  });

  it("updates the generator alone, and counts it", async () => {
    const trainer = await createTrainer(options());
    const before = await trainer.snapshot();
    const { generatorLoss } = await trainer.updateGenerator();
    const { state, iteration, criticUpdates } = await trainer.snapshot();
    await trainer.release();
    expect([iteration, criticUpdates]).toEqual([1, 0]);
    expect(state.critic).toEqual(before.state.critic);
    expect(state.generator).not.toEqual(before.state.generator);
    expect(generatorLoss).toBeTypeOf("number");
    expect(generatorLoss).not.toBeNaN();
  });

  it.each<[string, Partial<RunSettings>]>([
    ["batch", { batch: 32 }],
    ["critic steps", { criticSteps: 4 }],
    ["lambda", { lambda: 5 }],
    ["learning rate", { learningRate: 1e-5 }],
  ])("goes on with another %s as a trainer that was made with it", async (_, settings) => {
    const half = await positionAfter(3, await createTrainer(options()));
    const begun = options();
    const trainer = await createTrainer(begun, half);
    const { constraint } = ("lambda" in settings ? options(settings) : begun).critic;
    const other = options(settings);
    await trainer.change({ ...other, critic: { ...other.critic, constraint } });
    const changed = await positionAfter(3, trainer);
    expect(changed).toEqual(await positionAfter(3, await createTrainer(options(settings), half)));
    expect(changed.state).not.toEqual((await positionAfter(3, await createTrainer(options(), half))).state);
  });

  it("keeps the state from before an update whose loss is not finite", async () => {
    const trainer = await createTrainer(options({ loss: "w-none", optimizer: "sgd", learningRate: 1e20 }));
    const error = await positionAfter(50, trainer).catch((thrown: unknown) => thrown);
    await trainer.release();
    expect(error).toBeInstanceOf(Divergence);
    const { iteration, state } = await trainer.snapshot();
    expect((error as Divergence).iteration).toBe(iteration + 1);
    expect([...state.critic.parameters.data, ...state.generator.parameters.data].every(Number.isFinite)).toBe(true);
  });
});
