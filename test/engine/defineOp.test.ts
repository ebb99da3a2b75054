import { describe, expect, it } from "vitest";
import { defineOp, gradients, mul, neg, relu, ShapeError, sum, type Tensor } from "../../src/engine/index.js";
import "../allclose.js";
import { evaluate, values } from "./evaluate.js";

const sin: (inputs: readonly [Tensor]) => Tensor = defineOp<readonly [Tensor]>({
  name: "sin",
  shape: ([x]) => x.shape,
  vjp: ({ inputs: [x] }, cotangent) => [mul(cotangent, cos([x]))],
  emit: (_, [x], emitter) => emitter.node("Sin", [x]),
});

const cos = defineOp<readonly [Tensor]>({
  name: "cos",
  shape: ([x]) => x.shape,
  vjp: ({ inputs: [x] }, cotangent) => [neg(mul(cotangent, sin([x])))],
  emit: (_, [x], emitter) => emitter.node("Cos", [x]),
});

/** a b + by: an operation of two inputs whose nodes depend on an attribute. Its name is taken on purpose. */
const shifted = defineOp<readonly [Tensor, Tensor], { readonly by: number }>({
  name: "relu",
  shape([a, b]) {
    if (a.shape.length !== b.shape.length) throw new ShapeError("shifted", "needs tensors of one rank");
    return a.shape;
  },
  emit: ({ attributes: { by } }, [a, b], emitter) =>
    emitter.node("Add", [emitter.node("Mul", [a, b]), emitter.floats([by], [])]),
});

describe("an operation of one's own", () => {
  const points = [-2.5, -1, -0.1, 0, 0.7, 1.6, 3];

  it("has its values, and first and second derivatives that agree with central differences", async () => {
    const { y, first, second } = await evaluate(
      ({ x }) => {
        const y = mul(sin([x]), x);
        const [first] = gradients(sum(y), [x]);
        const [second] = gradients(sum(first), [x]);
        return { y, first, second };
      },
      { x: values(points) },
    );
    const f = (x: number) => Math.sin(x) * x;
    const h = 1e-4;
    const slope = (x: number) => (f(x + h) - f(x - h)) / (2 * h);
    const curvature = (x: number) => (f(x + h) - 2 * f(x) + f(x - h)) / h ** 2;
    expect(y).toBeAllclose(values(points.map(f)), { relative: 1e-6, absolute: 1e-6 });
    expect(first).toBeAllclose(values(points.map(slope)), { relative: 1e-5, absolute: 1e-6 });
    expect(second).toBeAllclose(values(points.map(curvature)), { relative: 1e-5, absolute: 1e-6 });
  });

  it("takes attributes, is one node where it is written twice, and stays apart from a built-in one of its name", async () => {
    const results = await evaluate(
      ({ x, y }) => {
        expect(shifted([x, y], { by: 1 })).toBe(shifted([x, y], { by: 1 }));
        return { one: shifted([x, y], { by: 1 }), two: shifted([x, y], { by: 2 }), relu: relu(x) };
      },
      { x: values([-1, 2]), y: values([3, 4]) },
    );
    expect(results.one).toBeAllclose(values([-2, 9]));
    expect(results.two).toBeAllclose(values([-1, 10]));
    expect(results.relu).toBeAllclose(values([0, 2]));
  });
});
