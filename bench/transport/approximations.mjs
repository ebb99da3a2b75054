// How far the approximations of optimal transport are from the exact distance, and what they take.
//
//     npm run build && node bench/transport/approximations.mjs [--count 1000] [--dimension 2]
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { createRng } from "../../dist/random.js";
import {
  exactTransportSync,
  sinkhornDivergenceSync,
  sinkhornSync,
  slicedDistanceSync,
} from "../../dist/transport/index.js";

const { values: options } = parseArgs({
  options: { count: { type: "string", default: "1000" }, dimension: { type: "string", default: "2" } },
});
const [count, dimension] = [Number(options.count), Number(options.dimension)];
const rng = createRng(0);
const cloud = (shift) => ({
  points: Float64Array.from(rng.normals(count * dimension), (x) => x + shift / Math.sqrt(dimension)),
  dimension,
});
const [a, b] = [cloud(0), cloud(0.5)];

function timed(compute) {
  const started = performance.now();
  const value = compute();
  return { value, milliseconds: performance.now() - started };
}
const exact = timed(() => exactTransportSync({ a, b }).cost);
const table = new Table({ head: ["method", "distance", "error", "ms"] });
const show = (method, { value, milliseconds }) =>
  table.push([method, value.toFixed(4), `${(100 * (value / exact.value - 1)).toFixed(1)} %`, milliseconds.toFixed(0)]);

show("exact", exact);
for (const directions of [50, 500]) {
  const sliced = timed(() => slicedDistanceSync(a, b, { p: 1, directions }));
  show(`sliced, ${directions} directions`, { ...sliced, value: sliced.value.distance });
  show(`max-sliced, ${directions} directions`, { ...sliced, value: sliced.value.maximum });
}
for (const epsilon of [1, 0.3, 0.1, 0.03]) {
  const setting = { epsilon, tolerance: 1e-4 };
  show(
    `Sinkhorn cost, epsilon ${epsilon}`,
    timed(() => sinkhornSync(a, b, setting).cost),
  );
  show(
    `Sinkhorn divergence, epsilon ${epsilon}`,
    timed(() => sinkhornDivergenceSync(a, b, setting).value),
  );
}
console.log(`W1 of ${count} and ${count} points in ${dimension} dimensions`);
console.log(table.toString());
