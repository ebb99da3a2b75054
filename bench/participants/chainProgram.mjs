import { matmul } from "../../dist/engine/index.js";
import { operandsOf } from "../products.mjs";

/** A chain of products (products.mjs) as a function of `x` and of the operands `b0`, `b1`, ... */
export function chainProgram({ kind, count }) {
  const options = { transposeA: kind === "TN", transposeB: kind === "NT" };
  return ({ x, ...operands }) => {
    const others = Object.values(operands);
    let result = x;
    for (let i = 0; i < count; i++) result = matmul(result, others[i % others.length], options);
    return { result };
  };
}

/** What it takes. */
export function chainInputs(chain) {
  const operands = operandsOf(chain).map((shape, i) => [`b${i}`, { shape }]);
  return { x: { shape: [chain.rows, chain.width] }, ...Object.fromEntries(operands) };
}
