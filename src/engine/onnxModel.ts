import type { DType } from "./dtype.js";
import type { Attribute, Attributes } from "./emitter.js";
import { type Bytes, bytes, float, message, whole } from "./protobuf.js";
import { isOpen, type Shape, type SymbolicShape } from "./shape.js";

/** The operator set that the models are written in, and the file format's version that came with it. */
const OPSET = 21;
const IR_VERSION = 10;

/** Types of elements, by ONNX's numbers. */
const elementTypes: Readonly<Record<DType | "int64", number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
};

/** The number of a type, as the attribute of a Cast has it. */
export function elementType(dtype: DType): number {
  return elementTypes[dtype];
}

/** An operation of a graph, from values to values by their names. */
export interface ModelNode {
  readonly opType: string;
  /** Of the type. "": ONNX's. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** A value that is part of the model. */
export interface ModelConstant {
  readonly name: string;
  readonly type: "float32" | "int64";
  readonly shape: Shape;
  readonly data: Bytes;
}

/** An input or output of the model. */
export interface ModelValue {
  readonly name: string;
  readonly type: DType;
  /** `undefined`: any. */
  readonly shape: SymbolicShape | undefined;
}

export interface OnnxModel {
  readonly name: string;
  readonly nodes: readonly ModelNode[];
  readonly constants?: readonly ModelConstant[];
  readonly inputs: readonly ModelValue[];
  readonly outputs: readonly ModelValue[];
  /** Facts about it, by their names. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The bytes of an ONNX file. The numbers of fields are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */
export function encodeModel({ name, nodes, constants = [], inputs, outputs, metadata = {} }: OnnxModel): Bytes {
  const graph = message(
    ...nodes.map((node) => bytes(1, encodeNode(node))),
    bytes(2, name),
    ...constants.map((constant) => bytes(5, encodeConstant(constant))),
    ...inputs.map((value) => bytes(11, encodeValue(value))),
    ...outputs.map((value) => bytes(12, encodeValue(value))),
  );
  const domains = new Set(nodes.map(({ domain }) => domain).filter((domain) => domain !== ""));
  return message(
    whole(1, IR_VERSION),
    bytes(2, "monge"),
    bytes(7, graph),
    bytes(8, operatorSet("", OPSET)),
    ...[...domains].map((domain) => bytes(8, operatorSet(domain, 1))),
    ...Object.entries(metadata).map(([key, value]) => bytes(14, message(bytes(1, key), bytes(2, value)))),
  );
}

function operatorSet(domain: string, version: number): Bytes {
  return message(bytes(1, domain), whole(2, version));
}

function encodeNode({ opType, domain, inputs, outputs, attributes }: ModelNode): Bytes {
  return message(
    ...inputs.map((input) => bytes(1, input)),
    ...outputs.map((output) => bytes(2, output)),
    bytes(4, opType),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, message(bytes(1, name), ...encodeAttribute(value)))),
    bytes(7, domain),
  );
}

/** An attribute's value and its type. */
function encodeAttribute(value: Attribute): readonly Bytes[] {
  if (typeof value === "number") return [whole(3, value), whole(20, 2)];
  if (typeof value === "string") return [bytes(4, value), whole(20, 3)];
  if ("float" in value) return [float(2, value.float), whole(20, 1)];
  return [...value.map((number) => whole(8, number)), whole(20, 7)];
}

function encodeConstant({ name, type, shape, data }: ModelConstant): Bytes {
  return message(
    ...shape.map((length) => whole(1, length)),
    whole(2, elementTypes[type]),
    bytes(8, name),
    bytes(9, data),
  );
}

function encodeValue({ name, type, shape }: ModelValue): Bytes {
  const lengths = shape?.map((length) => bytes(1, isOpen(length) ? bytes(2, String(length)) : whole(1, length)));
  const tensor = message(whole(1, elementTypes[type]), ...(lengths ? [bytes(2, message(...lengths))] : []));
  return message(bytes(1, name), bytes(2, bytes(1, tensor)));
}
