import { describe, expect, it } from "vitest";
import "../allclose.js";
import { createRng } from "../../src/random.js";
import { type CodedColumn, cellShares } from "../../src/synthesis/codedColumn.js";
import { fitLatentClasses, type LatentClasses } from "../../src/synthesis/latentClasses.js";
import { logLikelihoods } from "./logLikelihoods.js";

/** Rows of three hidden groups, in columns of 2, 5 and 3 cells. */
function grouped(seed: number, rows: number): CodedColumn[] {
  const rng = createRng(seed);
  const group = Array.from({ length: rows }, () => rng.integer(3));
  return [2, 5, 3].map((cells) => ({
    cells,
    codes: Uint8Array.from(group, (g) => (rng.uniform() < 0.8 ? g % cells : rng.integer(cells))),
  }));
}

/** What no iteration lowers: the log-likelihood with the pseudo-row of each class. */
function objective(model: LatentClasses, columns: readonly CodedColumn[]): number {
  const pseudo = columns.flatMap((column, j) => {
    const shares = cellShares(column);
    return [...model.columns[j]!].map((p, at) => {
      const share = shares[at % column.cells]!;
      return share > 0 ? share * Math.log(p) : 0;
    });
  });
  return [...logLikelihoods(model, columns), ...pseudo].reduce((sum, term) => sum + term, 0);
}

/** One iteration by its formulas, row by row. */
function iterated({ weights, columns: cells }: LatentClasses, columns: readonly CodedColumn[]) {
  const rows = columns[0]!.codes.length;
  const members = [...weights].map(() => 0);
  const counts = cells.map((probabilities) => [...probabilities].map(() => 0));
  for (let i = 0; i < rows; i++) {
    const joint = [...weights].map((weight, c) =>
      columns.reduce((p, { codes, cells: count }, j) => p * cells[j]![c * count + codes[i]!]!, weight),
    );
    const total = joint.reduce((sum, p) => sum + p);
    joint.forEach((p, c) => {
      members[c]! += p / total;
      columns.forEach(({ codes, cells: count }, j) => {
        counts[j]![c * count + codes[i]!]! += p / total;
      });
    });
  }
  const shares = columns.map(cellShares);
  return {
    weights: members.map((member) => member / rows),
    columns: counts.map((ofColumn, j) =>
      ofColumn.map((count, at) => {
        const { cells } = columns[j]!;
        return (count + shares[j]![at % cells]!) / (1 + members[Math.floor(at / cells)]!);
      }),
    ),
  };
}

