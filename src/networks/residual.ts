import { add } from "../engine/index.js";
import type { Network } from "./network.js";

/** A network with its input added to its output, which has the same shape (He et al. 2015, arXiv:1512.03385, equation 1). */
export function residual(inner: Network): Network {
  return { ...inner, apply: (parameters, x, context) => add(x, inner.apply(parameters, x, context)) };
}
