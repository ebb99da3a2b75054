import type { DType } from "./dtype.js";
import type { Attribute, Attributes } from "./emitter.js";
import { type Bytes, type ProtobufWriter, protobufBytes } from "./protobuf.js";
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
  const domains = new Set(nodes.map(({ domain }) => domain).filter((domain) => domain !== ""));
  return protobufBytes((to) => {
    const operatorSet = (domain: string, version: number) =>
      to.message(8, () => {
        to.bytes(1, domain);
        to.whole(2, version);
      });
    to.whole(1, IR_VERSION);
    to.bytes(2, "monge");
    to.message(7, () => {
      for (const node of nodes) to.message(1, () => writeNode(to, node));
      to.bytes(2, name);
      for (const constant of constants) to.message(5, () => writeConstant(to, constant));
      for (const value of inputs) to.message(11, () => writeValue(to, value));
      for (const value of outputs) to.message(12, () => writeValue(to, value));
    });
    operatorSet("", OPSET);
    for (const domain of domains) operatorSet(domain, 1);
    for (const [key, value] of Object.entries(metadata)) {
      to.message(14, () => {
        to.bytes(1, key);
        to.bytes(2, value);
      });
    }
  });
}

function writeNode(to: ProtobufWriter, { opType, domain, inputs, outputs, attributes }: ModelNode): void {
  for (const input of inputs) to.bytes(1, input);
  for (const output of outputs) to.bytes(2, output);
  to.bytes(4, opType);
  for (const [name, value] of Object.entries(attributes)) to.message(5, () => writeAttribute(to, name, value));
  to.bytes(7, domain);
}

function writeAttribute(to: ProtobufWriter, name: string, value: Attribute): void {
  to.bytes(1, name);
  if (typeof value === "number") to.whole(3, value);
  else if (typeof value === "string") to.bytes(4, value);
  else if ("float" in value) to.float(2, value.float);
  else for (const number of value) to.whole(8, number);
  to.whole(20, typeof value === "number" ? 2 : typeof value === "string" ? 3 : "float" in value ? 1 : 7);
}

function writeConstant(to: ProtobufWriter, { name, type, shape, data }: ModelConstant): void {
  for (const length of shape) to.whole(1, length);
  to.whole(2, elementTypes[type]);
  to.bytes(8, name);
  to.bytes(9, data);
}

function writeValue(to: ProtobufWriter, { name, type, shape }: ModelValue): void {
  const writeLength = (length: SymbolicShape[number]) =>
    isOpen(length) ? to.bytes(2, String(length)) : to.whole(1, length);
  to.bytes(1, name);
  to.message(2, () =>
    to.message(1, () => {
      to.whole(1, elementTypes[type]);
      if (shape) {
        to.message(2, () => {
          for (const length of shape) to.message(1, () => writeLength(length));
        });
      }
    }),
  );
}
