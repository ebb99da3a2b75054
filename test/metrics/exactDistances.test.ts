import { describe, expect, it } from "vitest";
import { exactDistances } from "../../src/metrics/exactDistances.js";
import { createRng } from "../../src/random.js";

const rng = createRng(3);
const normals = (n: number, mean: number) => rng.normals(2 * n).map((z, i) => (i % 2 === 0 ? z + mean : z));
const sets = (count: number, n: number, mean: number) => Array.from({ length: count }, () => normals(n, mean));

describe("exact distances beside their floor", () => {
  it("are those of the definition, point by point", () => {
    const at = (...x: number[]) => Float32Array.from(x);
    // On a line: EMD(R, F) = 4 and 2, EMD(R, R') = 1 and 3, EMD(F, F') = 2.
    const real = { heldOut: [at(0, 2), at(4, 4)], others: [at(1, 3), at(1, 7)] };
    const figures = exactDistances(real, 1)([at(5, 5), at(6, 8)]);
    expect(figures).toEqual({ emd: (4 + 3) / 2, emdFloor: (1 + 3) / 2, debiasedEmd: 3.5 - 1 - 2 / 2 });
  });

  it("say 0, but for noise, of samples of one distribution, which lie a floor apart", () => {
    const { emd, emdFloor, debiasedEmd } = exactDistances(
      { heldOut: sets(4, 300, 0), others: sets(4, 300, 0) },
      2,
    )(sets(4, 300, 0));
    expect(emdFloor!).toBeGreaterThan(0.1);
    expect(Math.abs(emd - emdFloor!)).toBeLessThan(0.03);
    expect(Math.abs(debiasedEmd!)).toBeLessThan(0.03);
  });

  it("are at most a floor too small where two distributions lie a known distance apart", () => {
    const { emd, emdFloor, debiasedEmd } = exactDistances(
      { heldOut: sets(4, 300, 0), others: sets(4, 300, 0) },
      2,
    )(sets(4, 300, 3));
    expect(emd).toBeGreaterThan(2.9);
    expect(debiasedEmd!).toBeLessThan(3.1);
    expect(debiasedEmd!).toBeGreaterThan(2.9 - emdFloor!);
  });

  it("have no floor where nothing is held out", () => {
    const figures = exactDistances({ heldOut: sets(2, 20, 0), others: null }, 2)(sets(2, 20, 1));
    expect(figures).toMatchObject({ debiasedEmd: null, emdFloor: null });
    expect(figures.emd).toBeGreaterThan(0.5);
  });
});
