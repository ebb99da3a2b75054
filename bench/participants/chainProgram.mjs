import { matmul } from "../../dist/engine/index.js";
import { createRng } from "../../dist/random.js";
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

/** Random numbers of a shape; products of such matrices stay as large as their operands. */
export function normals(shape, seed) {
  const values = createRng(seed).normals(shape.reduce((product, length) => product * length, 1));
  return values.map((value) => value / Math.sqrt(shape[0] ?? 1));
}
