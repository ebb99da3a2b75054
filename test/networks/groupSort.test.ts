import { describe, expect, it } from "vitest";
import { gradients, mul, sum } from "../../src/engine/index.js";
import { fullSort, groupSort, mlp } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

/** Its values on `rows`, and the gradient of sum(y r). */
function applied(activation: ReturnType<typeof groupSort>, rows: readonly number[], shape: readonly number[]) {
  return evaluate(
    ({ x, r }) => {
      const y = activation(x);
      return { y, gradient: gradients(sum(mul(y, r)), [x])[0]! };
    },
    { x: values(rows, shape), r: values(Array.from(createRng(1).normals(rows.length)), shape) },
  );
}

describe("GroupSort", () => {
  it("of two, MaxMin, pairs each neuron of the first half with its counterpart", async () => {
    const { y } = await applied(groupSort(2), [1, 5, 3, 2, 7, 0, 0, -1], [2, 4]);
    expect(Array.from(y.data)).toEqual([3, 5, 1, 2, 7, 0, 0, -1]);
  });

  it("of more sorts neighbours in ascending order, and fullSort all of them", async () => {
    const row = [3, 1, 2, -1, -3, -2];
    expect(Array.from((await applied(groupSort(3), row, [1, 6])).y.data)).toEqual([1, 2, 3, -3, -2, -1]);
    expect(Array.from((await applied(fullSort, row, [1, 6])).y.data)).toEqual([-3, -2, -1, 1, 2, 3]);
  });

  it("keeps the norm of values and of gradients, whatever the group and the number of axes", async () => {
    const shape = [2, 3, 12];
    const rows = Array.from(createRng(2).normals(72));
    const r = Array.from(createRng(1).normals(72));
    for (const activation of [groupSort(2), groupSort(4), groupSort(12), fullSort]) {
      const { y, gradient } = await applied(activation, rows, shape);
      expect(sorted(y.data)).toEqual(sorted(Float32Array.from(rows)));
      expect(sorted(gradient.data)).toEqual(sorted(Float32Array.from(r)));
    }
  });

  it("refuses a group that is none, and neurons that groups do not divide", async () => {
    expect(() => groupSort(1)).toThrow("must be a whole number from 2, not 1");
    const odd = mlp({ input: 2, output: 1, hidden: [7], activation: "maxmin" });
    const { parameters } = odd.init(createRng(0));
    const context = { training: true, noise: {}, buffers: {}, update: () => {} };
    await expect(
      evaluate(({ x, ...rest }) => ({ y: odd.apply(rest, x!, context) }), { x: values([1, 2], [1, 2]), ...parameters }),
    ).rejects.toThrow("do not divide 7 neurons: choose a width that is a multiple of 2");
  });
});

function sorted(data: ArrayLike<number>): number[] {
  return Array.from(data).sort((a, b) => a - b);
}
