import { describe, expect, it } from "vitest";
import {
  add,
  broadcastTo,
  compile,
  concat,
  conv2d,
  convTranspose2d,
  exp,
  gather,
  gradients,
  greater,
  log,
  matmul,
  max,
  mean,
  mul,
  neg,
  ones,
  reshape,
  ShapeError,
  sigmoid,
  sizeOf,
  slice,
  softmax,
  softplus,
  sqrt,
  square,
  stopGradient,
  straightThrough,
  sub,
  sum,
  type Tensor,
  type TensorData,
  tanh,
  traceModel,
  transpose,
  where,
} from "../../src/engine/index.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "./evaluate.js";

describe("gradients", () => {
  it("nest: the first four derivatives of tanh and exp are those of calculus", async () => {
    const xs = [-1.5, -0.5, 0, 0.25, 1];
    const derivatives = (f: (x: Tensor) => Tensor, x: Tensor) => {
      const found: Tensor[] = [f(x)];
      for (let order = 1; order <= 4; order++) found.push(gradients(sum(found.at(-1)!), [x])[0]!);
      return Object.fromEntries(found.map((y, order) => [order, y]));
    };
    const tanhs = await evaluate(({ x }) => derivatives(tanh, x), { x: values(xs) });
    const t = xs.map(Math.tanh);
    const formulas: ((t: number) => number)[] = [
      (t) => t,
      (t) => 1 - t ** 2,
      (t) => -2 * t * (1 - t ** 2),
      (t) => (6 * t ** 2 - 2) * (1 - t ** 2),
      (t) => (16 * t - 24 * t ** 3) * (1 - t ** 2),
    ];
    for (const [order, formula] of formulas.entries()) {
      expect(tanhs[order], `order ${order}`).toBeAllclose(values(t.map(formula)), { relative: 3e-6 });
    }
    const exps = await evaluate(({ x }) => derivatives(exp, x), { x: values(xs) });
    for (let order = 0; order <= 4; order++) expect(exps[order]).toBeAllclose(values(xs.map(Math.exp)));
  });

  it("are zeros of x's shape where y does not depend on x, or only through stopGradient or a comparison", async () => {
    const results = await evaluate(
      ({ x, other }) => ({
        none: gradients(sum(square(other)), [x])[0]!,
        stopped: gradients(sum(square(stopGradient(x))), [x])[0]!,
        compared: gradients(sum(where(greater(x, 0), other, 1)), [x])[0]!,
      }),
      { x: values([1, 2, 3, 4], [2, 2]), other: values([5, 6], [1, 2]) },
    );
    for (const result of Object.values(results)) expect(result).toBeAllclose(values([0, 0, 0, 0], [2, 2]));
  });

  it("flow to the surrogate of a straight-through value, twice too, as by what is added and taken away", async () => {
    const throughSum = (value: Tensor, soft: Tensor) => add(stopGradient(value), sub(soft, stopGradient(soft)));
    const derivatives = (x: Tensor, through: typeof throughSum) => {
      const y = mul(through(where(greater(x, 0), 1, 0), tanh(x)), x);
      const [first] = gradients(sum(square(y)), [x]);
      return { y, first, second: gradients(sum(square(first)), [x])[0] };
    };
    const x = values([-2, -0.5, 0, 0.5, 2]);
    const { one, other } = await evaluate(
      ({ x }) => ({ one: derivatives(x, straightThrough), other: derivatives(x, throughSum) }),
      { x },
    );
    for (const name of ["y", "first", "second"] as const) expect(one[name]).toBeAllclose(other[name]);
    await expect(evaluate(({ x }) => ({ y: straightThrough(x, sum(x)) }), { x })).rejects.toThrow(
      "shapes [5] and [] differ",
    );
  });

  it("are taken with respect to results inside the function, of which the gradient of y itself is 1", async () => {
    const results = await evaluate(
      ({ x }) => {
        const inside = square(x);
        const y = sum(mul(inside, inside));
        const [toInside, toX, toY] = gradients(y, [inside, x, y]);
        return { toInside: toInside!, toX: toX!, toY: toY! };
      },
      { x: values([1, -2]) },
    );
    expect(results.toInside).toBeAllclose(values([2, 8]));
    expect(results.toX).toBeAllclose(values([4, -32]));
    expect(results.toY).toBeAllclose(values([1], []));
  });

  // Each is a tensor h of elements 1 to 6 that the next operation could be simplified past, and a use of it with the same elements.
  it.each<[string, (x: Tensor) => Tensor, (h: Tensor) => Tensor]>([
    ["a reshape", (x) => reshape(x, [2, 3]), (h) => reshape(h, [3, 2])],
    ["a transpose", (x) => transpose(x, [1, 0]), (h) => transpose(h, [1, 0])],
    ["a negative", (x) => neg(x), (h) => neg(h)],
    ["a broadcast, added", (x) => broadcastTo(x, [2, 6, 1]), (h) => mul(add(h, ones([2, 6, 1])), 0.5)],
    ["a broadcast, summed", (x) => broadcastTo(x, [2, 6, 1]), (h) => sum(h, 0)],
    ["a multiple", (x) => mul(x, 2), (h) => mul(h, 0.5)],
    ["a concatenation", (x) => concat([x, square(x)], 0), (h) => slice(h, [0, 0], [6, 1])],
  ])("are taken with respect to %s inside the function", async (_, make, use) => {
    const { found, expected } = await evaluate(
      ({ x }) => {
        const h = make(x);
        // The same values as a node that no simplification looks through.
        const apart = stopGradient(h);
        const [found] = gradients(sum(square(use(h))), [h]);
        const [expected] = gradients(sum(square(use(apart))), [apart]);
        return { found: found!, expected: expected! };
      },
      { x: values([1, 2, 3, 4, 5, 6], [6, 1]) },
    );
    expect(found).toBeAllclose(expected);
  });

  it("add up over every use of a tensor", async () => {
    const { g } = await evaluate(
      ({ x }) => ({ g: gradients(sum(add(mul(x, x), add(mul(3, x), mul(x, tanh(sub(x, x)))))), [x])[0]! }),
      { x: values([1, -2]) },
    );
    // d/dx (x^2 + 3x + x tanh(x - x)) = 2x + 3: the two paths through x - x cancel and tanh(0) = 0.
    expect(g).toBeAllclose(values([5, -1]));
  });

  it("pass float gradients around an int32 input", async () => {
    const { g } = await evaluateGather([1, 1, 2]);
    expect(g).toBeAllclose(values([0, 2, 1]));
  });

  it("take any y of one element and refuse others with their shape", () => {
    const trace = (shape: number[]) => traceModel(({ x }) => ({ g: gradients(x, [x])[0]! }), { x: { shape } });
    expect(() => trace([1, 1])).not.toThrow();
    expect(() => trace([2, 3])).toThrow(ShapeError);
    expect(() => trace([2, 3])).toThrow(/gradients.*\[2, 3\]/);
  });
});

