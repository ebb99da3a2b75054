import { create, toBinary } from "@bufbuild/protobuf";
import {
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataType,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from "onnx-buf";
import type { Shape } from "../shape.js";

/** A model of one node without attributes, float32 `x` to `y`. */
export function oneNodeModel({
  opType,
  domain = "",
  shape,
}: {
  readonly opType: string;
  /** Of the node's type. Default: ONNX's. */
  readonly domain?: string;
  /** Of `x`. Default: any. */
  readonly shape?: Shape;
}): Uint8Array {
  const value = (name: string, lengths?: Shape) => {
    const dim = lengths?.map((length) =>
      create(TensorShapeProto_DimensionSchema, { value: { case: "dimValue", value: BigInt(length) } }),
    );
    const tensor = create(TypeProto_TensorSchema, {
      elemType: TensorProto_DataType.FLOAT,
      ...(dim && { shape: create(TensorShapeProtoSchema, { dim }) }),
    });
    const type = create(TypeProtoSchema, { value: { case: "tensorType", value: tensor } });
    return create(ValueInfoProtoSchema, { name, type });
  };
  const model = create(ModelProtoSchema, {
    irVersion: 10n,
    opsetImport: [
      create(OperatorSetIdProtoSchema, { domain: "", version: 21n }),
      ...(domain === "" ? [] : [create(OperatorSetIdProtoSchema, { domain, version: 1n })]),
    ],
    graph: create(GraphProtoSchema, {
      name: opType,
      node: [create(NodeProtoSchema, { opType, domain, input: ["x"], output: ["y"] })],
      input: [value("x", shape)],
      output: [value("y")],
    }),
  });
  return toBinary(ModelProtoSchema, model);
}
