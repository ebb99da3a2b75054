import { at } from "./at.js";
import type { Attributes, Emitter, Maker } from "./emitter.js";
import { identityOf } from "./identity.js";
import { portable } from "./lower/portable.js";
import { lower, type Target } from "./lower/target.js";
import { elementType, encodeModel, type ModelConstant, type ModelNode } from "./onnxModel.js";
import { input } from "./ops/source.js";
import { type Bytes, bytesOf } from "./protobuf.js";
import { isOpen, ShapeError, show } from "./shape.js";
import { isNode, type Tensor } from "./tensor.js";

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
export function toOnnx({ inputs, outputs, metadata = {}, target = portable }: ModelDescription): Bytes {
  const nodes: ModelNode[] = [];
  const constants: ModelConstant[] = [];
  const names = new Map<string, string>();
  const makers = new Map<string, Maker>();

  const once = (key: string, make: (name: string) => void): string => {
    const known = names.get(key);
    if (known) return known;
    const name = `#${names.size}`;
    names.set(key, name);
    make(name);
    return name;
  };
  const addNode = (
    opType: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Attributes = {},
    domain = "",
  ) => {
    makers.set(at(outputs, 0), { type: opType, inputs, attributes });
    nodes.push({ opType, domain, inputs, outputs, attributes });
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
    makerOf: (name) => makers.get(name),
    ints: (values, shape = [values.length]) =>
      once(`ints${shape.join()}:${values.join()}`, (name) =>
        constants.push({ name, type: "int64", shape, data: bytesOf(BigInt64Array.from(values, BigInt)) }),
      ),
    floats(values, shape, dtype = "float32") {
      const single = once(
        `floats${shape.join()}:${values.length > SMALL ? `#${identityOf(values)}` : Array.from(values).join()}`,
        (name) => constants.push({ name, type: "float32", shape, data: bytesOf(Float32Array.from(values)) }),
      );
      return dtype === "float32" ? single : emitter.cast(single, dtype);
    },
    cast: (value, dtype) => emitter.node("Cast", [value], { to: elementType(dtype) }),
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
  const computed = new Set(nodes.flatMap(({ outputs }) => outputs));
  for (const [name, tensor] of Object.entries(outputs)) {
    const result = resultOf(tensor);
    if (computed.has(result) && !renamed.has(result)) renamed.set(result, name);
    else addNode("Identity", [result], [name]);
  }
  const nameOf = (name: string) => renamed.get(name) ?? name;
  const described = ([name, { dtype, shape }]: [string, Tensor]) => ({ name, type: dtype, shape });
  const named = nodes.map(({ inputs, outputs, ...node }) => ({
    ...node,
    inputs: inputs.map(nameOf),
    outputs: outputs.map(nameOf),
  }));
  const needed = neededFor(Object.keys(outputs), named);
  return encodeModel({
    name: "monge",
    nodes: named.filter(({ outputs }) => outputs.some((name) => needed.has(name))),
    constants: constants.filter(({ name }) => needed.has(name)),
    inputs: Object.entries(inputs).map(described),
    outputs: Object.entries(outputs).map(described),
    metadata,
  });
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

/** The names of all values that `outputs` are computed from, and their own. Each node stands after those that it needs. */
function neededFor(outputs: readonly string[], nodes: readonly ModelNode[]): ReadonlySet<string> {
  const needed = new Set(outputs);
  for (const node of nodes.toReversed()) {
    if (node.outputs.some((name) => needed.has(name))) for (const name of node.inputs) needed.add(name);
  }
  return needed;
}

function nodeKey(type: string, inputs: readonly string[], attributes: Attributes): string {
  return `${type}(${inputs.join()})${JSON.stringify(attributes)}`;
}
