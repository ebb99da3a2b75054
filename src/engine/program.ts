import { createSession, type Device, targetOf } from "#runtime";
import { at } from "./at.js";
import type { DType } from "./dtype.js";
import type { Held } from "./held.js";
import type { Target } from "./lower/target.js";
import { toOnnx } from "./onnx.js";
import { input } from "./ops/source.js";
import { type Shape, ShapeError, type SymbolicShape, sameShape, show } from "./shape.js";
import { simplified } from "./simplify.js";
import { type AllReduce, carriedFrom, stagedSession } from "./stagedSession.js";
import { type Stage, stagesOf } from "./stages.js";
import { node, type Tensor, type TensorData, traced } from "./tensor.js";
import { leafAt, leavesOf, mapTree, pathOf, type Tree, type TreeOf } from "./tree.js";

/** What an input of a program looks like. */
export interface InputSpec {
  /** The length of each axis. */
  readonly shape: Shape;
  /** Type of its elements. Default: float32. */
  readonly dtype?: DType;
}

/** What an input of a model looks like. Its shape may have open lengths. */
export interface ModelInputSpec {
  /** The length of each axis, numbers or `symbolicDimension`s. */
  readonly shape: SymbolicShape;
  /** Type of its elements. Default: float32. */
  readonly dtype?: DType;
}

/** Where a compiled function runs, and what of its results stays there. */
export interface CompileOptions<Kept = never> {
  /** Where it runs. Default: "cpu". */
  readonly device?: Device;
  /** Threads of the CPU. Default: ONNX Runtime's choice. */
  readonly threads?: number | undefined;
  /**
   * Names of results, with all that is in them, that stay on the device: they can be given to the next run, of this program or another on
   * that device, without coming to memory in between. Free them with `releaseHeld`, get their values with `readHeld`. WebGPU keeps float32
   * values; the CPU has them in memory anyway, and CUDA gives them back there. Default: none.
   */
  readonly keep?: readonly Kept[];
  /** Sums numbers over all processes that run this program together, in place: what `allReduce` stands for. Default: this is the only one. */
  readonly allReduce?: AllReduce | undefined;
}

/** The results of a program: concrete values, those of the names `Kept` where they were computed. */
export type ResultsKeeping<Results, Kept> = {
  readonly [Name in keyof Results]: TreeOf<Results[Name], Name extends Kept ? Held : TensorData>;
};

/**
 * A compiled function: one ONNX model in a session of ONNX Runtime, or several where sums over ranks stand between. `Inputs` and `Outputs` are concrete values by the names that the
 * function has for them, in as many levels as it has.
 */
export interface Program<Inputs, Outputs> {
  /** The bytes of its ONNX models, which are for this machine: `traceModel` writes one for any. */
  readonly models: readonly Uint8Array[];
  /**
   * Runs the function. Values that it was not compiled for are left aside.
   * @param inputs values by the names of the function's inputs
   * @throws ShapeError where an input is missing or of another shape than was compiled
   */
  run(inputs: Inputs): Promise<Outputs>;
  /** Frees the sessions. */
  release(): Promise<void>;
}

/** A function from symbolic tensors, by the names of its specs, to symbolic tensors. */
export type Traceable<Specs, Results> = (inputs: TreeOf<Specs, Tensor>) => Results;

/** What a model's file says beside the computation. */
export interface ModelOptions {
  /** Facts that the model's file carries. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What the model is written for, and runs on only. Default: any machine. */
  readonly target?: Target;
}

/**
 * The ONNX model of a function of symbolic tensors, for inputs of the given shapes. An input or output of several names, as in
 * `{ state: { weight } }`, is called `state.weight` in the model.
 * @param fn takes symbolic tensors by name and gives its results by name
 * @param specs shapes of the inputs, by the same names
 * @param options metadata and target. Default: none, and any machine
 * @throws TypeError where an output has an input's name or is a comparison
 */
export function traceModel<Specs extends Tree<ModelInputSpec>, Results extends Tree<Tensor>>(
  fn: Traceable<Specs, Results>,
  specs: Specs,
  options: ModelOptions = {},
): Uint8Array<ArrayBuffer> {
  return traced(() => toOnnx({ ...written(fn, specs), ...options }));
}

