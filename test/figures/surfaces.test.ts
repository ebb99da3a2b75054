import { describe, expect, it } from "vitest";
import { ring } from "../../src/data/points.js";
import { optimalScores } from "../../src/figures/optimalScores.js";
import { surfacesOf } from "../../src/figures/surfaces.js";
import type { Model } from "../../src/game/model.js";
import { startGame } from "../../src/game/start.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { gameOf } from "../../src/training/trainer.js";
import { emd } from "../../src/transport/index.js";

const rng = createRng(3);
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("the optimal critic's scores", () => {
  const [real, fake] = [rng.normals(2 * 60), rng.normals(2 * 80).map((z) => 0.7 * z + 1)];
  const scoresAt = (points: Float32Array) => optimalScores(real, fake, 2, points);

  it("tell real from fake by the Earth mover's distance", () => {
    expect(mean(scoresAt(real)) - mean(scoresAt(fake))).toBeCloseTo(
      emd({ points: real, dimension: 2 }, { points: fake, dimension: 2 }),
      5,
    );
  });

  it("differ nowhere by more than the distance of two points", () => {
    const points = rng.normals(2 * 200).map((z) => 3 * z);
    const scores = scoresAt(points);
    for (let i = 0; i + 1 < scores.length; i++) {
      const step = Math.hypot(points[2 * i + 2]! - points[2 * i]!, points[2 * i + 3]! - points[2 * i + 1]!);
      expect(Math.abs(scores[i + 1]! - scores[i]!)).toBeLessThanOrEqual(step + 1e-5);
    }
  });

  it("rise from every fake with slope 1, as no kink is there", () => {
    const h = 1e-3;
    const around = Array.from({ length: 16 }, (_, k) => [Math.cos((k * Math.PI) / 8), Math.sin((k * Math.PI) / 8)]);
    for (let i = 0; i < fake.length; i += 2) {
      const points = [[0, 0], ...around].flatMap(([x, y]) => [fake[i]! + h * x!, fake[i + 1]! + h * y!]);
      const [here, ...there] = scoresAt(Float32Array.from(points));
      const steepest = Math.max(...there.map((score) => (score - here!) / h));
      // The steepest of 16 directions is within a sixteenth of half a turn of the true one.
      expect(steepest).toBeGreaterThan(0.95);
    }
  });

  it("are a line of slope 1 from fakes to reals that lie apart on a line", () => {
    const [left, right] = [rng.uniforms(50), rng.uniforms(50).map((u) => u + 3)];
    const scores = optimalScores(right, left, 1, Float32Array.of(0, 1, 2, 3));
    for (const [i, score] of scores.entries()) expect(score - scores[0]!).toBeCloseTo(i, 5);
  });
});

describe("the surfaces of a run", () => {
  const data = ring();
  const game = gameOf(trainOptions(resolveConfig({ data: "ring", loss: "w-gp", width: 8, depth: 1 }, data), data));
  const model: Model = { game, ...startGame(game, createRng(0)) };
  const fakes = data.batch(createRng(9), 300).sample.map((value, i) => value + (i % 2 === 0 ? 0.5 : 0));

  it("cover one rectangle around the data, the optimal one with the slope that the distance asks for", async () => {
    const { surface, optimalSurface } = await surfacesOf(model, data, fakes, 0);
    const { x, y, columns, rows, values } = optimalSurface!;
    expect({ x, y, columns, rows }).toEqual({ x: surface!.x, y: surface!.y, columns: 81, rows: 81 });
    expect(values).toHaveLength(81 * 81);
    const step = (x[1] - x[0]) / (columns - 1);
    const steps = Array.from(values.subarray(1, columns), (value, i) => Math.abs(value - values[i]!) / step);
    expect(Math.max(...steps)).toBeLessThanOrEqual(1 + 1e-4);
    expect(Math.max(...steps)).toBeGreaterThan(0.5);
    for (const { middle, values: scores } of [surface!, optimalSurface!]) {
      expect(middle).toBeGreaterThan(Math.min(...scores));
      expect(middle).toBeLessThan(Math.max(...scores));
    }
  });

  it("are not drawn of fakes that are no numbers, nor of what is not in a plane", async () => {
    const none = { surface: null, optimalSurface: null };
    expect(await surfacesOf(model, data, Float32Array.of(0, Number.NaN), 0)).toEqual(none);
    const line = { ...data, fields: { sample: { shape: [1] } } };
    expect(await surfacesOf(model, line, Float32Array.of(0, 1), 0)).toEqual(none);
  });
});
