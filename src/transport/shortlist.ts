import type { Costs } from "./costs.js";

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

/** For each source and for each target, its `size` arcs of least reduced cost `c - u - v`. Reads every cost once. */
export function cheapestArcs(costs: Costs, u: Float64Array, v: Float64Array, size: number): ArcList {
  const { rows, columns } = costs;
  const ofRow = createSmallest(1, size);
  const ofColumn = createSmallest(columns, size);
  const rowBound = ofRow.bound;
  const columnBound = ofColumn.bound;
  const arcs = createArcList(size * (rows + columns));
  for (let i = 0; i < rows; i++) {
    const row = costs.row(i);
    const potential = u[i]!;
    ofRow.values.fill(Infinity);
    rowBound[0] = Infinity;
    for (let j = 0; j < columns; j++) {
      const reduced = row[j]! - potential - v[j]!;
      if (reduced < rowBound[0]!) insert(ofRow, 0, size, reduced, j);
      if (reduced < columnBound[j]!) insert(ofColumn, j, size, reduced, i);
    }
    for (let rank = 0; rank < size && ofRow.values[rank]! < Infinity; rank++) {
      const column = ofRow.labels[rank]!;
      addArc(arcs, i, column, row[column]!);
    }
  }
  for (let j = 0; j < columns; j++) {
    for (let place = j * size; place < (j + 1) * size && ofColumn.values[place]! < Infinity; place++) {
      const row = ofColumn.labels[place]!;
      addArc(arcs, row, j, costs.at(row, j));
    }
  }
  return arcs;
}

/** For each of some groups, its smallest values in rising order, each with a label; `bound` is the largest of them. */
interface Smallest {
  readonly values: Float64Array;
  readonly labels: Int32Array;
  readonly bound: Float64Array;
}

function createSmallest(groups: number, size: number): Smallest {
  return {
    values: new Float64Array(groups * size).fill(Infinity),
    labels: new Int32Array(groups * size),
    bound: new Float64Array(groups).fill(Infinity),
  };
}

function insert({ values, labels, bound }: Smallest, group: number, size: number, value: number, label: number): void {
  const first = group * size;
  const last = first + size - 1;
  let place = last;
  while (place > first && values[place - 1]! > value) {
    values[place] = values[place - 1]!;
    labels[place] = labels[place - 1]!;
    place--;
  }
  values[place] = value;
  labels[place] = label;
  bound[group] = values[last]!;
}
