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

/** A model that reorders one pixel `x` `[1, channels, 1, 1]` into blocks of channels, `y`. */
export function reorderingModel(channels: number): Uint8Array {
  const domain = "com.microsoft.nchwc";
  const dim = [1, channels, 1, 1].map((length) =>
    create(TensorShapeProto_DimensionSchema, { value: { case: "dimValue", value: BigInt(length) } }),
  );
  const shape = create(TensorShapeProtoSchema, { dim });
  const type = (known: boolean) =>
    create(TypeProtoSchema, {
      value: {
        case: "tensorType",
        value: create(TypeProto_TensorSchema, { elemType: TensorProto_DataType.FLOAT, ...(known && { shape }) }),
      },
    });
  const model = create(ModelProtoSchema, {
    irVersion: 10n,
    opsetImport: [
      create(OperatorSetIdProtoSchema, { domain: "", version: 21n }),
      create(OperatorSetIdProtoSchema, { domain, version: 1n }),
    ],
    graph: create(GraphProtoSchema, {
      name: "reorder",
      node: [create(NodeProtoSchema, { opType: "ReorderInput", domain, input: ["x"], output: ["y"] })],
      input: [create(ValueInfoProtoSchema, { name: "x", type: type(true) })],
      output: [create(ValueInfoProtoSchema, { name: "y", type: type(false) })],
    }),
  });
  return toBinary(ModelProtoSchema, model);
}
