import { expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import { compile, type Device, type Held, leavesOf, readHeld, releaseHeld } from "../../src/engine/index.js";
import { drawInputs, type StepSize } from "../../src/game/inputs.js";
import { startGame } from "../../src/game/start.js";
import type { State } from "../../src/game/state.js";
import { buildStep, stepArguments } from "../../src/game/step.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { gameOf } from "../../src/training/trainer.js";
import "../allclose.js";
import { describeOnWebgpu } from "../engine/softwareWebgpu.js";

const STEPS = 3;
const SETTINGS = { data: "grid", loss: "w-gp", width: 8, depth: 1, batch: 16, criticSteps: 2, ema: 0.9 } as const;
const data = grid();

describeOnWebgpu("a training step with WebGPU", () => {
  it("keeps its whole state on the device from step to step, and ends where the CPU does", async () => {
    const [onCpu, onWebgpu] = [await stateAfter("cpu"), await stateAfter("webgpu")];
    const expected = new Map(leavesOf(onCpu.state).map(([names, value]) => [names.join("."), value]));
    for (const [names, value] of leavesOf(onWebgpu.state)) {
      const name = names.join(".");
      const other = expected.get(name);
      expect(other, name).toBeDefined();
      // Adam divides by small roots in its first steps, which grows the last digits.
      if (other) expect(value, name).toBeAllclose(other, { relative: 1e-4, absolute: 1e-5 });
    }
    expect(onWebgpu.onDevice).toEqual(expected.size);
    expect(onCpu.onDevice).toBe(0);
  });
});

/** The state after a few steps, and how many of its tensors were on a device before it was read. */
async function stateAfter(device: Device) {
  const options = trainOptions(resolveConfig(SETTINGS, data), data);
  const game = gameOf(options);
  const rng = createRng(1);
  const { state: first, layout } = startGame(game, rng);
  const size: StepSize = { batch: options.batch, criticSteps: options.criticSteps, withGenerator: true };
  const program = await compile(buildStep(game, layout, size), stepArguments(game, first, size), {
    device,
    keep: ["next"],
  });
  let state: State<Held> = first;
  for (let i = 0; i < STEPS; i++) {
    const inputs = drawInputs(game, size, data, rng, { critic: i * size.criticSteps, generator: i });
    const { next, finite } = await program.run({ ...inputs, state });
    expect(finite.data[0]).toBe(0);
    releaseHeld(state);
    state = next;
  }
  const onDevice = leavesOf<Held>(state).filter(([, value]) => !("data" in value)).length;
  const read = await readHeld(state);
  releaseHeld(state);
  await program.release();
  return { state: read, onDevice };
}
