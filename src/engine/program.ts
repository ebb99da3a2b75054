import { channelBlock, createSession, type Device } from "#runtime";
import { toOnnx } from "./onnx.js";
import { input } from "./ops/source.js";
import { simplified } from "./simplify.js";
import {
  type DType,
  node,
  type Shape,
  ShapeError,
  sameShape,
  show,
  type Tensor,
  type TensorData,
  traced,
} from "./tensor.js";

/** What an input of a program looks like. */
export interface InputSpec {
  readonly shape: Shape;
  readonly dtype?: DType;
}

export interface CompileOptions {
  /** Where it runs: "cpu" unless told. */
  readonly device?: Device;
  /** Threads of the CPU; ONNX Runtime's choice unless told. */
  readonly threads?: number;
}

/** A compiled function: one ONNX model in a session of ONNX Runtime. */
export interface Program {
  /** The bytes of the ONNX model, which is for this machine: `traceModel` writes one for any. */
  readonly model: Uint8Array;
  /**
   * Runs the function.
   * @throws ShapeError where an input is missing or of another shape than was compiled
   */
  run(inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  /** Frees the session. */
  release(): Promise<void>;
}

/** A function of symbolic tensors. */
export type Traceable<I extends string, O extends string> = (inputs: Record<I, Tensor>) => Record<O, Tensor>;

export interface ModelOptions {
  /** Facts that the model's file carries. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Leave the first axis of inputs and outputs open: the specs' first lengths, all `OPEN`, stand for any length. */
  readonly openBatch?: boolean;
  /** Write convolutions for a CPU that takes so many channels at a time (`channelBlock`): the model is then for such a CPU only. */
  readonly block?: number | undefined;
}

/** A first axis of this length stands for any length in a model with an open batch; no real length is a multiple of it. */
export const OPEN = 1_000_003;

/**
 * The ONNX model of a function of symbolic tensors, for inputs of the given shapes.
 * @throws TypeError where an output has an input's name or is a comparison
 */
export function traceModel<I extends string, O extends string>(
  fn: Traceable<I, O>,
  specs: Readonly<Record<I, InputSpec>>,
  { metadata = {}, openBatch = false, block }: ModelOptions = {},
): Uint8Array<ArrayBuffer> {
  return traced(() => {
    const entries = Object.entries<InputSpec>(specs).map(([name, { shape, dtype = "float32" }]) => {
      return [name, node(input, [], { name, shape: [...shape], dtype })] as const;
    });
    const inputs = Object.fromEntries(entries) as Record<I, Tensor>;
    const outputs: Readonly<Record<string, Tensor>> = fn(inputs);
    for (const [name, { dtype }] of Object.entries(outputs)) {
      if (name in inputs)
        throw new TypeError(`"${name}" is the name of an input and of an output; call one of them otherwise`);
      if (dtype === "bool")
        throw new TypeError(`the output "${name}" is a comparison; make numbers of it with toFloat`);
    }
    return toOnnx({ inputs, outputs: simplified(outputs), metadata, batch: openBatch ? OPEN : undefined, block });
  });
}

/** Compiles a function of symbolic tensors for inputs of the given shapes. */
export async function compile<I extends string, O extends string>(
  fn: Traceable<I, O>,
  specs: Readonly<Record<I, InputSpec>>,
  options: CompileOptions = {},
): Promise<Program> {
  const model = traceModel(fn, specs, { block: await channelBlock(options.device) });
  const session = await createSession(model, options);
  return {
    model,
    run(inputs) {
      for (const [name, { shape }] of Object.entries<InputSpec>(specs)) {
        const given = inputs[name];
        if (!given) throw new ShapeError("run", `input "${name}" of shape ${show(shape)} is missing`);
        if (!sameShape(given.shape, shape)) {
          throw new ShapeError("run", `input "${name}" has shape ${show(given.shape)}, compiled for ${show(shape)}`);
        }
      }
      return session.run(inputs);
    },
    release: () => session.release(),
  };
}