describe("latent classes by expectation maximisation", () => {
  it("take the step of the formulas", async () => {
    const columns = grouped(1, 97);
    const before = await fitLatentClasses(columns, { classes: 7, iterations: 3, seed: 5 });
    const after = await fitLatentClasses(columns, { classes: 7, iterations: 4, seed: 5 });
    const exact = iterated(before, columns);
    expect({ shape: [7], data: after.weights }).toBeAllclose({ shape: [7], data: exact.weights }, { relative: 1e-4 });
    exact.columns.forEach((data, j) => {
      expect({ shape: [data.length], data: after.columns[j]! }).toBeAllclose(
        { shape: [data.length], data },
        { relative: 1e-4 },
      );
    });
  });

  it("never lower their objective", async () => {
    const columns = grouped(2, 300);
    const values: number[] = [];
    for (let iterations = 0; iterations <= 12; iterations++)
      values.push(objective(await fitLatentClasses(columns, { classes: 9, iterations, seed: 1 }), columns));
    values.slice(1).forEach((value, k) => {
      expect(value).toBeGreaterThan(values[k]! - 1e-3);
    });
    expect(values.at(-1)! - values[0]!).toBeGreaterThan(20);
  });

  it("of one class are the shares of all rows", async () => {
    const columns = grouped(3, 50);
    const model = await fitLatentClasses(columns, { classes: 1, iterations: 2, seed: 0 });
    expect([...model.weights]).toEqual([1]);
    columns.forEach((column, j) => {
      const shares = cellShares(column);
      expect({ shape: [column.cells], data: model.columns[j]! }).toBeAllclose({ shape: [column.cells], data: shares });
    });
  });

  it("find hidden groups: fresh rows are likelier than under independent columns, by what the groups tell", async () => {
    const [columns, fresh] = [grouped(4, 3000), grouped(5, 1000)];
    const mean = async (classes: number) => {
      const values = logLikelihoods(await fitLatentClasses(columns, { classes, seed: 1 }), fresh);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    const [independent, three] = [await mean(1), await mean(3)];
    expect(three - independent).toBeGreaterThan(0.5);
  });

  it("of batches that the rows do not fill count each row once", async () => {
    const columns = grouped(6, 4500);
    const told: number[] = [];
    const model = await fitLatentClasses(columns, {
      classes: 4,
      iterations: 3,
      seed: 2,
      onProgress: ({ logLikelihood }) => told.push(logLikelihood),
    });
    const start = await fitLatentClasses(columns, { classes: 4, iterations: 2, seed: 2 });
    const values = logLikelihoods(start, columns);
    expect(told).toHaveLength(3);
    expect(told[2]).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 4);
    expect(model.weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 5);
  });

  it("use so many rows at most, and still know every cell", async () => {
    const codes = Uint16Array.from({ length: 5000 }, (_, i) => (i === 4321 ? 1 : 0));
    const { columns } = await fitLatentClasses([{ codes, cells: 2 }], { classes: 2, rows: 100, seed: 3 });
    expect(columns[0]![1]).toBeGreaterThan(0);
  });

  it("are the same for a seed", async () => {
    const columns = grouped(7, 200);
    const fitted = (seed: number) => fitLatentClasses(columns, { classes: 5, seed });
    expect(await fitted(1)).toEqual(await fitted(1));
    expect(await fitted(1)).not.toEqual(await fitted(2));
  });

  it("stay probabilities where there is little to go by", async () => {
    const tables: CodedColumn[][] = [
      [{ codes: Uint8Array.of(0), cells: 1 }],
      [{ codes: Uint8Array.of(2), cells: 4 }],
      [
        { codes: new Uint32Array(30), cells: 1 },
        { codes: new Uint32Array(30).fill(1), cells: 3 },
      ],
      [{ codes: Uint16Array.from({ length: 12 }, (_, i) => i), cells: 500 }],
      Array.from({ length: 300 }, (_, j) => ({
        codes: Uint8Array.from({ length: 40 }, (_, i) => (i * j) % 7),
        cells: 7,
      })),
    ];
    for (const columns of tables) {
      const { weights, columns: cells } = await fitLatentClasses(columns, { seed: 1, iterations: 60 });
      expect(weights.length).toBe(columns[0]!.codes.length);
      expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 5);
      cells.forEach((probabilities, j) => {
        const count = columns[j]!.cells;
        weights.forEach((_, c) => {
          const sum = probabilities.subarray(c * count, (c + 1) * count).reduce((sum, p) => sum + p, 0);
          expect(sum).toBeCloseTo(1, 5);
        });
      });
    }
  });

  it("refuse columns that do not fit together", async () => {
    const column = { codes: Uint8Array.of(0, 1), cells: 2 };
    await expect(fitLatentClasses([], { seed: 0 })).rejects.toThrow("at least one column");
    await expect(fitLatentClasses([column, { codes: Uint8Array.of(0), cells: 2 }], { seed: 0 })).rejects.toThrow(
      "Column 2 of a latent class model has 1 rows",
    );
    await expect(fitLatentClasses([{ ...column, cells: 1 }], { seed: 0 })).rejects.toThrow("the code 1");
  });

  it("stop when they are told to", async () => {
    const stop = new AbortController();
    const fit = fitLatentClasses(grouped(8, 100), {
      seed: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("enough")),
    });
    await expect(fit).rejects.toThrow("enough");
  });
});

describe("the log-likelihood of rows", () => {
  const model: LatentClasses = {
    weights: Float32Array.of(0.25, 0.75),
    columns: [Float32Array.of(0.5, 0.5, 1, 0), Float32Array.of(0, 0.5, 0.5, 0.25, 0.25, 0.5)],
  };

  it("is the logarithm of the sum over classes", () => {
    const columns = [
      { codes: Uint8Array.of(0, 1, 1), cells: 2 },
      { codes: Uint8Array.of(1, 2, 0), cells: 3 },
    ];
    const exact = [0.25 * 0.5 * 0.5 + 0.75 * 0.25, 0.25 * 0.5 * 0.5, 0].map(Math.log);
    expect([...logLikelihoods(model, columns)]).toEqual(exact);
  });

  it("does not underflow over a thousand columns", () => {
    const columns = Array.from({ length: 1000 }, () => ({ codes: Uint8Array.of(1), cells: 2 }));
    const wide = { weights: Float32Array.of(1), columns: columns.map(() => Float32Array.of(1 - 2 ** -10, 2 ** -10)) };
    expect(logLikelihoods(wide, columns)[0]).toBeCloseTo(-10_000 * Math.LN2, 6);
  });
});
