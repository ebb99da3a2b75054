import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import { createRng, restoreRng } from "../src/random.js";
import { cosineOfTurn, sineOfTurn } from "../src/turns.js";

describe("the generator of random numbers", () => {
  /** The same generator by another hand, a jump away from its seed as ours begins. */
  function reference(seed: number) {
    const generator = xoroshiro128plus(seed);
    generator.jump();
    return generator;
  }
  const times = <T>(count: number, draw: () => T) => Array.from({ length: count }, draw);

  it.each([0, 1, -7, 2 ** 31, 123456789])("draws the bits of pure-rand's xoroshiro128+ from seed %d", (seed) => {
    const [rng, other] = [createRng(seed), reference(seed)];
    expect(times(1000, rng.uniform)).toEqual(times(1000, () => uniformFloat32(other)));
    for (const n of [1, 2, 3, 10, 1000, 2 ** 24 + 1, 2 ** 31 + 1, 2 ** 32])
      expect(times(200, () => rng.integer(n))).toEqual(times(200, () => uniformInt(other, 0, n - 1)));
    expect(rng.state()).toEqual(other.getState());
    const child = rng.split();
    expect(child.uniform()).toBe(uniformFloat32(other.clone()));
    other.jump();
    expect(rng.state()).toEqual(other.getState());
  });

  it("goes on from its state, and refuses what is none", () => {
    const rng = createRng(3);
    rng.normals(5);
    const again = restoreRng(rng.state());
    expect(times(10, again.normal)).toEqual(times(10, rng.normal));
    expect(() => restoreRng([1, 2, 3])).toThrow(RangeError);
  });

  it("draws standard normal numbers, one by one and many at a time", () => {
    const rng = createRng(1);
    for (const values of [times(20_000, rng.normal), [...rng.normals(20_000)]]) {
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
      // Three standard errors.
      expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(20_000));
      expect(Math.abs(variance - 1)).toBeLessThan(3 * Math.sqrt(2 / 20_000));
    }
  });

  it("takes cosine and sine of turns as Math does", () => {
    for (const t of [0, 1e-300, 2 ** -24, 0.25, 0.5, 0.75, 1 - 2 ** -24, 1, ...createRng(2).uniforms(20_000)]) {
      expect(Math.abs(cosineOfTurn(t) - Math.cos(2 * Math.PI * t))).toBeLessThan(1e-15);
      expect(Math.abs(sineOfTurn(t) - Math.sin(2 * Math.PI * t))).toBeLessThan(1e-15);
    }
    expect([cosineOfTurn(0.25), cosineOfTurn(0.75), sineOfTurn(0.5)]).toEqual([0, 0, 0]);
  });
});
