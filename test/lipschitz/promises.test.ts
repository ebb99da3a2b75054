import { beforeAll, describe, expect, it } from "vitest";
import type { TensorData } from "../../src/engine/index.js";
import {
  gradientPenalty,
  noConstraint,
  oneSidedPenalty,
  orthogonalWeights,
  spectralNorm,
  weightClipping,
} from "../../src/lipschitz/index.js";
import { DISTANCE, type TrainedCritic, trainCritic } from "./trainCritic.js";

/** Each constraint on a small critic that is trained on points: what does its slope do? */

const steps = 300;
const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;

describe("no constraint", () => {
  it("lets the slope grow without bound, and the estimate leave the distance behind", async () => {
    const [early, late] = [
      await trainCritic(noConstraint(), { steps: 100 }),
      await trainCritic(noConstraint(), { steps }),
    ];
    expect(mean(early.slopes)).toBeGreaterThan(10);
    expect(mean(late.slopes)).toBeGreaterThan(5 * mean(early.slopes));
    expect(late.estimate).toBeGreaterThan(100 * DISTANCE);
  });
});

describe("weight clipping", () => {
  it("keeps every parameter within the limit, and leaves the slope far from 1", async () => {
    const limit = 0.05;
    const { used, slopes } = await trainCritic(weightClipping({ limit }), { steps });
    const magnitudes = Object.values(used).flatMap(({ data }) => Array.from(data, Math.abs));
    expect(Math.max(...magnitudes)).toBe(Math.fround(limit));
    expect(Math.max(...slopes)).toBeLessThan(0.1);
  });
});

/** Where reals and fakes lie w apart, a loss of -w s + lambda (s - 1)^2 is least at the slope s = 1 + w / (2 lambda). */
const balance = (lambda: number) => 1 + DISTANCE / (2 * lambda);

describe.each([
  ["two-sided", gradientPenalty],
  ["one-sided", oneSidedPenalty],
])("the %s gradient penalty", (_, penalty) => {
  it.each([10, 40])("with lambda %d holds the slope at its balance with the loss, just above 1", async (lambda) => {
    const { slopes, estimate } = await trainCritic(penalty({ lambda }), { steps });
    expect(Math.abs(mean(slopes) - balance(lambda))).toBeLessThan(0.05);
    expect(Math.max(...slopes)).toBeLessThan(balance(lambda) + 0.15);
    expect(Math.abs(estimate / (DISTANCE * balance(lambda)) - 1)).toBeLessThan(0.05);
  });
});

describe("the gradient penalties by themselves, on a critic whose slope is below 1 everywhere", () => {
  const flat = { steps: 200, weightOfLoss: 0, firstScale: 0.4 } as const;
  let before: TrainedCritic;
  beforeAll(async () => {
    before = await trainCritic(noConstraint(), { ...flat, steps: 0 });
    expect(Math.max(...before.slopes)).toBeLessThan(0.5);
  });

  it("two-sided: draws it up to 1", async () => {
    const { slopes } = await trainCritic(gradientPenalty(), flat);
    for (const slope of slopes) expect(Math.abs(slope - 1)).toBeLessThan(0.1);
  });

  it("one-sided: leaves it as it is, to the bit", async () => {
    expect(await trainCritic(oneSidedPenalty(), flat)).toEqual(before);
  });
});

describe("the one-sided penalty by itself, on a critic whose slope is far above 1", () => {
  it("brings it down", async () => {
    const steep = { weightOfLoss: 0, firstScale: 2 } as const;
    const before = await trainCritic(oneSidedPenalty(), { ...steep, steps: 0 });
    const after = await trainCritic(oneSidedPenalty(), { ...steep, steps: 200 });
    expect(Math.min(...before.slopes)).toBeGreaterThan(2);
    expect(mean(after.slopes)).toBeLessThan(1.1);
  });
});

describe("spectral normalisation", () => {
  const norms = ({ used }: TrainedCritic) =>
    Object.values(used)
      .filter(({ shape }) => shape.length === 2)
      .map(spectralNormOf);

  it("starts with every weight's norm near 1", async () => {
    for (const norm of norms(await trainCritic(spectralNorm(), { steps: 0 })))
      expect(Math.abs(norm - 1)).toBeLessThan(0.03);
  });

  it("keeps every weight's norm at 1 and the slope at most 1, so that the estimate is the distance", async () => {
    const trained = await trainCritic(spectralNorm(), { steps });
    expect(norms(trained)).toHaveLength(3);
    for (const norm of norms(trained)) expect(Math.abs(norm - 1)).toBeLessThan(0.005);
    expect(Math.max(...trained.slopes)).toBeLessThan(1.005);
    expect(Math.abs(trained.estimate / DISTANCE - 1)).toBeLessThan(0.05);
  });
});

describe("orthogonal weights", () => {
  /** How far the products of a weight's rows or columns, whichever are fewer, are from those of orthonormal ones. */
  const defects = ({ used }: TrainedCritic) =>
    Object.values(used)
      .filter(({ shape }) => shape.length === 2)
      .map(defectOf);

  it("start with every singular value of every weight at 1", async () => {
    const first = defects(await trainCritic(orthogonalWeights(), { steps: 0 }));
    expect(first).toHaveLength(3);
    for (const defect of first) expect(defect).toBeLessThan(1e-6);
  });

  it.each(["maxmin", "fullsort"] as const)(
    "keep them there, and with %s the slope at 1 but no more, so that the estimate is the distance",
    async (activation) => {
      const trained = await trainCritic(orthogonalWeights(), { steps, activation });
      for (const defect of defects(trained)) expect(defect).toBeLessThan(1e-5);
      expect(Math.max(...trained.slopes)).toBeLessThan(1 + 1e-4);
      expect(Math.min(...trained.slopes)).toBeGreaterThan(0.9);
      expect(Math.abs(trained.estimate / DISTANCE - 1)).toBeLessThan(0.03);
    },
  );

  it("keep them there whatever the learning rate", async () => {
    for (const defect of defects(await trainCritic(orthogonalWeights(), { steps: 20, learningRate: 0.1 })))
      expect(defect).toBeLessThan(1e-4);
  });
});

/** The largest magnitude of an element of W W^T - I, or of W^T W - I where W has fewer columns. */
function defectOf({ shape, data }: TensorData): number {
  const [rows, columns] = shape as [number, number];
  const wide = rows < columns;
  const count = wide ? rows : columns;
  const at = (vector: number, i: number) => data[wide ? vector * columns + i : i * columns + vector]!;
  let worst = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let i = 0; i < Math.max(rows, columns); i++) product += at(a, i) * at(b, i);
      worst = Math.max(worst, Math.abs(product - (a === b ? 1 : 0)));
    }
  }
  return worst;
}

/** The largest singular value of a matrix, by power iterations in float64. */
function spectralNormOf({ shape, data }: TensorData): number {
  const [rows, columns] = shape as [number, number];
  let v = Array.from({ length: columns }, (_, i) => Math.sin(i + 1));
  let norm = 0;
  for (let k = 0; k < 500; k++) {
    const u = Array.from({ length: rows }, (_, i) => v.reduce((total, x, j) => total + x * data[i * columns + j]!, 0));
    const w = v.map((_, j) => u.reduce((total, x, i) => total + x * data[i * columns + j]!, 0));
    norm = Math.hypot(...u) / Math.hypot(...v);
    v = w.map((x) => x / Math.hypot(...w));
  }
  return norm;
}
