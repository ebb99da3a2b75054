import { create, toBinary } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "onnx-buf";
import type { DType } from "./dtype.js";
import type { Attribute, Attributes, Emitter } from "./emitter.js";
import { identityOf } from "./identity.js";
import { portable } from "./lower/portable.js";
import { lower, type Target } from "./lower/target.js";
import { input } from "./ops/source.js";
import { isOpen, type Shape, ShapeError, show } from "./shape.js";
import { isNode, type Tensor } from "./tensor.js";

/** The operator set that the models are written in, and the file format's version that came with it. */
const OPSET = 21;
const IR_VERSION = 10;
/** Constants with more elements than this are told apart by their array, not by its values. */
const SMALL = 64;

/** The names and tensors of a model's results, and facts about it that its file carries as metadata. */
export interface ModelDescription {
  /** Whatever it is given: tensors that were computed elsewhere, too. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly metadata?: Readonly<Record<string, string>>;
  /** What it is written for. Default: any machine. */
  readonly target?: Target | undefined;
}

/** The bytes of an ONNX model that computes `outputs` from `inputs`. */
export function toOnnx({
  inputs,
  outputs,
  metadata = {},
  target = portable,
}: ModelDescription): Uint8Array<ArrayBuffer> {
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const names = new Map<string, string>();
  const domains = new Set<string>();

  const once = (key: string, make: (name: string) => void): string => {
    const known = names.get(key);
    if (known) return known;
    const name = `#${names.size}`;
    names.set(key, name);
    make(name);
    return name;
  };
  const constant = (dataType: TensorProto_DataType, bytes: Uint8Array<ArrayBuffer>, shape: Shape, name: string) => {
    initializers.push(create(TensorProtoSchema, { name, dataType, dims: shape.map(BigInt), rawData: bytes }));
  };
  const addNode = (
    opType: string,
    input: readonly string[],
    output: readonly string[],
    attributes: Attributes = {},
    domain = "",
  ) => {
    const attribute = Object.entries(attributes).map(attributeProto);
    nodes.push(create(NodeProtoSchema, { opType, domain, input: [...input], output: [...output], attribute }));
    if (domain !== "") domains.add(domain);
  };
  const second = (name: string) => `${name}:second`;

  const emitter: Emitter = {
    node: (type, from, attributes = {}, domain = "") =>
      once(nodeKey(domain + type, from, attributes), (name) => addNode(type, from, [name], attributes, domain)),
    pair(type, from, attributes = {}) {
      const first = once(nodeKey(type, from, attributes), (name) =>
        addNode(type, from, [name, second(name)], attributes),
      );
      return [first, second(first)];
    },
    ints: (values, shape = [values.length]) =>
      once(`ints${shape.join()}:${values.join()}`, (name) =>
        constant(TensorProto_DataType.INT64, bytesOf(BigInt64Array.from(values, BigInt)), shape, name),
      ),
    floats(values, shape, dtype = "float32") {
      const single = once(
        `floats${shape.join()}:${values.length > SMALL ? `#${identityOf(values)}` : Array.from(values).join()}`,
        (name) => constant(TensorProto_DataType.FLOAT, bytesOf(Float32Array.from(values)), shape, name),
      );
      return dtype === "float32" ? single : emitter.cast(single, dtype);
    },
    cast: (value, dtype) => emitter.node("Cast", [value], { to: elementTypes[dtype] }),
    reshape(value, shape) {
      const lengths = shape.map((length) => (isOpen(length) ? -1 : length));
      if (lengths.filter((length) => length === -1).length > 1) {
        throw new ShapeError("reshape", `more than one length of shape ${show(shape)} is open`);
      }
      return emitter.node("Reshape", [value, emitter.ints(lengths)]);
    },
  };

  const results = new Map<Tensor, string>(Object.entries(inputs).map(([name, tensor]) => [tensor, name]));
  const resultOf = (tensor: Tensor) => {
    const name = results.get(tensor);
    if (name === undefined) throw new Error(`${tensor.op.name}: computed after it is used`);
    return name;
  };
  for (const tensor of reachable(Object.values(outputs), new Set(results.keys()))) {
    if (results.has(tensor)) continue;
    if (isNode(tensor, input)) throw new Error(`input "${tensor.attributes.name}" belongs to another function`);
    results.set(tensor, lower(target, tensor, tensor.inputs.map(resultOf), emitter));
  }
  const renamed = new Map<string, string>();
  const computed = new Set(nodes.flatMap(({ output }) => output));
  for (const [name, tensor] of Object.entries(outputs)) {
    const result = resultOf(tensor);
    if (computed.has(result) && !renamed.has(result)) renamed.set(result, name);
    else addNode("Identity", [result], [name]);
  }
  const nameOf = (name: string) => renamed.get(name) ?? name;
  for (const node of nodes) {
    node.input = node.input.map(nameOf);
    node.output = node.output.map(nameOf);
  }

  const model = create(ModelProtoSchema, {
    irVersion: BigInt(IR_VERSION),
    opsetImport: [
      create(OperatorSetIdProtoSchema, { domain: "", version: BigInt(OPSET) }),
      ...[...domains].map((domain) => create(OperatorSetIdProtoSchema, { domain, version: 1n })),
    ],
    producerName: "monge",
    metadataProps: Object.entries(metadata).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
    graph: create(GraphProtoSchema, {
      name: "monge",
      node: nodes,
      initializer: initializers,
      input: Object.entries(inputs).map(([name, tensor]) => valueInfo(name, tensor)),
      output: Object.entries(outputs).map(([name, tensor]) => valueInfo(name, tensor)),
    }),
  });
  return toBinary(ModelProtoSchema, model) as Uint8Array<ArrayBuffer>;
}

