import { describe, expect, it } from "vitest";
import {
  add,
  broadcastTo,
  concat,
  constant,
  conv2d,
  convTranspose2d,
  div,
  fill,
  gradients,
  leakyRelu,
  matmul,
  mean,
  mul,
  neg,
  ones,
  pad,
  pow,
  relu,
  reshape,
  sizeOf,
  slice,
  sub,
  sum,
  type Tensor,
  tanh,
  traceModel,
  transpose,
  zeros,
} from "../../src/engine/index.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "./evaluate.js";

/** Runs `fn` while a function of x [2, 3] and y [2, 3] is traced. */
function whileTracing(fn: (x: Tensor, y: Tensor) => void): void {
  traceModel(
    ({ x, y }) => {
      fn(x, y);
      return { sum: add(x, y) };
    },
    { x: { shape: [2, 3] }, y: { shape: [2, 3] } },
  );
}

describe("hash-consing", () => {
  it("makes the same expression the same node, gradients included", () => {
    whileTracing((x, y) => {
      const loss = () => sum(tanh(matmul(x, y, { transposeB: true })));
      expect(loss()).toBe(loss());
      expect(pow(x, 3)).toBe(pow(x, 3));
      const stored = values([1, 2]);
      expect(constant(stored)).toBe(constant(stored));
      expect(gradients(loss(), [x])[0]).toBe(gradients(loss(), [x])[0]);
    });
  });

  it("keeps what differs in operation, order, attributes or values apart", () => {
    whileTracing((x, y) => {
      const distinct = [
        sub(x, y),
        sub(y, x),
        pow(x, 3),
        pow(x, 4),
        leakyRelu(x, 0.1),
        leakyRelu(x, 0.2),
        slice(x, [0, 0], [1, 3]),
        slice(x, [1, 0], [2, 3]),
        matmul(x, y, { transposeA: true }),
        matmul(x, y, { transposeB: true }),
        sum(x, 0),
        sum(x, 0, { keepDims: true }),
        constant(values([1, 2, 3])),
        constant(values([1, 2, 4])),
        constant(values([1, 2, 3], [3, 1])),
        fill([2], Number.POSITIVE_INFINITY),
        fill([2], Number.NEGATIVE_INFINITY),
        fill([2], Number.NaN),
      ];
      expect(new Set(distinct).size).toBe(distinct.length);
    });
  });

  it("computes a shared expression once: writing it again adds nothing to the model", () => {
    const specs = { x: { shape: [2, 3] } };
    const once = traceModel(({ x }) => ({ y: tanh(neg(x)) }), specs);
    const again = traceModel(({ x }) => ({ y: [tanh(neg(x)), tanh(neg(x))][1]! }), specs);
    expect(again).toEqual(once);
  });

  it("is of one function: nothing is shared with what was traced before", async () => {
    const first = await evaluate(({ x }) => ({ y: tanh(x) }), { x: values([0]) });
    const second = await evaluate(({ x }) => ({ y: tanh(x) }), { x: values([1, 2]) });
    expect([first.y.shape, second.y.shape]).toEqual([[1], [2]]);
  });

  it("refuses tensors outside a compiled function", () => {
    expect(() => zeros([2])).toThrow(/inside a function/);
  });
});

describe("a program", () => {
  it("takes and gives any names, passes inputs through, and gives one result under two names", async () => {
    const results = await evaluate(
      ({ t0, "state/a.b": state }) => {
        const sum = add(t0, state);
        return { t1: sum, again: sum, "next:t0": t0, constant: fill([2], 3) };
      },
      { t0: values([1, 2]), "state/a.b": values([10]), unused: values([0]) },
    );
    expect(results.t1).toBeAllclose(values([11, 12]));
    expect(results.again).toBeAllclose(values([11, 12]));
    expect(results["next:t0"]).toBeAllclose(values([1, 2]));
    expect(results.constant).toBeAllclose(values([3, 3]));
  });

  it("gives the same results where weights are constants, which ONNX Runtime rearranges when it loads the model", async () => {
    const rng = createRng(3);
    const draw = (...shape: number[]) => values(Array.from(rng.normals(sizeOf(shape))), shape);
    const feeds = { x: draw(2, 9, 8, 3), down: draw(8, 4, 4, 3), same: draw(8, 3, 3, 8), up: draw(8, 4, 4, 3) };
    const network = ({ x, down, same, up }: Record<keyof typeof feeds, Tensor>) => {
      const hidden = relu(conv2d(relu(conv2d(x, down, { stride: 2, padding: 1 })), same, { padding: 1 }));
      return { y: convTranspose2d(hidden, up, { stride: 2, padding: 1 }) };
    };
    const { x, down, same, up } = feeds;
    const fed = await evaluate(network, feeds);
    const stored = await evaluate(
      ({ x }) => network({ x, down: constant(down), same: constant(same), up: constant(up) }),
      { x },
    );
    expect(stored.y).toBeAllclose(fed.y, { relative: 1e-6 });
  });

  it("does not change the values that it is given", async () => {
    const x = values([1, -2]);
    await evaluate(({ x }) => ({ y: neg(x), z: mul(x, x) }), { x });
    expect(x).toBeAllclose(values([1, -2]));
  });
});

