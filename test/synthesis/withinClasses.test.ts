import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { cholesky } from "../../src/synthesis/cholesky.js";
import { withinClasses } from "../../src/synthesis/withinClasses.js";

/** Of two classes, which the first column tells, the shares of a number's four cells; before them lies one for rows that have no number. */
const SHARES = [
  [0.1, 0.2, 0.3, 0.4],
  [0.7, 0.1, 0.1, 0.1],
] as const;
const ROWS = 20_000;
const [FIRST, SECOND] = [1, 2];

/** Normal numbers of a correlation, as where they lie in the cells of their row's class. */
function drawnRows(correlation: number, missing = 0) {
  const rng = createRng(3);
  const label = new Uint8Array(ROWS);
  const codes = [new Uint8Array(ROWS), new Uint8Array(ROWS)];
  const places = [new Float32Array(ROWS), new Float32Array(ROWS)];
  for (let row = 0; row < ROWS; row++) {
    const own = rng.integer(2) === 0 ? 0 : 1;
    const shares = SHARES[own];
    label[row] = own;
    const first = rng.normal();
    const second = correlation * first + Math.sqrt(1 - correlation ** 2) * rng.normal();
    for (const [k, z] of [first, second].entries()) {
      if (rng.uniform() < missing) continue;
      let [cell, rest] = [0, normalShare(z)];
      while (cell < 3 && rest >= shares[cell]!) rest -= shares[cell++]!;
      codes[k]![row] = cell + 1;
      places[k]![row] = rest / shares[cell]!;
    }
  }
  const chances = Float32Array.from(SHARES.flatMap((shares) => [missing, ...shares.map((p) => (1 - missing) * p)]));
  return {
    model: {
      weights: new Float32Array([0.5, 0.5]),
      columns: [new Float32Array([1, 0, 0, 1]), chances, chances],
    },
    columns: [{ codes: label, cells: 2 }, ...codes.map((codes) => ({ codes, cells: 5 }))],
    placed: [FIRST, SECOND].map((column, k) => ({ column, closed: 1, places: places[k]! })),
  };
}

/** By a series that converges for all numbers (Marsaglia 2004, "Evaluating the normal distribution"). */
function normalShare(z: number): number {
  let [term, sum] = [z, z];
  for (let k = 1; Math.abs(term) > 1e-12; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

describe("what numbers have in common within classes", () => {
  it.each([
    [0.8, 0],
    [-0.5, 0],
    [0, 0],
    [0.8, 0.4],
  ])("is the correlation of their copula: %d, with a share of %d missing", (correlation, missing) => {
    const { model, columns, placed } = drawnRows(correlation, missing);
    const [one, none, both, rest] = withinClasses(model, columns, placed, createRng(1));
    expect([one, none]).toEqual([1, 0]);
    expect(both).toBeGreaterThan(correlation - 0.03);
    expect(both).toBeLessThan(correlation + 0.03);
    expect(Math.hypot(both ?? 0, rest ?? 0)).toBeCloseTo(1, 5);
  });

  it("is nothing where no row has both, and less than all where two are the same", () => {
    const none = drawnRows(0.8, 1);
    expect([...withinClasses(none.model, none.columns, none.placed, createRng(1))]).toEqual([1, 0, 0, 1]);
    const { model, columns, placed } = drawnRows(0);
    const twice = [...columns.slice(0, 2), ...columns.slice(1, 2)];
    const same = placed.map(({ column, closed }) => ({
      column,
      closed,
      places: placed[0]?.places ?? new Float32Array(),
    }));
    const factor = withinClasses(model, twice, same, createRng(1));
    expect(factor[2]).toBeGreaterThan(0.95);
    expect(factor[2]).toBeLessThan(1);
    expect(factor[3]).toBeGreaterThan(0);
  });
});

it("a Cholesky factor gives its matrix back, and a matrix that is not positive definite has none", () => {
  const factor = cholesky(new Float64Array([4, 2, -2, 2, 10, 5, -2, 5, 6]), 3);
  expect(factor).toEqual(new Float64Array([2, 0, 0, 1, 3, 0, -1, 2, 1]));
  expect(cholesky(new Float64Array([1, 2, 2, 1]), 2)).toBeNull();
});
