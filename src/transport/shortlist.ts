import type { Costs } from "./costs.js";

/** A growing list of arcs; targets are numbered from 0, as columns. */
export interface ArcList {
  source: Int32Array;
  target: Int32Array;
  cost: Float64Array;
  count: number;
}

export function createArcList(capacity: number): ArcList {
  return {
    source: new Int32Array(capacity),
    target: new Int32Array(capacity),
    cost: new Float64Array(capacity),
    count: 0,
  };
}

export function addArc(arcs: ArcList, source: number, target: number, cost: number): void {
  if (arcs.count === arcs.source.length) {
    const grown = createArcList(2 * arcs.count);
    grown.source.set(arcs.source);
    grown.target.set(arcs.target);
    grown.cost.set(arcs.cost);
    arcs.source = grown.source;
    arcs.target = grown.target;
    arcs.cost = grown.cost;
  }
  arcs.source[arcs.count] = source;
  arcs.target[arcs.count] = target;
  arcs.cost[arcs.count++] = cost;
}

/**
 * Reads every cost once and adds, for each source and for each target, its arcs of least reduced cost `c - u - v`, among those below `below`.
 * @param perSource how many arcs a source adds at most
 * @param perTarget how many arcs a target adds at most
 * @returns the least reduced cost of all arcs, or `below` where none lies under it
 */
export function addCheapestArcs(
  arcs: ArcList,
  costs: Costs,
  u: Float64Array,
  v: Float64Array,
  below: number,
  perSource: number,
  perTarget: number,
): number {
  const { rows, columns } = costs;
  const row = new Float64Array(columns);
  const rowBest = createSmallest(1, perSource, below);
  const columnBest = createSmallest(columns, perTarget, below);
  let least = below;
  for (let i = 0; i < rows; i++) {
    costs.readRow(i, row);
    const potential = u[i]!;
    rowBest.values.fill(below);
    rowBest.labels.fill(-1);
    const { values: columnWorst } = columnBest;
    for (let j = 0, worst = perTarget - 1; j < columns; j++, worst += perTarget) {
      const reduced = row[j]! - potential - v[j]!;
      if (reduced >= below) continue;
      if (reduced < rowBest.values[perSource - 1]!) insertSmallest(rowBest, 0, perSource, reduced, j);
      if (reduced < columnWorst[worst]!) insertSmallest(columnBest, j, perTarget, reduced, i);
    }
    if (rowBest.values[0]! < least) least = rowBest.values[0]!;
    for (const column of rowBest.labels) if (column >= 0) addArc(arcs, i, column, row[column]!);
  }
  for (let j = 0, p = 0; j < columns; j++) {
    for (let rank = 0; rank < perTarget; rank++, p++) {
      const i = columnBest.labels[p]!;
      if (i >= 0) addArc(arcs, i, j, costs.at(i, j));
    }
  }
  return least;
}

/** For each of some groups, its smallest values in rising order, each with a label. */
interface Smallest {
  readonly values: Float64Array;
  readonly labels: Int32Array;
}

function createSmallest(groups: number, size: number, below: number): Smallest {
  return { values: new Float64Array(groups * size).fill(below), labels: new Int32Array(groups * size).fill(-1) };
}

function insertSmallest({ values, labels }: Smallest, group: number, size: number, value: number, label: number): void {
  const first = group * size;
  let place = first + size - 1;
  while (place > first && values[place - 1]! > value) {
    values[place] = values[place - 1]!;
    labels[place] = labels[place - 1]!;
    place--;
  }
  values[place] = value;
  labels[place] = label;
}
