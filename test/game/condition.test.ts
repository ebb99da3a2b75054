import { describe, expect, it } from "vitest";
import { ring } from "../../src/data/points.js";
import { conditionWhere } from "../../src/data/where.js";
import { add, concat, lengthOf, matmul, mul, relu, slice } from "../../src/engine/index.js";
import type { Model } from "../../src/game/model.js";
import { generateSamples } from "../../src/game/sampling.js";
import { gradientPenalty } from "../../src/lipschitz/index.js";
import { wasserstein } from "../../src/losses/index.js";
import { dcganCritic, dcganGenerator, mlp, type Network } from "../../src/networks/index.js";
import { adam } from "../../src/optimizers/index.js";
import { createRng } from "../../src/random.js";
import { type TrainOptions, train } from "../../src/training/train.js";
import { evaluate, values } from "../engine/evaluate.js";

const data = ring({ conditional: true });
const MODES = 8;

async function trained(generator: Network, critic: Network, more: Partial<TrainOptions> = {}): Promise<Model> {
  const optimizer = adam({ learningRate: 3e-3, beta1: 0, beta2: 0.99 });
  const run = train({
    data,
    loss: wasserstein,
    generator: { network: generator, optimizer },
    critic: { network: critic, optimizer, constraint: gradientPenalty({ lambda: 0.3 }) },
    ...{ latent: 2, batch: 128, criticSteps: 2, iterations: 200, seed: 0, evaluateEvery: 0, threads: 1 },
    ...more,
  });
  for await (const event of run) if (event.type === "end") return event.model;
  throw new Error("the run did not end");
}

/** The share of samples asked to be in a mode that lie nearest to it. */
async function shareIn(model: Model, mode: number): Promise<number> {
  const condition = conditionWhere(`mode=${mode}`, data.fields.condition);
  const points = await generateSamples(model, 500, createRng(1), { condition });
  let inside = 0;
  for (let i = 0; i < points.length; i += 2) {
    const distances = data.modes!.centers.map(([x, y]) => Math.hypot(points[i]! - x!, points[i + 1]! - y!));
    if (distances.indexOf(Math.min(...distances)) === mode) inside++;
  }
  return inside / 500;
}

/** A hidden layer that a user writes as two functions, its condition beside its input. */
function own(inputs: number, outputs: number): Network {
  const hidden = 32;
  const first = inputs + MODES;
  return {
    init: (rng) => ({
      parameters: {
        a: { shape: [first, hidden], data: rng.normals(first * hidden).map((x) => x * Math.sqrt(2 / first)) },
        b: { shape: [hidden], data: new Float32Array(hidden) },
        c: { shape: [hidden, outputs], data: rng.normals(hidden * outputs).map((x) => x / Math.sqrt(hidden)) },
      },
    }),
    apply: ({ a, b, c }, x, { condition }) => matmul(relu(add(matmul(concat([x, condition!], 1), a!), b!)), c!),
  };
}

describe("the ring with its mode as a condition", () => {
  it("puts samples into the mode that is asked for", async () => {
    const options = { condition: MODES, hidden: [32, 32] };
    const model = await trained(mlp({ input: 2, output: 2, ...options }), mlp({ input: 2, output: 1, ...options }));
    for (const mode of [0, 3, 6]) expect(await shareIn(model, mode), `mode ${mode}`).toBeGreaterThan(0.95);
  });

  it("does so with a user's own networks", async () => {
    const model = await trained(own(2, 2), own(2, 1), { iterations: 300 });
    for (const mode of [1, 4]) expect(await shareIn(model, mode), `mode ${mode}`).toBeGreaterThan(0.95);
  });

  it("asks for each mode as often where nobody says for which", async () => {
    // A generator that gives back the first two numbers of what it was asked for.
    const echo: Network = {
      init: () => ({ parameters: { w: { shape: [1], data: new Float32Array(1) } } }),
      apply: ({ w }, x, { condition }) => add(slice(condition!, [0, 0], [lengthOf(x.shape, 0), 2]), mul(w!, 0)),
    };
    const model = await trained(echo, own(2, 1), { iterations: 1 });
    const points = await generateSamples(model, 800, createRng(0));
    const firsts = points.filter((_, i) => i % 2 === 0).reduce((sum, x) => sum + x, 0);
    // A hundred on average, with a deviation of 9.4.
    expect(Math.abs(firsts - 100)).toBeLessThan(40);
  });
});

describe("networks with a condition", () => {
  it("of an image put it behind its channels at each pixel", async () => {
    const critic = dcganCritic({ size: 28, channels: 1, width: 2, condition: 3 });
    const { parameters } = critic.init(createRng(0));
    expect(parameters["conv1.weight"]!.shape).toEqual([2, 4, 4, 4]);
    const context = { training: false, noise: {}, buffers: {}, update: () => {} };
    const images = { shape: [2, 28, 28, 1], data: createRng(1).normals(2 * 28 * 28) };
    const scores = async (condition: number[]) => {
      const { y } = await evaluate(
        ({ x, condition, given }) => ({ y: critic.apply(given, x, { ...context, condition }) }),
        { x: images, condition: values(condition, [2, 3]), given: parameters },
      );
      return Array.from(y.data);
    };
    const [first, other] = [await scores([1, 0, 0, 0, 1, 0]), await scores([1, 0, 0, 0, 0, 1])];
    expect(other[0]).toBe(first[0]);
    expect(other[1]).not.toBe(first[1]);
  });

  it("of a latent put it beside, and say what is missing where it is", async () => {
    const generator = dcganGenerator({ size: 28, channels: 1, width: 2, latent: 4, condition: 3 });
    expect(generator.init(createRng(0)).parameters["dense.weight"]!.shape[0]).toBe(7);
    const apply = evaluate(
      ({ x, given }) => ({
        y: generator.apply(given, x, { training: false, noise: {}, buffers: {}, update: () => {} }),
      }),
      { x: values([1, 2, 3, 4], [1, 4]), given: generator.init(createRng(0)).parameters },
    );
    await expect(apply).rejects.toThrow("the network was made for conditions of length 3 and is applied without one");
  });
});
