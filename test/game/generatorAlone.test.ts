import { describe, expect, it } from "vitest";
import { at } from "../../src/engine/at.js";
import { compile, mapTree, type TensorData } from "../../src/engine/index.js";
import { drawInputs, type StepInputs, type StepSize } from "../../src/game/inputs.js";
import { startGame } from "../../src/game/start.js";
import type { State } from "../../src/game/state.js";
import { buildStep, stepArguments } from "../../src/game/step.js";
import { relativistic, wasserstein } from "../../src/losses/index.js";
import { createRng } from "../../src/random.js";
import { gameOf } from "../../src/training/trainer.js";
import { dropping, small, tinyGame } from "./tinyGame.js";

const BATCH = 8;
const WHOLE: StepSize = { batch: BATCH, criticSteps: 2, withGenerator: true };
const ALONE: StepSize = { ...WHOLE, criticSteps: 0 };

/** The last row of a stack, by itself. */
function lastRow({ shape: [rows = 0, ...rest], data }: TensorData): TensorData {
  return { shape: [1, ...rest], data: data.slice((data.length / rows) * (rows - 1)) };
}

describe("a step of the generator alone", () => {
  it.each([
    ["the W-loss", { ...small, loss: wasserstein }],
    ["a loss that looks at the reals", { ...small, loss: relativistic }],
    ["a critic that asks for noise", { ...small, critic: dropping, loss: wasserstein }],
  ])("is the generator's update of a whole step, under %s", async (_, { generator, critic, loss }) => {
    const options = tinyGame({ generator, critic }, { loss });
    const game = gameOf(options);
    const { state, layout } = startGame(game, createRng(1));
    const step = async (size: StepSize, from: State<TensorData>, inputs: StepInputs<TensorData>) => {
      const program = await compile(buildStep(game, layout, size), stepArguments(game, from, size), { threads: 1 });
      const results = await program.run({ state: from, ...inputs });
      await program.release();
      return results;
    };
    const inputs = drawInputs(game, WHOLE, options.data, createRng(2), { critic: 0, generator: 0 });
    const whole = await step(WHOLE, state, inputs);
    const own = mapTree(inputs, (stack: TensorData) => lastRow(stack)) as StepInputs<TensorData>;
    const alone = await step(ALONE, { ...whole.next, generator: state.generator }, own);
    expect(alone.critic).toBeUndefined();
    expect(alone.generator!.loss.data[0]).toBeCloseTo(at(Array.from(whole.generator!.loss.data), 0), 5);
    expect(alone.next.critic).toEqual(whole.next.critic);
    const [left, right] = [alone, whole].map(({ next }) => Array.from(next.generator.parameters.data));
    expect(left).not.toEqual(Array.from(state.generator.parameters.data));
    for (const [i, value] of left!.entries()) expect(value).toBeCloseTo(right![i]!, 6);
  });
});
