import { fromBinary } from "@bufbuild/protobuf";
import { type AttributeProto, ModelProtoSchema } from "onnx-buf";
import { expect, it } from "vitest";
import { symbolicDimension } from "../../src/engine/index.js";
import { encodeModel, type OnnxModel } from "../../src/engine/onnxModel.js";
import { bytesOf } from "../../src/engine/protobuf.js";

const model: OnnxModel = {
  name: "all",
  nodes: [
    { opType: "Pad", domain: "", inputs: ["x", "é"], outputs: ["y"], attributes: { axes: [0, -1, 300], mode: "edge" } },
    { opType: "Own", domain: "com.own", inputs: [], outputs: ["z"], attributes: { alpha: { float: 0.5 }, to: -3 } },
  ],
  constants: [{ name: "é", type: "int64", shape: [2], data: bytesOf(BigInt64Array.of(-1n, 2n)) }],
  inputs: [{ name: "x", type: "float32", shape: [symbolicDimension("n"), 200] }],
  outputs: [
    { name: "y", type: "float16", shape: [] },
    { name: "z", type: "bool", shape: undefined },
  ],
  metadata: { note: "x".repeat(1000) },
};

it("a model is read back by another implementation of the format", () => {
  const { graph, opsetImport, irVersion, metadataProps } = fromBinary(ModelProtoSchema, encodeModel(model));
  expect(irVersion).toBe(10n);
  expect(opsetImport).toMatchObject([{ version: 21n }, { domain: "com.own", version: 1n }]);
  expect(metadataProps).toMatchObject([{ key: "note", value: "x".repeat(1000) }]);
  const fieldsOf = ({ name, type, i, f, s, ints }: AttributeProto) => [
    name,
    type,
    i,
    f,
    new TextDecoder().decode(s),
    ints,
  ];
  expect(
    graph?.node.map(({ opType, input, output, attribute }) => [opType, input, output, attribute.map(fieldsOf)]),
  ).toEqual([
    [
      "Pad",
      ["x", "é"],
      ["y"],
      [
        ["axes", 7, 0n, 0, "", [0n, -1n, 300n]],
        ["mode", 3, 0n, 0, "edge", []],
      ],
    ],
    [
      "Own",
      [],
      ["z"],
      [
        ["alpha", 1, 0n, 0.5, "", []],
        ["to", 2, -3n, 0, "", []],
      ],
    ],
  ]);
  expect(graph?.initializer).toMatchObject([
    { name: "é", dataType: 7, dims: [2n], rawData: bytesOf(BigInt64Array.of(-1n, 2n)) },
  ]);
  const types = [...(graph?.input ?? []), ...(graph?.output ?? [])].map(({ type }) => type?.value.value);
  expect(types).toMatchObject([
    { elemType: 1, shape: { dim: [{ value: { value: "n" } }, { value: { value: 200n } }] } },
    { elemType: 10, shape: { dim: [] } },
    { elemType: 9 },
  ]);
});
