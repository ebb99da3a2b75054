import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { scan } from "../../src/transport/arcSearch.js";
import { pointCosts } from "../../src/transport/costs.js";
import { exactTransportSync } from "../../src/transport/exact.js";
import { createSmallest, type Smallest } from "../../src/transport/smallest.js";

const kinds = ["euclidean", "squaredEuclidean"] as const;
const cloud = (seed: number, count: number, dimension: number) =>
  Float64Array.from(createRng(seed).normals(count * dimension));
const valuesOf = ({ values, count }: Smallest) => values.slice(0, count);

describe.each(kinds)("the tree under %s costs", (kind) => {
  it.each([1, 2, 3, 6])("finds to the last bit what a look at all costs finds, in %d dimensions", (dimension) => {
    const costs = pointCosts(cloud(1, 40, dimension), cloud(2, 300, dimension), dimension, kind, 0);
    const [tree, all] = [costs.search(), scan(costs.row)];
    const [found, expected] = [createSmallest(7), createSmallest(7)];
    for (const scale of [0, costs.largest / 20, costs.largest * 1e9]) {
      const v = Float64Array.from(createRng(3).normals(300), (x) => x * scale);
      for (const search of [tree, all]) search.prepare(v);
      for (let i = 0; i < 40; i++) {
        all.find(i, Infinity, expected);
        for (const limit of [Infinity, expected.values[2]!, expected.values[0]!]) {
          all.find(i, limit, expected);
          tree.find(i, limit, found);
          expect(valuesOf(found)).toEqual(valuesOf(expected));
        }
      }
    }
  });
});

it("costs on the fly give the distance that stored ones give", () => {
  const set = (seed: number) => ({ points: cloud(seed, 900, 2), dimension: 2 });
  const problem = { a: set(5), b: set(6) };
  const onTheFly = exactTransportSync(problem, { memoryLimit: 2000 * 1800 });
  expect(onTheFly.cost).toBeCloseTo(exactTransportSync(problem).cost, 12);
  expect(onTheFly.certificate.dualityGap).toBeLessThan(1e-9);
});
