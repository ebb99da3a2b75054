import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.js";
import { InputError } from "../../src/errors.js";
import { startGame } from "../../src/game/start.js";
import { layoutSize } from "../../src/networks/parameters.js";
import { createRng } from "../../src/random.js";
import { type RunSettings, resolveConfig } from "../../src/runs/config.js";
import { checkMemory } from "../../src/runs/memory.js";
import { checkFits, parameterCount, trainingMemory } from "../../src/runs/memoryEstimate.js";
import { trainOptions } from "../../src/runs/trainOptions.js";

function prepared(settings: Partial<RunSettings> = {}, shape: readonly number[] = [2], size = 60_000) {
  const images = shape.length === 3;
  const data: Dataset = {
    name: "none",
    kind: images ? "images" : "points",
    fields: { sample: { shape } },
    size,
    codec: { kind: images ? "images" : "identity" },
    batch: () => ({ sample: new Float32Array() }),
  };
  return { data, config: resolveConfig({ data: "none", loss: "w-gp", ...settings }, data) };
}

const estimate = (...from: Parameters<typeof prepared>) => {
  const { config, data } = prepared(...from);
  return trainingMemory(config, data);
};

describe("the memory of a run, estimated without building it", () => {
  it.each<[string, ReturnType<typeof prepared>]>([
    ["points", prepared()],
    ["one hidden layer, of another width", prepared({ depth: 1, width: 37, latent: 5 }, [11])],
    ["28 pixels", prepared({}, [28, 28, 1])],
    ["32 pixels in colour", prepared({ width: 20, latent: 100 }, [32, 32, 3])],
    ["64 pixels", prepared({ width: 8 }, [64, 64, 3])],
    ["images by an mlp", prepared({ network: "mlp", width: 64 }, [28, 28, 1])],
  ])("counts the parameters of %s, all but biases and gains", (_, { config, data }) => {
    const { layout } = startGame(trainOptions(config, data), createRng(0));
    const count = (matrices: typeof layout.critic) => layoutSize(matrices.filter(({ shape }) => shape.length > 1));
    expect(parameterCount(config, data)).toBe(count(layout.generator) + count(layout.critic));
  });

  it("grows with everything that a step keeps", () => {
    const usual = estimate();
    for (const more of [
      { batch: 512 },
      { width: 256 },
      { depth: 6 },
      { criticSteps: 5 },
      { criticNormalisation: "layer" as const },
      { normalisation: "batch" as const },
      { loss: "w-orth" },
    ]) {
      const less = estimate({ loss: more.loss ? "w-sn" : "w-gp" });
      expect(estimate(more), JSON.stringify(more)).toBeGreaterThan(less);
    }
    expect(estimate({ loss: "w-sn" })).toBeLessThan(usual);
    // A penalty on a layer's 4,096 x 512 numbers keeps some eight of them; two layers more are at least that.
    const deep = (depth: number) => estimate({ batch: 4096, width: 512, depth });
    expect(deep(7) - deep(5)).toBeGreaterThan(2 * 8 * 4 * 4096 * 512);
  });

  it("counts the images of an evaluation where there are so many, and one is made", () => {
    const few = estimate({}, [64, 64, 3], 60);
    expect(few).toBeLessThan(estimate({}, [64, 64, 3], 200));
    expect(estimate({}, [64, 64, 3], 200)).toBe(estimate({}, [64, 64, 3], 60_000));
    expect(estimate({ evaluateEvery: 0 }, [64, 64, 3])).toBeLessThan(few);
  });

  it("lets pass what fits, and refuses the rest in a sentence with what to choose", () => {
    const { config, data } = prepared();
    expect(() => checkMemory(config, data)).not.toThrow();
    const huge = prepared({ batch: 1_000_000, width: 512 }, [2], 1_000_000);
    expect(trainingMemory(huge.config, huge.data)).toBeGreaterThan(60e9);
    expect(() => checkFits(3 * 2 ** 30, 2 ** 30, "a smaller batch")).toThrow(
      new InputError("This takes about 3 GiB of memory, and 1 GiB are there: choose a smaller batch."),
    );
    expect(() => checkMemory(config, data, 1e6)).toThrow(/choose fewer than 1000000 runs at a time \(--workers\)/);
  });
});
