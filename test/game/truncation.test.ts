import { describe, expect, it } from "vitest";
import { truncation } from "../../src/game/truncation.js";
import { createRng } from "../../src/random.js";

const COUNT = 40_000;

/** The standard normal distribution function, by the midpoint rule from 0. */
function below(z: number): number {
  const step = z / 1000;
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  return 0.5 + Array.from({ length: 1000 }, (_, i) => step * density((i + 0.5) * step)).reduce((a, b) => a + b, 0);
}

describe("latents whose components beyond a limit are drawn again", () => {
  it.each([0.05, 0.7, 2])("are normal under the condition of lying within %d", (limit) => {
    const rng = createRng(1);
    const truncated = truncation(limit, rng)(rng.normals(COUNT)).sort();
    expect(Math.max(...truncated.map(Math.abs))).toBeLessThanOrEqual(limit);
    const whole = below(limit) - below(-limit);
    // The largest difference from the distribution function, which is above 1.63 / sqrt(n) once in a hundred times.
    const differences = Array.from(truncated, (z, i) =>
      i % 100 === 0 ? Math.abs(i / COUNT - (below(z) - below(-limit)) / whole) : 0,
    );
    expect(Math.max(...differences)).toBeLessThan(1.63 / Math.sqrt(COUNT));
  });

  it("keep the components within it, and leave the generator as it is", () => {
    const rng = createRng(2);
    const truncate = truncation(1, rng);
    const drawn = rng.normals(1000);
    const before = rng.state();
    const truncated = truncate(drawn);
    expect(rng.state()).toEqual(before);
    for (const [i, z] of drawn.entries()) if (Math.abs(z) <= 1) expect(truncated[i]).toBe(z);
    expect(truncation(1, createRng(2))(drawn)).toEqual(truncated);
  });

  it.each([0, -1, Number.NaN])("are refused for the limit %d", (limit) => {
    expect(() => truncation(limit, createRng(0))).toThrow(/must be above 0/);
  });
});