describe("what is simplified while the graph is built keeps its value, shape and gradient", () => {
  // x = [[1, 2, 3]], of shape [1, 3]; the weights 1, 2, ... tell the elements of the result apart in the gradient.
  const x = [1, 2, 3];
  const simplified: [string, (x: Tensor) => Tensor, number[], number[], number[]][] = [
    ["0 + x, stretched by the zeros", (x) => add(zeros([2, 3]), x), [2, 3], [1, 2, 3, 1, 2, 3], [5, 7, 9]],
    ["x - 0, stretched by the zeros", (x) => sub(x, zeros([2, 3])), [2, 3], [1, 2, 3, 1, 2, 3], [5, 7, 9]],
    ["0 - x, stretched by the zeros", (x) => sub(zeros([2, 3]), x), [2, 3], [-1, -2, -3, -1, -2, -3], [-5, -7, -9]],
    ["1 x, stretched by the ones", (x) => mul(ones([2, 1]), x), [2, 3], [1, 2, 3, 1, 2, 3], [5, 7, 9]],
    ["x / 1, stretched by the ones", (x) => div(x, ones([2, 3])), [2, 3], [1, 2, 3, 1, 2, 3], [5, 7, 9]],
    ["-1 x", (x) => mul(x, -1), [1, 3], [-1, -2, -3], [-1, -2, -3]],
    ["-(-x)", (x) => neg(neg(x)), [1, 3], [1, 2, 3], [1, 2, 3]],
    ["2 (x 3)", (x) => mul(2, mul(x, 3)), [1, 3], [6, 12, 18], [6, 12, 18]],
    ["(3 x) 2", (x) => mul(mul(3, x), 2), [1, 3], [6, 12, 18], [6, 12, 18]],
    [
      "2 (3 x), stretched by the twos",
      (x) => mul(fill([2, 3], 2), mul(3, x)),
      [2, 3],
      [6, 12, 18, 6, 12, 18],
      [30, 42, 54],
    ],
    ["a stretched x times x", (x) => mul(broadcastTo(x, [2, 3]), x), [2, 3], [1, 4, 9, 1, 4, 9], [10, 28, 54]],
    [
      "two stretched x added",
      (x) => add(broadcastTo(x, [2, 3]), broadcastTo(x, [2, 3])),
      [2, 3],
      [2, 4, 6, 2, 4, 6],
      [10, 14, 18],
    ],
    ["the sum of a stretched x over new rows", (x) => sum(broadcastTo(x, [4, 3]), 0), [3], [4, 8, 12], [4, 8, 12]],
    ["the sum of a stretched x over all", (x) => sum(broadcastTo(x, [4, 3])), [], [24], [4, 4, 4]],
    [
      "the sum of a stretched x over columns",
      (x) => sum(broadcastTo(x, [2, 3]), 1, { keepDims: true }),
      [2, 1],
      [6, 6],
      [3, 3, 3],
    ],
    ["the mean of a stretched x", (x) => mean(broadcastTo(x, [2, 2, 3]), [0, 1]), [3], [1, 2, 3], [1, 2, 3]],
    ["the sum over an axis of length 1", (x) => sum(x, 0), [3], [1, 2, 3], [1, 2, 3]],
    ["a sum of ones times x", (x) => mul(sum(ones([4, 3]), 0), x), [1, 3], [4, 8, 12], [4, 8, 12]],
    ["a reshape of a reshape", (x) => reshape(reshape(x, [3]), [3, 1]), [3, 1], [1, 2, 3], [1, 2, 3]],
    ["a reshape and back", (x) => reshape(reshape(x, [3, 1]), [1, 3]), [1, 3], [1, 2, 3], [1, 2, 3]],
    [
      "a transpose of a transpose",
      (x) => transpose(transpose(reshape(x, [1, 3, 1]), [1, 2, 0]), [2, 0, 1]),
      [1, 3, 1],
      [1, 2, 3],
      [1, 2, 3],
    ],
    [
      "the second piece of a concatenation",
      (x) => slice(concat([neg(x), x, neg(x)], 0), [1, 0], [2, 3]),
      [1, 3],
      [1, 2, 3],
      [1, 2, 3],
    ],
    [
      "parts of two pieces of a concatenation",
      (x) => slice(concat([neg(x), x], 1), [0, 2], [1, 5]),
      [1, 3],
      [-3, 1, 2],
      [2, 3, -1],
    ],
    ["a slice of everything", (x) => slice(x, [0, 0], [1, 3]), [1, 3], [1, 2, 3], [1, 2, 3]],
    ["x beside padded zeros", (x) => add(pad(zeros([1, 2]), [0, 0], [0, 1]), x), [1, 3], [1, 2, 3], [1, 2, 3]],
    [
      "constants among themselves",
      (x) => mul(x, sub(mul(2, constant(3)), div(4, constant(2)))),
      [1, 3],
      [4, 8, 12],
      [4, 8, 12],
    ],
  ];

  it("for every rule", async () => {
    const results = await evaluate(
      ({ x }) => {
        const outputs = simplified.flatMap(([, fn, shape], i) => {
          const y = fn(x);
          const weights = Array.from({ length: sizeOf(y.shape) }, (_, j) => j + 1);
          const g = gradients(sum(mul(y, constant(values(weights, shape)))), [x])[0]!;
          return [
            [`y${i}`, y],
            [`g${i}`, g],
          ] as const;
        });
        return Object.fromEntries(outputs);
      },
      { x: values(x, [1, 3]) },
    );
    for (const [i, [name, , shape, y, g]] of simplified.entries()) {
      expect(results[`y${i}`], name).toBeAllclose(values(y, shape));
      expect(results[`g${i}`], `gradient of ${name}`).toBeAllclose(values(g, [1, 3]));
    }
  });
});
