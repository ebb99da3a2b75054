import { describe, expect, it } from "vitest";
import {
  add,
  avgPool,
  broadcastTo,
  compile,
  concat,
  constant,
  conv2d,
  convTranspose2d,
  gather,
  greater,
  type InputSpec,
  matmul,
  pad,
  reshape,
  ShapeError,
  type SymbolicShape,
  slice,
  softmax,
  sort,
  sum,
  type Tensor,
  traceModel,
  transpose,
  upsample,
  where,
  zeros,
} from "../../src/engine/index.js";
import { values } from "./evaluate.js";

/** The shape of `fn`'s result. */
function shapeOf(fn: () => Tensor): SymbolicShape {
  let shape: SymbolicShape = [];
  traceModel(() => {
    const y = fn();
    shape = y.shape;
    return { y };
  }, {});
  return shape;
}

describe("a shape error names the operation, the shapes and the line that called it", () => {
  const wrong: [string, () => Tensor, RegExp][] = [
    ["add", () => add(zeros([2, 3]), zeros([2])), /^add: .*\[2, 3\].*\[2\]/],
    ["greater", () => greater(zeros([4]), zeros([3])), /^greater: .*\[4\].*\[3\]/],
    ["where", () => where(greater(zeros([2]), 0), zeros([3]), 0), /^where: .*\[2\].*\[3\]/],
    ["matmul", () => matmul(zeros([2, 3]), zeros([4, 5])), /^matmul: .*\[2, 3\].*\[4, 5\]/],
    ["matmul (ranks)", () => matmul(zeros([3]), zeros([3, 5])), /^matmul: .*\[3\].*\[3, 5\]/],
    ["matmul (batches)", () => matmul(zeros([2, 1, 3]), zeros([4, 3, 5])), /^matmul: .*\[2.*\[4/],
    [
      "matmul (addend)",
      () => matmul(zeros([2, 3]), zeros([3, 5]), { addend: zeros([4]) }),
      /^matmul: .*\[4\].*\[2, 5\]/,
    ],
    ["conv2d", () => conv2d(zeros([1, 5, 5, 3]), zeros([2, 3, 3, 4])), /^conv2d: .*\[1, 5, 5, 3\].*\[2, 3, 3, 4\]/],
    ["conv2d (small)", () => conv2d(zeros([1, 2, 3, 1]), zeros([1, 4, 4, 1])), /^conv2d: .*\[4, 4\].*\[2, 3\]/],
    [
      "convTranspose2d",
      () => convTranspose2d(zeros([1, 5, 5, 3]), zeros([2, 3, 3, 4])),
      /^convTranspose2d: .*\[1, 5, 5, 3\].*\[2, 3, 3, 4\]/,
    ],
    ["avgPool", () => avgPool(zeros([1, 5, 4, 1]), 2), /^avgPool: .*2.*\[1, 5, 4, 1\]/],
    ["upsample", () => upsample(zeros([5, 4]), 2), /^upsample: .*\[5, 4\]/],
    ["reshape", () => reshape(zeros([2, 3]), [4, -1]), /^reshape: .*\[2, 3\].*\[4, -1\]/],
    ["transpose", () => transpose(zeros([2, 3]), [0, 0]), /^transpose: .*\[0, 0\].*\[2, 3\]/],
    ["broadcastTo", () => broadcastTo(zeros([2, 3]), [3, 3]), /^broadcastTo: .*\[2, 3\].*\[3, 3\]/],
    ["broadcastTo (narrower)", () => broadcastTo(zeros([2, 3]), [3]), /^broadcastTo: .*\[2, 3\].*\[3\]/],
    ["concat", () => concat([zeros([2, 3]), zeros([2, 4])], 0), /^concat: .*\[2, 3\].*\[2, 4\]/],
    ["slice", () => slice(zeros([2, 3]), [0, 1], [2, 4]), /^slice: .*\[2, 4\].*\[2, 3\]/],
    ["pad", () => pad(zeros([2, 3]), [1], [1]), /^pad: .*\[1\].*\[2, 3\]/],
    ["gather", () => gather(zeros([2, 3]), [0, 3], 1), /^gather: .*3.*\[2, 3\]/],
    ["sum", () => sum(zeros([2, 3]), 2), /^sum: axis 2.*rank 2/],
    ["softmax", () => softmax(zeros([2, 3]), -3), /^softmax: axis -3.*rank 2/],
    ["sort", () => sort(sum(zeros([2, 3]))), /^sort: .*scalar/],
    ["constant", () => constant(values([1, 2, 3], [2, 2])), /^constant: .*3.*\[2, 2\]/],
  ];

  it.each(wrong)("%s", (_, fn, message) => {
    expect(() => shapeOf(fn)).toThrow(ShapeError);
    expect(() => shapeOf(fn)).toThrow(message);
    expect(() => shapeOf(fn)).toThrow(/shapes\.test\.ts:\d+/);
  });
});

describe("a program refuses inputs that it was not compiled for", () => {
  it("by name and shape", async () => {
    const specs: Record<string, InputSpec> = { x: { shape: [2] }, y: { shape: [3, 1] } };
    const program = await compile(({ x, y }) => ({ z: add(x!, y!) }), specs);
    const y = values([1, 2, 3], [3, 1]);
    await expect(async () => program.run({ y })).rejects.toThrow(/"x".*\[2\]/);
    await expect(async () => program.run({ x: values([1, 2, 3]), y })).rejects.toThrow(/"x".*\[3\].*\[2\]/);
    await expect(program.run({ x: values([1, 2]), y })).resolves.toHaveProperty("z.shape", [3, 2]);
    await program.release();
  });
});

it("one length of a reshape may be left open", () => {
  expect(shapeOf(() => reshape(zeros([2, 3, 4]), [-1, 6]))).toEqual([4, 6]);
  expect(shapeOf(() => reshape(zeros([2, 3, 4]), [-1]))).toEqual([24]);
});