/** What a function computes, in the simplest way: tensors by their names in the model, and the tensors that it returned. */
function written<Specs extends Tree<ModelInputSpec>, Results extends Tree<Tensor>>(
  fn: Traceable<Specs, Results>,
  specs: Specs,
) {
  const inputs: Record<string, Tensor> = {};
  const given = mapTree(specs, ({ shape, dtype = "float32" }: ModelInputSpec, names) => {
    const name = pathOf(names);
    const tensor = node(input, [], { name, shape: [...shape], dtype });
    inputs[name] = tensor;
    return tensor;
  });
  const results = fn(given);
  const outputs: Record<string, Tensor> = {};
  for (const [names, tensor] of leavesOf<Tensor>(results)) {
    const name = pathOf(names);
    if (name in inputs)
      throw new TypeError(`"${name}" is the name of an input and of an output; call one of them otherwise`);
    if (tensor.dtype === "bool")
      throw new TypeError(`the output "${name}" is a comparison; make numbers of it with toFloat`);
    outputs[name] = tensor;
  }
  return { inputs, outputs: simplified(outputs), results };
}

/**
 * Compiles a function of symbolic tensors for inputs of the given shapes. Inputs may be values that a program kept on the same device.
 *
 * ```ts
 * const program = await compile(({ x, w }) => ({ y: matmul(x, w) }), { x: { shape: [1, 2] }, w: { shape: [2, 3] } });
 * const { y } = await program.run({ x: { shape: [1, 2], data: Float32Array.of(1, 2) }, w });
 * ```
 * @param fn takes symbolic tensors by name and gives its results by name
 * @param specs shapes of the inputs, by the same names
 * @param options where it runs, and what of its results stays there. Default: on the CPU, where nothing stays
 * @throws ShapeError where shapes do not fit each other; TypeError where an output has an input's name or is a comparison
 */
export function compile<Specs extends Tree<InputSpec>, Results extends Tree<Tensor>>(
  fn: Traceable<Specs, Results>,
  specs: Specs,
  options?: CompileOptions,
): Promise<Program<TreeOf<Specs, Held>, TreeOf<Results, TensorData>>>;
/**
 * The same, with results that stay on the device.
 * @param fn takes symbolic tensors by name and gives its results by name
 * @param specs shapes of the inputs, by the same names
 * @param options where it runs, and what of its results stays there
 */
export function compile<Specs extends Tree<InputSpec>, Results extends Tree<Tensor>, const Kept extends string>(
  fn: Traceable<Specs, Results>,
  specs: Specs,
  options: CompileOptions<Kept>,
): Promise<Program<TreeOf<Specs, Held>, ResultsKeeping<Results, Kept>>>;
export async function compile<Specs extends Tree<InputSpec>, Results extends Tree<Tensor>>(
  fn: Traceable<Specs, Results>,
  specs: Specs,
  { keep = [], allReduce, ...options }: CompileOptions<string> = {},
): Promise<Program<TreeOf<Specs, Held>, TreeOf<Results, Held>>> {
  const target = await targetOf(options.device);
  const { models, stages, results } = traced(() => {
    const { inputs, outputs, results } = written(fn, specs);
    const stages: readonly Stage[] = allReduce ? stagesOf(outputs) : [{ inputs, outputs, sums: new Map() }];
    return { models: stages.map((stage) => toOnnx({ ...stage, target })), stages, results };
  });
  const unknown = keep.find((name) => !(name in results));
  if (unknown !== undefined) throw new TypeError(`"${unknown}" is to be kept, and is not a result of the function`);
  const kept = leavesOf<Tensor>(results)
    .filter(([[name = ""], { dtype }]) => keep.includes(name) && dtype === "float32")
    .map(([names]) => pathOf(names));
  const sessions = await Promise.all(
    stages.map((stage, i) => {
      const keptOfStage = kept.filter((name) => name in stage.outputs);
      return createSession(at(models, i), { ...options, keep: [...keptOfStage, ...carriedFrom(stage, stages)] });
    }),
  );
  const session = allReduce ? stagedSession(stages, sessions, allReduce) : at(sessions, 0);
  const wanted = leavesOf<InputSpec>(specs).map(([names, { shape }]) => ({ names, shape }));
  return {
    models,
    async run(inputs) {
      const feeds = wanted.map(({ names, shape }) => [pathOf(names), inputAt(inputs, names, shape)] as const);
      const values = await session.runKeeping(Object.fromEntries(feeds));
      return mapTree(results, (_: Tensor, names) => resultAt(values, names));
    },
    release: () => session.release(),
  };
}

function resultAt(values: Readonly<Record<string, Held>>, names: readonly string[]): Held {
  const name = pathOf(names);
  const value = values[name];
  if (!value) throw new Error(`the model has no output "${name}"`);
  return value;
}

function inputAt(inputs: Tree<Held>, names: readonly string[], shape: Shape): Held {
  const given = leafAt(inputs, names);
  const name = pathOf(names);
  if (!given) throw new ShapeError("run", `input "${name}" of shape ${show(shape)} is missing`);
  if (sameShape(given.shape, shape)) return given;
  throw new ShapeError("run", `input "${name}" has shape ${show(given.shape)}, compiled for ${show(shape)}`);
}
