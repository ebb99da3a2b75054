import type { Potentials } from "./certificate.js";
import type { Costs } from "./costs.js";
import { createSmallest, insert, type Smallest } from "./smallest.js";

/** A growing list of arcs; targets are numbered from 0, as columns. */
export interface ArcList {
  source: Int32Array;
  target: Int32Array;
  cost: Float64Array;
  count: number;
}

export function addArc(arcs: ArcList, source: number, target: number, cost: number): void {
  if (arcs.count === arcs.source.length) grow(arcs);
  arcs.source[arcs.count] = source;
  arcs.target[arcs.count] = target;
  arcs.cost[arcs.count++] = cost;
}

function createArcList(capacity: number): ArcList {
  return {
    source: new Int32Array(capacity),
    target: new Int32Array(capacity),
    cost: new Float64Array(capacity),
    count: 0,
  };
}

function grow(arcs: ArcList): void {
  const { source, target, cost } = createArcList(2 * arcs.count);
  source.set(arcs.source);
  target.set(arcs.target);
  cost.set(arcs.cost);
  Object.assign(arcs, { source, target, cost });
}

/** For each source its `size` arcs of least reduced cost `c - u - v`, then for each target, in rising order. */
export function cheapestArcs(costs: Costs, { u, v }: Potentials, size: number): ArcList {
  const arcs = createArcList(size * (costs.rows + costs.columns));
  const found = createSmallest(size);
  const search = costs.search();
  search.prepare(v);
  for (let i = 0; i < costs.rows; i++) {
    search.find(i, Infinity, found);
    for (let k = 0; k < found.count; k++) addArc(arcs, i, found.labels[k]!, costs.at(i, found.labels[k]!));
  }
  forEachTarget(costs, u, size, (j, { labels, count }) => {
    for (let k = 0; k < count; k++) addArc(arcs, labels[k]!, j, costs.at(labels[k]!, j));
  });
  return arcs;
}

/** Calls `visit` with the `size` sources of least `c_ij - u_i` of each target. */
function forEachTarget(
  costs: Costs,
  u: Float64Array,
  size: number,
  visit: (target: number, sources: Smallest) => void,
): void {
  const { rows, columns } = costs;
  if (costs.transposed) {
    const search = costs.transposed(Int32Array.from({ length: rows }, (_, i) => i)).search();
    const found = createSmallest(size);
    search.prepare(u);
    for (let j = 0; j < columns; j++) {
      search.find(j, Infinity, found);
      visit(j, found);
    }
    return;
  }
  // Source by source, as a matrix lies in memory.
  const lists = Array.from({ length: columns }, () => createSmallest(size));
  const bounds = new Float64Array(columns).fill(Infinity);
  for (let i = 0; i < rows; i++) {
    const row = costs.row(i);
    for (let j = 0; j < columns; j++) {
      const value = row[j]! - u[i]!;
      if (value >= bounds[j]!) continue;
      insert(lists[j]!, value, i);
      bounds[j] = lists[j]!.bound;
    }
  }
  lists.forEach((list, j) => {
    visit(j, list);
  });
}
