import { describe, expect, it } from "vitest";
import { createSession } from "#runtime";
import {
  add,
  broadcastTo,
  concat,
  conv2d,
  convTranspose2d,
  lengthOf,
  matmul,
  mean,
  ones,
  reshape,
  ShapeError,
  type SymbolicShape,
  sizeOf,
  slice,
  sum,
  symbolicDimension,
  type Tensor,
  traceModel,
} from "../../src/engine/index.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "./evaluate.js";

const batch = symbolicDimension("batch");

/** What `fn` gives for x of an open shape, while it is traced. */
function whileTracing<T>(shape: SymbolicShape, fn: (x: Tensor) => T): T {
  let result: { readonly value: T } | undefined;
  traceModel(
    ({ x }) => {
      result = { value: fn(x) };
      return { y: add(x, 1) };
    },
    { x: { shape } },
  );
  if (!result) throw new Error("not traced");
  return result.value;
}

const shown = (shape: SymbolicShape, fn: (x: Tensor) => Tensor) => String(whileTracing(shape, (x) => fn(x).shape));

describe("shapes with an open length", () => {
  it("go through reshapes, sums, products and pieces as the symbol's multiples", () => {
    expect(symbolicDimension("batch")).toBe(batch);
    expect(shown([batch, 2, 3], (x) => reshape(x, [-1]))).toBe("6*batch");
    expect(shown([batch, 2, 3], (x) => reshape(x, [-1, 6]))).toBe("batch,6");
    expect(shown([batch, 2, 3], (x) => reshape(reshape(x, [-1, 3]), [batch, -1]))).toBe("batch,6");
    expect(shown([batch, 2, 3], (x) => sum(x, [1, 2]))).toBe("batch");
    expect(shown([batch, 2], (x) => matmul(x, ones([2, 5])))).toBe("batch,5");
    expect(shown([batch, 2], (x) => slice(x, [0, 1], [batch, 2]))).toBe("batch,1");
    expect(shown([batch, 2], (x) => concat([x, x, x], 0))).toBe("3*batch,2");
    expect(shown([4, batch], (x) => add(x, ones([4, 1])))).toBe("4,batch");
  });

  it.each<[string, SymbolicShape, (x: Tensor) => unknown, RegExp]>([
    ["reshape", [batch, 2], (x) => reshape(x, [3, -1]), /^reshape: shape \[batch, 2\] does not reshape to \[3, -1\]/],
    ["add", [batch, 2], (x) => add(x, ones([3, 2])), /^add: shapes \[batch, 2\] and \[3, 2\] do not broadcast/],
    ["mean", [batch, 2], (x) => mean(x, 0), /^mean: axis 0 of shape \[batch\] has no fixed length/],
    ["slice", [batch, 2], (x) => slice(x, [0, 0], [1, 2]), /^slice: .* is not inside shape \[batch, 2\]/],
    ["concat", [batch, 2], (x) => concat([x, ones([1, 2])], 0), /^concat: lengths batch and 1 do not add up/],
    ["sizeOf", [batch, 2], (x) => sizeOf(x.shape), /^sizeOf: axis 0 of shape \[batch, 2\] has no fixed length/],
    ["lengthOf", [batch, 2], (x) => lengthOf(x.shape, 0), /^lengthOf: axis 0 of shape \[batch, 2\]/],
    [
      "two symbols",
      [batch, symbolicDimension("rows")],
      (x) => reshape(x, [-1]),
      /more than one length of .*batch, rows/,
    ],
  ])("an error of %s names the symbol", (_, shape, fn, message) => {
    expect(() => whileTracing(shape, fn)).toThrow(ShapeError);
    expect(() => whileTracing(shape, fn)).toThrow(message);
  });

  it("are refused where a model would need to know the length, and not written as a number", () => {
    const model = (fn: (x: Tensor) => Tensor) => () =>
      traceModel(({ x }) => ({ y: fn(x) }), { x: { shape: [batch, 1] } });
    expect(model(() => ones([batch, 2]))).toThrow(/^fill: axis 0 of shape \[batch, 2\] has no fixed length/);
    expect(model((x) => broadcastTo(sum(x, 0), [batch, 1]))).toThrow(/^broadcastTo: .*\[batch, 1\]/);
  });
});

it("a model of an open batch gives for any number of rows what a model of that number gives", async () => {
  const rng = createRng(1);
  const random = (...shape: number[]) => values(Array.from(rng.normals(sizeOf(shape))), shape);
  const weights = { down: random(4, 3, 3, 1), up: random(4, 4, 4, 9), dense: random(18, 3) };
  const fn = ({ x, down, up, dense }: Record<"x" | keyof typeof weights, Tensor>) => {
    const images = reshape(x, [-1, 3, 2, 1]);
    const hidden = conv2d(images, down, { stride: [2, 1], padding: 1 });
    const grown = convTranspose2d(hidden, up, { stride: 2, padding: 1 });
    const y = matmul(reshape(slice(grown, [0, 0, 0, 0], [grown.shape[0] ?? 0, 1, 2, 9]), [-1, 18]), dense);
    const stretched = broadcastTo(reshape(y, [-1, 1, 3]), [y.shape[0] ?? 0, 2, 3]);
    return { y, stretched, total: sum(y, 0), rows: sum(y, 1) };
  };
  const open = traceModel(fn, {
    x: { shape: [batch, 6] },
    down: weights.down,
    up: weights.up,
    dense: weights.dense,
  });
  const session = await createSession(open, {});
  for (const rows of [1, 5]) {
    const inputs = { x: random(rows, 6), ...weights };
    const found = await session.run(inputs);
    const expected = await evaluate(fn, inputs);
    for (const [name, value] of Object.entries(expected)) {
      expect(found[name], `${name} of ${rows} rows`).toBeAllclose(value, { relative: 1e-5, absolute: 1e-6 });
    }
  }
  await session.release();
});
