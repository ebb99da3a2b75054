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
  it.each([1, STEPS])(
    "keeps its whole state on the device from one to the next %i iterations, and ends where the CPU does",
    async (iterationsAtOnce) => {
      const [onCpu, onWebgpu] = [await stateAfter("cpu", 1), await stateAfter("webgpu", iterationsAtOnce)];
      const expected = new Map(leavesOf(onCpu.state).map(([names, value]) => [names.join("."), value]));
      for (const [names, value] of leavesOf(onWebgpu.state)) {
        const name = names.join(".");
        const other = expected.get(name);
        expect(other, name).toBeDefined();
        if (other) expect(value, name).toBeAllclose(other, { relative: 1e-4, absolute: 1e-5 });
      }
      expect(onWebgpu.onDevice).toEqual(expected.size);
      expect(onCpu.onDevice).toBe(0);
      expect([onCpu.runs, onWebgpu.runs]).toEqual([STEPS, STEPS / iterationsAtOnce]);
    },
  );
});

/** The state after a few iterations, how many of its tensors were on a device before it was read, and how many runs it took. */
async function stateAfter(device: Device, iterationsAtOnce: number) {
  const options = trainOptions(resolveConfig(SETTINGS, data), data);
  const trainer = await createTrainer({ ...options, device, iterationsAtOnce });
  let runs = 0;
  while (trainer.iteration < STEPS) {
    await trainer.iterateUpTo(STEPS - trainer.iteration);
    runs++;
  }
  const onDevice = leavesOf<Held>(trainer.state).filter(([, value]) => !("data" in value)).length;
  const { state } = await trainer.snapshot();
  await trainer.release();
  return { state, onDevice, runs };
}
