// @ts-check

/**
 * A chain of matrix products, each of which needs the one before, so that nothing but the last leaves the program: activations
 * [rows, width] times weights [width, width], as they are ("NN") or transposed ("NT"); or, as gradients of weights have it, the transposed
 * activations times another matrix ("TN"), by [rows, rows] and [width, width] in turn.
 * @typedef {{ rows: number, width: number, kind: "NN" | "NT" | "TN", count: number }} Chain
 */

/** The work of one turn of a chain, about. */
const FLOPS = 2e9;

/** @returns {Chain} */
function chain(/** @type {number} */ rows, /** @type {number} */ width, /** @type {Chain["kind"]} */ kind) {
  return { rows, width, kind, count: 2 * Math.ceil(FLOPS / (2 * rows * width * width) / 2) };
}

/** What the rows of the plane multiply: batches of 256, of reals and fakes together, and of all fakes of a critic's updates. */
export const chains = [128, 512].flatMap((width) =>
  [256, 512, 1280].flatMap((rows) =>
    /** @type {const} */ (["NN", "NT", "TN"])
      .filter((kind) => kind !== "TN" || rows <= 512)
      .map((kind) => chain(rows, width, kind)),
  ),
);

/** @param {Chain} chain */
export function nameOf({ rows, width, kind }) {
  return `gemm ${rows} × ${width} × ${width} ${kind}`;
}

/** The right operands of a chain, which take turns: a product with operand i is `shapes[i]`. @param {Chain} chain */
export function operandsOf({ rows, width, kind }) {
  return kind === "TN"
    ? [
        [rows, rows],
        [width, width],
      ]
    : [[width, width]];
}

/** Floating-point operations of a whole chain. @param {Chain} chain */
export function flopsOfChain({ rows, width, kind, count }) {
  const perPair = kind === "TN" ? 2 * rows * width * (rows + width) : 4 * rows * width * width;
  return (count / 2) * perPair;
}