describe("gradients of whole functions equal central differences, along themselves and along random directions", () => {
  const shapes = { images: [2, 6, 5, 1], kernels: [2, 4, 4, 1], up: [2, 3, 3, 2], last: [12, 1] };
  type Point = Record<keyof typeof shapes, TensorData>;

  const composites: Record<string, (inputs: Record<keyof typeof shapes, Tensor>) => Tensor> = {
    "a transposed convolution of a convolution": ({ images, kernels, up }) => {
      const hidden = tanh(conv2d(images, kernels, { stride: 2, padding: 1 }));
      return mean(square(tanh(convTranspose2d(hidden, up, { stride: 2, padding: 1 }))));
    },
    "a gradient penalty through two convolutions": ({ images, kernels, up, last }) => {
      const critic = (x: Tensor) => {
        const hidden = softplus(conv2d(x, kernels, { stride: 2, padding: 1 }));
        return matmul(reshape(softplus(conv2d(hidden, up, { padding: 1 })), [2, -1]), last);
      };
      const [slope] = gradients(sum(critic(images)), [images]);
      return mean(square(sub(sqrt(add(sum(square(slope!), [1, 2, 3]), 1e-12)), 1)));
    },
    "the entropy of a softmax and a log-sum-exp": ({ images }) => {
      const logits = reshape(images, [5, -1]);
      const p = softmax(logits, 0);
      const top = stopGradient(max(logits, 1, { keepDims: true }));
      return add(sum(mul(p, log(p))), sum(add(top, log(sum(exp(sub(logits, top)), 1, { keepDims: true })))));
    },
    "a penalty on a penalty's gradient": ({ images, last }) => {
      const score = (x: Tensor) => sigmoid(matmul(x, reshape(last, [6, 2])));
      const x = reshape(images, [10, 6]);
      const first = gradients(sum(square(score(x))), [x])[0]!;
      const second = gradients(sum(square(first)), [x])[0]!;
      return sum(square(second));
    },
  };

  it.each(Object.entries(composites))("%s", async (_, f) => {
    const rng = createRng(7);
    const draw = (scale: number) => combine((name) => rng.normals(sizeOf(shapes[name])).map((x) => scale * x));
    const at = draw(0.5);
    const program = await compile((inputs) => {
      const y = f(inputs);
      const g = gradients(y, Object.values(inputs));
      return { y, to: Object.fromEntries(Object.keys(inputs).map((name, i) => [name, g[i]!])) };
    }, at);
    const results = await program.run(at);
    const gradient = combine((name) => results.to[name]!.data);
    const slope = norm(gradient);
    // The difference errs by about step^2 and by the rounding of y, 1e-7 / step.
    const step = 1 / 64;
    for (const direction of [gradient, draw(1), draw(1)]) {
      const length = norm(direction);
      const moved = async (distance: number) => {
        const there = combine((name) =>
          at[name].data.map((x, i) => x + (distance / length) * direction[name].data[i]!),
        );
        return (await program.run(there)).y!.data[0]!;
      };
      const difference = ((await moved(step)) - (await moved(-step))) / (2 * step);
      const along = dot(gradient, direction) / length;
      expect(values([along])).toBeAllclose(values([difference]), { relative: 0, absolute: 2e-3 * slope });
    }
    await program.release();
  });

  function combine(make: (name: keyof typeof shapes) => ArrayLike<number>): Point {
    const names = Object.keys(shapes) as (keyof typeof shapes)[];
    return Object.fromEntries(names.map((name) => [name, values(Array.from(make(name)), shapes[name])])) as Point;
  }

  function dot(a: Point, b: Point): number {
    const terms = Object.entries(a).flatMap(([name, { data }]) =>
      Array.from(data, (x, i) => x * b[name as keyof typeof shapes].data[i]!),
    );
    return terms.reduce((total, term) => total + term);
  }

  function norm(a: Point): number {
    return Math.sqrt(dot(a, a));
  }
});

function evaluateGather(rows: readonly number[]) {
  const feeds = { x: values([1, 2, 3]), indices: { shape: [rows.length], data: Int32Array.from(rows) } };
  return compile(({ x, indices }) => ({ g: gradients(sum(gather(x, indices, 0)), [x])[0]! }), {
    x: { shape: [3] },
    indices: { shape: [rows.length], dtype: "int32" },
  }).then((program) => program.run(feeds));
}
