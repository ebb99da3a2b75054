import { expect, it } from "vitest";
import { add, compile, mul, releaseHeld } from "../../src/engine/index.js";
import { runKept } from "./keptState.js";
import { describeOnWebgpu } from "./softwareWebgpu.js";

it("on the CPU, results that are kept are values in memory, and reading and releasing them changes nothing", async () => {
  const { onDevice, refusals, losses } = await runKept("cpu");
  expect({ onDevice, refusals }).toEqual({ onDevice: false, refusals: [] });
  expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
});

it("what is to be kept must be a result", async () => {
  const compiling = compile(({ x }) => ({ y: mul(x, 2) }), { x: { shape: [1] } }, { keep: ["next"] });
  await expect(compiling).rejects.toThrow(/^"next" is to be kept, and is not a result of the function$/);
});

describeOnWebgpu("with WebGPU in Node", () => {
  it("state stays on the device between runs, has the values of the CPU, and is refused where it cannot be used", async () => {
    const [cpu, webgpu] = [await runKept("cpu"), await runKept("webgpu")];
    expect(webgpu.onDevice).toBe(true);
    for (const name of ["losses", "weights", "momentum"] as const) {
      for (const [i, value] of webgpu[name].entries()) expect(value, `${name} ${i}`).toBeCloseTo(cpu[name][i] ?? 0, 5);
    }
    expect(webgpu.refusals).toEqual([
      "values on webgpu are given to a program on cpu; read them first",
      "these values have been released on their device",
    ]);
  });

  it("released state is freed: memory does not grow with the updates", async () => {
    const shape = [1 << 20];
    const program = await compile(
      ({ x }) => ({ next: add(mul(x, 0.5), 1) }),
      { x: { shape } },
      { device: "webgpu", keep: ["next"] },
    );
    let { next } = await program.run({ x: { shape, data: new Float32Array(1 << 20) } });
    const updates = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const previous = next;
        ({ next } = await program.run({ x: previous }));
        releaseHeld(previous);
      }
      return process.memoryUsage.rss() / (4 << 20);
    };
    const [before, after] = [await updates(5), await updates(60)];
    // In units of one state, of which 60 were made.
    expect(after - before).toBeLessThan(20);
    releaseHeld(next);
    await program.release();
  });
});
