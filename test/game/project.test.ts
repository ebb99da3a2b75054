import { describe, expect, it } from "vitest";
import { add, concat, exp, matmul, reshape, tanh } from "../../src/engine/index.js";
import { project } from "../../src/game/project.js";
import { generateSamples } from "../../src/game/sampling.js";
import type { Network } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { givenGenerator } from "./givenGenerator.js";

const rng = createRng(11);
const [LATENT, SIZE] = [3, 7];
const weight = rng.normals(LATENT * SIZE);
const bias = rng.normals(SIZE);

/** z A + b */
const linear: Network = {
  init: () => ({ parameters: { a: { shape: [LATENT, SIZE], data: weight }, b: { shape: [SIZE], data: bias } } }),
  apply: ({ a, b }, z) => matmul(z, a!, { addend: b! }),
};

/** tanh([z, c] W), as images of 4 x 4 pixels. */
function bent(categories: number): Network {
  const inputs = 2 + categories;
  const data = createRng(7).normals(inputs * 16);
  return {
    init: () => ({ parameters: { w: { shape: [inputs, 16], data } } }),
    apply: ({ w }, z, { condition }) => reshape(tanh(matmul(concat([z, condition!], 1), w!)), [-1, 4, 4, 1]),
  };
}

/** The solution of (A A' + pull I) z = A (x - b), by Gauss-Jordan elimination. */
function ridge(target: Float32Array, pull: number): number[] {
  const row = (i: number) => Array.from(weight.subarray(i * SIZE, (i + 1) * SIZE));
  const dot = (u: readonly number[], v: readonly number[]) => u.reduce((sum, x, i) => sum + x * v[i]!, 0);
  const right = Array.from(target, (x, i) => x - bias[i]!);
  const system = Array.from({ length: LATENT }, (_, i) => [
    ...Array.from({ length: LATENT }, (_, j) => dot(row(i), row(j)) + (i === j ? pull : 0)),
    dot(row(i), right),
  ]);
  for (let k = 0; k < LATENT; k++) {
    const pivot = system[k]!.map((x) => x / system[k]![k]!);
    system[k] = pivot;
    for (const [i, line] of system.entries()) if (i !== k) system[i] = line.map((x, j) => x - line[k]! * pivot[j]!);
  }
  return system.map((line) => line[LATENT]!);
}

describe("the projection of a target", () => {
  it.each([0, 0.01, 2])("by a linear generator is least squares, with the pull %d ridge regression", async (pull) => {
    const model = givenGenerator(linear, { latent: LATENT, sample: [SIZE] });
    const target = createRng(5).normals(SIZE);
    const [{ latent, sample, distance }] = await project(model, target, { pull, starts: 2, steps: 600 });
    const expected = ridge(target, pull);
    for (const [i, z] of latent.entries()) expect(z).toBeCloseTo(expected[i]!, 3);
    const made = await generateSamples(model, 1, createRng(0), { latents: latent });
    expect(sample).toEqual(made);
    const mean = target.reduce((sum, x, i) => sum + (x - sample[i]!) ** 2, 0) / SIZE;
    expect(distance).toBeCloseTo(mean, 6);
  });

  it("that the generator made finds its latent and its category again", async () => {
    const model = givenGenerator(bent(4), { latent: 2, sample: [4, 4, 1], categories: 4 });
    const latents = Float32Array.of(0.8, -0.6);
    const condition = Float32Array.of(0, 0, 1, 0);
    const target = await generateSamples(model, 1, createRng(0), { latents, condition });
    const [nearest, ...others] = await project(model, target, { pull: 0, steps: 200, starts: 3 });
    expect(Array.from(nearest.condition ?? [])).toEqual([0, 0, 1, 0]);
    expect(nearest.distance).toBeLessThan(1e-6);
    for (const [i, z] of nearest.latent.entries()) expect(z).toBeCloseTo(latents[i]!, 2);
    expect(others).toHaveLength(3);
    for (const { distance } of others) expect(distance).toBeGreaterThan(1e-3);
  });

  it("is the same for a seed, and under a condition alone what it is among all", async () => {
    // More starts than are moved at a time.
    const options = { steps: 20, starts: 11 };
    const model = givenGenerator(bent(4), { latent: 2, sample: [4, 4, 1], categories: 4 });
    const target = createRng(3).normals(16);
    const all = await project(model, target, options);
    expect(await project(model, target, options)).toEqual(all);
    expect(new Set(all.map(({ condition }) => condition?.indexOf(1))).size).toBe(4);
    const condition = all[1]!.condition!;
    const [alone] = await project(model, target, { ...options, condition });
    expect(alone.distance).toBeCloseTo(all[1]!.distance, 5);
  });

  it("tells how far it is, and ends when it is told to", async () => {
    const model = givenGenerator(linear, { latent: LATENT, sample: [SIZE] });
    const told: string[] = [];
    const target = new Float32Array(SIZE);
    const onProgress = (done: number, total: number) => told.push(`${done}/${total}`);
    await project(model, target, { steps: 3, starts: 2, onProgress });
    expect(told).toEqual(["2/6", "4/6", "6/6"]);
    await expect(project(model, target, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
  });

  it.each([
    [SIZE, { starts: 0 }, /number of starts must be a whole number from 1, not 0/],
    [SIZE, { steps: 1.5 }, /number of steps must be a whole number from 1, not 1.5/],
    [SIZE, { pull: -1 }, /pull must be a number from 0, not -1/],
    [SIZE, { learningRate: 0 }, /learning rate must be a number above 0, not 0/],
    [3, {}, /A sample of this model has 7 numbers, and what it is to come near to has 3/],
  ])("of %d numbers with %j is refused", async (length, options, says) => {
    const model = givenGenerator(linear, { latent: LATENT, sample: [SIZE] });
    await expect(project(model, new Float32Array(length), options)).rejects.toThrow(says);
    const odd = new Float32Array(SIZE).fill(Number.NaN);
    await expect(project(model, odd)).rejects.toThrow(/must be finite numbers/);
  });

  it("is refused by a generator of numbers that are not finite", async () => {
    const broken: Network = { ...linear, apply: ({ a, b }, z) => matmul(exp(add(100, z)), a!, { addend: b! }) };
    const model = givenGenerator(broken, { latent: LATENT, sample: [SIZE] });
    await expect(project(model, new Float32Array(SIZE))).rejects.toThrow(/training diverged/);
  });
});
