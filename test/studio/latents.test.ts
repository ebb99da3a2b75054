import { expect, it } from "vitest";
import { latentArc } from "../../src/game/latentArc.js";
import { createRng } from "../../src/random.js";
import { latentGrid } from "../../studio/src/session/latents.js";

it("puts a grid of latents at the normal distribution's quantiles", () => {
  const side = 24;
  const grid = latentGrid(side);
  const samples = createRng(1).normals(200_000).sort();
  for (let i = 0; i < side; i++) {
    const share = samples.filter((z) => z < grid[2 * i]!).length / samples.length;
    expect(Math.abs(share - (i + 1) / (side + 1))).toBeLessThan(0.005);
    expect(grid[2 * i * side + 1]).toBe(grid[2 * i]);
  }
  // The quartile and the tenth of tables.
  expect(latentGrid(3)[0]).toBeCloseTo(-0.6744897501960817, 6);
  expect(latentGrid(9)[0]).toBeCloseTo(-1.2815515655446004, 6);
});

it("goes from one latent to another in even steps, and keeps their length", () => {
  const [a, b] = [Float32Array.of(3, 0), Float32Array.of(0, 3)];
  const arc = latentArc(a, b, 4);
  const angles = [0, 30, 60, 90].map((degrees) => (degrees * Math.PI) / 180);
  for (const [i, angle] of angles.entries()) {
    expect(arc[2 * i]).toBeCloseTo(3 * Math.cos(angle), 5);
    expect(arc[2 * i + 1]).toBeCloseTo(3 * Math.sin(angle), 5);
  }
});

it("goes straight between two latents of one line, which have no arc", () => {
  expect(Array.from(latentArc(Float32Array.of(1), Float32Array.of(3), 3))).toEqual([1, 2, 3]);
  expect(Array.from(latentArc(Float32Array.of(-1), Float32Array.of(1), 3))).toEqual([-1, 0, 1]);
});
