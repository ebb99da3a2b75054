import type { DType } from "./dtype.js";
import type { Shape, SymbolicShape } from "./shape.js";

/** An ONNX attribute: a whole number, whole numbers, a string, or a float. */
export type Attribute =
  | number
  | readonly number[]
  | string
  | {
      /** A float, which a plain number would not tell from a whole one. */
      readonly float: number;
    };

export type Attributes = Readonly<Record<string, Attribute>>;

/** A value in the model that is being written. */
export interface Value<S extends SymbolicShape> {
  readonly name: string;
  readonly shape: S;
}

/** An ONNX node that has been written. */
export interface Maker {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

/** What an operation writes its ONNX nodes with. Nodes whose results nothing needs are left out of the model. */
export interface Emitter {
  /**
   * Adds a node and returns the name of its result; the same node is added once. `domain` is that of the type. Default: ONNX's.
   * @param type the operator of ONNX, such as "MatMul"
   * @param inputs names of values
   * @param attributes the node's attributes. Default: none
   * @param domain of the operator. Default: ONNX's own
   */
  node(type: string, inputs: readonly string[], attributes?: Attributes, domain?: string): string;
  /**
   * Adds a node of two results and returns the names of both; the same node is added once.
   * @param type the operator of ONNX
   * @param inputs names of values
   * @param attributes the node's attributes. Default: none
   */
  pair(type: string, inputs: readonly string[], attributes?: Attributes): [string, string];
  /**
   * The node that a value is the first result of; `undefined` for inputs and constants.
   * @param name of a value
   */
  makerOf(name: string): Maker | undefined;
  /**
   * The name of a constant of 64-bit integers: shapes, axes, starts.
   * @param values whole numbers, row-major
   * @param shape of the constant. Default: one axis
   */
  ints(values: readonly number[], shape?: Shape): string;
  /**
   * The name of a constant of floats. Default: float32.
   * @param values row-major
   * @param shape of the constant
   * @param dtype float32 or float16. Default: float32
   */
  floats(values: ArrayLike<number>, shape: Shape, dtype?: DType): string;
  /**
   * Adds a Cast.
   * @param value the name of a value
   * @param dtype the type that it becomes
   */
  cast(value: string, dtype: DType): string;
  /**
   * Adds a Reshape. One length may be open, or -1: what is left.
   * @param value the name of a value
   * @param shape that it gets
   */
  reshape(value: string, shape: SymbolicShape): string;
}