/** The tensors that `outputs` are computed from and `outputs` themselves, each after its inputs; nothing behind what is `given`. */
export function reachable(outputs: readonly Tensor[], given: ReadonlySet<Tensor> = new Set()): Tensor[] {
  const found = new Set<Tensor>();
  const open = [...outputs];
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    if (found.has(tensor)) continue;
    found.add(tensor);
    if (!given.has(tensor)) open.push(...tensor.inputs);
  }
  // A tensor is made after its inputs, so the order of making is an order of computing.
  return [...found].sort((a, b) => a.id - b.id);
}

function nodeKey(type: string, inputs: readonly string[], attributes: Attributes): string {
  return `${type}(${inputs.join()})${JSON.stringify(attributes)}`;
}

function attributeProto([name, value]: [string, Attribute]): AttributeProto {
  const fields =
    typeof value === "number"
      ? { type: AttributeProto_AttributeType.INT, i: BigInt(value) }
      : typeof value === "string"
        ? { type: AttributeProto_AttributeType.STRING, s: new TextEncoder().encode(value) }
        : "float" in value
          ? { type: AttributeProto_AttributeType.FLOAT, f: value.float }
          : { type: AttributeProto_AttributeType.INTS, ints: value.map(BigInt) };
  return create(AttributeProtoSchema, { name, ...fields });
}

const elementTypes: Record<DType, TensorProto_DataType> = {
  float32: TensorProto_DataType.FLOAT,
  float16: TensorProto_DataType.FLOAT16,
  int32: TensorProto_DataType.INT32,
  bool: TensorProto_DataType.BOOL,
};

function valueInfo(name: string, tensor: Tensor): ValueInfoProto {
  const dim = tensor.shape.map((length) =>
    create(TensorShapeProto_DimensionSchema, {
      value: isOpen(length) ? { case: "dimParam", value: String(length) } : { case: "dimValue", value: BigInt(length) },
    }),
  );
  const value = create(TypeProto_TensorSchema, {
    elemType: elementTypes[tensor.dtype],
    shape: create(TensorShapeProtoSchema, { dim }),
  });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: "tensorType", value } }),
  });
}

function bytesOf(array: Float32Array | BigInt64Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
}
