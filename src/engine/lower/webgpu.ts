import type { DType } from "../dtype.js";
import type { Emitter } from "../emitter.js";
import { softplusOp } from "../ops/elementwise.js";
import { lowering, type Target } from "./target.js";

/**
 * ONNX Runtime's WebGPU provider. Its Softplus is log(1 + e^x), which has no digits left where e^x is small: there it is written as a
 * series.
 */
export const webgpu: Target = {
  name: "WebGPU",
  lowerings: [lowering(softplusOp, ({ dtype }, [x], emitter) => emitSoftplus(emitter, x, dtype))],
};

/** Below this e^x is at most 0.05, and five terms of the series leave an error of 6e-8 of the value. */
const SMALL = -3;

/** log(1 + u) with u = e^x, for small u as u - u^2/2 + u^3/3 - u^4/4 + u^5/5. */
function emitSoftplus(emitter: Emitter, x: string, dtype: DType): string {
  const number = (value: number) => emitter.floats([value], [], dtype);
  const u = emitter.node("Exp", [emitter.node("Min", [x, number(SMALL)])]);
  const series = [1 / 4, 1 / 3, 1 / 2, 1].reduce(
    (rest, coefficient) => emitter.node("Sub", [number(coefficient), emitter.node("Mul", [u, rest])]),
    number(1 / 5),
  );
  const isSmall = emitter.node("Less", [x, number(SMALL)]);
  return emitter.node("Where", [isSmall, emitter.node("Mul", [u, series]), emitter.node("Softplus", [x])]);
}
