import { describe, expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import type { TensorData } from "../../src/engine/index.js";
import { unflattenData } from "../../src/networks/parameters.js";
import { resolveConfig, runConfigSchema } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { train } from "../../src/training/train.js";

const data = grid();
const tiny = { data: "grid", width: 8, depth: 3, batch: 16, iterations: 3, evaluateEvery: 0, seed: 1 } as const;

describe("the critic's activation", () => {
  it("is ReLU by default, and under orthogonal weights MaxMin", () => {
    expect(resolveConfig({ ...tiny, loss: "w-gp" }, data).criticActivation).toBe("relu");
    expect(resolveConfig({ ...tiny, loss: "w-orth" }, data).criticActivation).toBe("maxmin");
    expect(resolveConfig({ ...tiny, loss: "w-orth", criticActivation: "relu" }, data).criticActivation).toBe("relu");
  });

  it("is ReLU in the configuration of a run from before there was a choice", () => {
    const { criticActivation: _, ...before } = resolveConfig({ ...tiny, loss: "w-gp" }, data);
    expect(runConfigSchema.parse(before).criticActivation).toBe("relu");
  });
});

it("whole steps under w-orth keep the critic's weights orthogonal from the first to the last", async () => {
  const options = trainOptions(resolveConfig({ ...tiny, loss: "w-orth", learningRate: 1e-2 }, data), data);
  for (const iterations of [0, 3]) {
    let weights: Record<string, TensorData> = {};
    for await (const event of train({
      ...options,
      iterations: 3,
      signal: iterations === 0 ? AbortSignal.abort() : undefined,
    })) {
      if (event.type !== "stopped" && event.type !== "end") continue;
      const { state, layout } = event.model;
      weights = unflattenData(state.critic.parameters, layout.critic);
    }
    const { shape, data: last } = weights["dense4.weight"]!;
    expect(shape).toEqual([8, 1]);
    expect(Math.abs(Math.hypot(...last) - 1)).toBeLessThan(1e-5);
    const first = Array.from(weights["dense1.weight"]!.data);
    for (const [i, row] of [first.slice(0, 8), first.slice(8)].entries()) {
      expect(Math.abs(Math.hypot(...row) - 1), `row ${i} after ${iterations}`).toBeLessThan(1e-5);
    }
    expect(Math.abs(first.slice(0, 8).reduce((total, x, i) => total + x * first[8 + i]!, 0))).toBeLessThan(1e-5);
  }
});
