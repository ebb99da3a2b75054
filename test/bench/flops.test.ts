import { create, toBinary } from "@bufbuild/protobuf";
import { AttributeProto_AttributeType, ModelProtoSchema, TensorProto_DataType } from "onnx-buf";
import { expect, it } from "vitest";
import { flopsOf } from "../../bench/flops.mjs";
import { add, gradients, matmul, sum, traceModel } from "../../src/engine/index.js";

it("a matrix product is 2 m k n, transposed or not, and elementwise work is nothing", async () => {
  const model = traceModel(
    ({ a, b, c }) => ({
      y: add(matmul(matmul(a, b), c, { transposeB: true }), 1),
      z: matmul(a, a, { transposeA: true }),
    }),
    { a: { shape: [3, 5] }, b: { shape: [5, 7] }, c: { shape: [11, 7] } },
  );
  expect(await flopsOf(model)).toBe(2 * (3 * 5 * 7 + 3 * 7 * 11 + 5 * 3 * 5));
});

it("the gradients of a product are two products of the same size", async () => {
  const model = traceModel(
    ({ a, b }) => {
      const y = matmul(a, b);
      const [da, db] = gradients(sum(matmul(y, y, { transposeA: true })), [a, b]);
      return { da: da!, db: db! };
    },
    { a: { shape: [4, 6] }, b: { shape: [6, 2] } },
  );
  const product = 4 * 6 * 2;
  const ofGradient = 4 * 2 * 2;
  expect(await flopsOf(model)).toBe(2 * (3 * product + 2 * ofGradient));
});

it("a convolution is 2 times its outputs times the kernel of one output", async () => {
  const attributes = { strides: [2, 2], pads: [1, 1, 1, 1] };
  const model = modelOf("Conv", [2, 3, 8, 8], [5, 3, 4, 4], attributes);
  expect(await flopsOf(model)).toBe(2 * (2 * 4 * 4 * 5) * (4 * 4 * 3));
});

it("a transposed convolution is 2 times its inputs times the kernel of one input", async () => {
  const attributes = { strides: [2, 2], pads: [1, 1, 1, 1] };
  const model = modelOf("ConvTranspose", [2, 3, 4, 4], [3, 5, 4, 4], attributes);
  expect(await flopsOf(model)).toBe(2 * (2 * 4 * 4 * 3) * (4 * 4 * 5));
});

/** A model of one node: how the engine lowers a convolution is not what is tested here. */
function modelOf(opType: string, x: number[], w: number[], attributes: Readonly<Record<string, number[]>>): Uint8Array {
  const value = (name: string, shape?: number[]) => ({ name, ...(shape && { type: tensorType(shape) }) });
  const attribute = Object.entries(attributes).map(([name, ints]) => ({
    name,
    type: AttributeProto_AttributeType.INTS,
    ints: ints.map(BigInt),
  }));
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 10n,
      opsetImport: [{ domain: "", version: 21n }],
      graph: {
        name: "one node",
        node: [{ opType, input: ["x", "w"], output: ["y"], attribute }],
        input: [value("x", x), value("w", w)],
        output: [value("y")],
      },
    }),
  );
}

function tensorType(shape: number[]) {
  const dim = shape.map((length) => ({ value: { case: "dimValue" as const, value: BigInt(length) } }));
  return { value: { case: "tensorType" as const, value: { elemType: TensorProto_DataType.FLOAT, shape: { dim } } } };
}
