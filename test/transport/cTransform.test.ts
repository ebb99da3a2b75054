import { expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { matrixCosts } from "../../src/transport/costs.js";
import { cTransform, cTransformAt, transposedCTransform } from "../../src/transport/cTransform.js";

const rng = createRng(3);
const [rows, columns] = [9, 13];
const values = Float64Array.from(rng.normals(rows * columns));
const v = Float64Array.from(rng.normals(columns));

it("is the least of cost minus potential, and the first target that reaches it", () => {
  const { values: u, nearest } = cTransform(matrixCosts(values, rows, columns), v);
  for (let i = 0; i < rows; i++) {
    const reduced = Array.from(v, (potential, j) => values[i * columns + j]! - potential);
    expect(u[i]).toBe(Math.min(...reduced));
    expect(nearest[i]).toBe(reduced.indexOf(u[i]!));
  }
  expect(cTransform(matrixCosts(new Float64Array(6), 1, 6), new Float64Array(6)).nearest[0]).toBe(0);
});

it("to the other side is that of the transposed matrix", () => {
  const some = Int32Array.of(0, 3, 4, 8);
  const u = Float64Array.from(rng.normals(some.length));
  const transposed = Float64Array.from(
    { length: columns * some.length },
    (_, p) => values[some[p % some.length]! * columns + Math.floor(p / some.length)]!,
  );
  expect(transposedCTransform(matrixCosts(values, rows, columns), some, u)).toEqual(
    cTransform(matrixCosts(transposed, columns, some.length), u).values,
  );
});

it("at points in space is an envelope of cones, at any scale", () => {
  const targets = rng.normals(2 * columns);
  const points = rng.normals(2 * rows);
  for (const scale of [1, 2 ** 600, 2 ** -600]) {
    const scaled = (numbers: ArrayLike<number>) => Float64Array.from(numbers, (x) => x * scale);
    const { values: c } = cTransformAt(scaled(points), { points: scaled(targets), dimension: 2 }, scaled(v));
    for (let i = 0; i < rows; i++) {
      const cones = Array.from(v, (height, j) => {
        const [dx, dy] = [points[2 * i]! - targets[2 * j]!, points[2 * i + 1]! - targets[2 * j + 1]!];
        return Math.sqrt(dx * dx + dy * dy) - height;
      });
      expect(c[i]! / scale).toBe(Math.min(...cones));
    }
  }
});
