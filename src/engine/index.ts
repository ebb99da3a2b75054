export { defineOp } from "./defineOp.js";
export { type Dimension, type SymbolicDimension, symbolicDimension } from "./dimension.js";
export type { DType, FloatType } from "./dtype.js";
export type { Attribute, Emitter } from "./emitter.js";
export { gradients } from "./gradients.js";
export { copyHeld, type DeviceTensor, discardHeld, type Held, readHeld, releaseHeld } from "./held.js";
export { allReduce } from "./ops/allReduce.js";
export { add, div, maximum, minimum, mul, neg, sub } from "./ops/arithmetic.js";
export { cast, toFloat, toInt } from "./ops/cast.js";
export { equal, greater, greaterEqual, less, lessEqual, where } from "./ops/compare.js";
export { avgPool, type ConvolutionOptions, conv2d, convTranspose2d, upsample } from "./ops/convolution.js";
export {
  abs,
  cos,
  elu,
  exp,
  leakyRelu,
  log,
  pow,
  relu,
  sigmoid,
  sin,
  softplus,
  sqrt,
  square,
  stopGradient,
  straightThrough,
  tanh,
} from "./ops/elementwise.js";
export { gather } from "./ops/gather.js";
export { reshape, reverse, transpose } from "./ops/layout.js";
export { type MatmulOptions, matmul } from "./ops/matmul.js";
export { concat, pad, slice } from "./ops/pieces.js";
export { max, mean } from "./ops/reduce.js";
export { softmax } from "./ops/softmax.js";
export { sort } from "./ops/sort.js";
export { constant, fill, ones, zeros } from "./ops/source.js";
export { broadcastTo, type ReduceOptions, sum } from "./ops/sum.js";
export {
  type CompileOptions,
  compile,
  type InputSpec,
  type ModelInputSpec,
  type ModelOptions,
  type Program,
  type ResultsKeeping,
  type Traceable,
  traceModel,
} from "./program.js";
export type { Device } from "./runtime/session.js";
export { lengthOf, type Shape, ShapeError, type SymbolicShape, sizeOf } from "./shape.js";
export type { AllReduce } from "./stagedSession.js";
export type { Each, Node, Op, Operand, Tensor, TensorData } from "./tensor.js";
export { leavesOf, mapTree, type Tree, type TreeOf } from "./tree.js";
