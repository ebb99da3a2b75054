import { expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import { type Device, type Held, leavesOf } from "../../src/engine/index.js";
import { resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { createTrainer } from "../../src/training/trainer.js";
import "../allclose.js";
import { describeOnWebgpu } from "../engine/softwareWebgpu.js";

const STEPS = 3;
const SETTINGS = {
  ...{ data: "grid", loss: "w-gp", width: 8, depth: 1, batch: 16, criticSteps: 2, ema: 0.9 },
  // Adam divides by the root of the gradient's square: where that is 0 but for rounding, rounding decides the update.
  ...{ optimizer: "sgd", beta1: 0.5, learningRate: 1e-2 },
};
const data = grid();

describeOnWebgpu("training with WebGPU", () => {
  it("keeps its whole state on the device from iteration to iteration, and ends where the CPU does", async () => {
    const [onCpu, onWebgpu] = [await stateAfter("cpu"), await stateAfter("webgpu")];
    const expected = new Map(leavesOf(onCpu.state).map(([names, value]) => [names.join("."), value]));
    for (const [names, value] of leavesOf(onWebgpu.state)) {
      const name = names.join(".");
      const other = expected.get(name);
      expect(other, name).toBeDefined();
      if (other) expect(value, name).toBeAllclose(other, { relative: 1e-4, absolute: 1e-5 });
    }
    expect(onWebgpu.onDevice).toEqual(expected.size);
    expect(onCpu.onDevice).toBe(0);
  });
});

/** The state after a few iterations, and how many of its tensors were on a device before it was read. */
async function stateAfter(device: Device) {
  const trainer = await createTrainer({ ...trainOptions(resolveConfig(SETTINGS, data), data), device });
  for (let i = 0; i < STEPS; i++) await trainer.iterate();
  const onDevice = leavesOf<Held>(trainer.state).filter(([, value]) => !("data" in value)).length;
  const { state } = await trainer.snapshot();
  await trainer.release();
  return { state, onDevice };
}
