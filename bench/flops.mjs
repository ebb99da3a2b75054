import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema, ValueInfoProtoSchema } from "onnx-buf";
import * as ort from "onnxruntime-node";

const MATRIX_PRODUCTS = new Set(["MatMul", "Gemm", "FusedGemm", "FusedMatMul"]);
const CONVOLUTIONS = new Set(["Conv", "FusedConv", "ConvTranspose"]);

/**
 * The floating-point operations of the matrix products and convolutions in an ONNX model with fixed shapes: 2 for each multiplication
 * with its addition. Other nodes count nothing.
 * @param {Uint8Array} model
 * @returns {Promise<number>}
 */
export async function flopsOf(model) {
  const { graph } = fromBinary(ModelProtoSchema, model);
  const counted = graph.node.filter(({ opType }) => MATRIX_PRODUCTS.has(opType) || CONVOLUTIONS.has(opType));
  const shapes = await shapesOf(
    model,
    counted.flatMap(({ input, output }) => [input[0], input[1], output[0]]),
  );
  return counted.reduce((total, node) => total + flopsOfNode(node, shapes), 0);
}

function flopsOfNode({ opType, input, output, attribute }, shapes) {
  const [left, right, result] = [input[0], input[1], output[0]].map((name) => shapes.get(name));
  if (opType === "ConvTranspose") {
    // Each number of the input meets each of a kernel [in, out, height, width].
    return 2 * sizeOf(left) * sizeOf(right.slice(1));
  }
  if (CONVOLUTIONS.has(opType)) return 2 * sizeOf(result) * sizeOf(right.slice(1));
  const transposed = attribute.some(({ name, i }) => name === "transA" && i === 1n);
  return 2 * sizeOf(result) * left.at(transposed ? -2 : -1);
}

/** The shapes of named values, as ONNX Runtime infers them: it knows the shape of every output, so these are made outputs. */
async function shapesOf(model, names) {
  const proto = fromBinary(ModelProtoSchema, model);
  const { graph } = proto;
  const shapes = new Map(graph.initializer.map(({ name, dims }) => [name, dims.map(Number)]));
  const known = new Set([...shapes.keys(), ...[...graph.input, ...graph.output].map(({ name }) => name)]);
  const asked = [...new Set(names)].filter((name) => !known.has(name));
  graph.output.push(...asked.map((name) => create(ValueInfoProtoSchema, { name })));
  const session = await ort.InferenceSession.create(toBinary(ModelProtoSchema, proto), {
    graphOptimizationLevel: "disabled",
    logSeverityLevel: 3,
  });
  for (const { name, shape } of [...session.inputMetadata, ...session.outputMetadata]) shapes.set(name, shape);
  await session.release();
  return shapes;
}

function sizeOf(shape) {
  return shape.reduce((product, length) => product * length, 1);
}
