import type { Potentials } from "./certificate.js";
import type { Costs } from "./costs.js";
import { largestSize } from "./powersOfTwo.js";
import { type ArcList, addArc, cheapestArcs } from "./shortlist.js";
import { createSmallest } from "./smallest.js";
import { createSpanningTree, type SpanningTree } from "./spanningTree.js";
import { startingForest } from "./startingForest.js";

/** How far an exact solution has come. */
export interface SimplexProgress {
  /** Sources and targets of the problem that is being solved; samples of the points come before all of them. */
  readonly points: number;
  /** Pivots made in it so far. */
  readonly pivots: number;
  /** By how much the worst pair violated `u_i + v_j <= c_ij` when all were last looked at, relative to the largest cost (in the last check, without rounding, to its own). Falls to 0. */
  readonly violation: number;
}

export interface SimplexSolution {
  readonly potentials: Potentials;
  readonly tree: SpanningTree;
  readonly pivots: number;
}

/** Arcs that each source and each target adds to the shortlist at the start. */
const arcsPerPoint = 6;
/** Arcs that a source adds at most in each turn. */
const arcsPerTurn = 10;
/** Reduced costs above minus this, relative to the largest potential, are zero up to rounding. */
const tolerance = 8e-15;
/** Pivots between two pauses. */
const pivotsPerPause = 5000;
/** Pauses of a turn, in which the search takes the potentials anew. */
const pausesPerTurn = 32;

/**
 * Minimum-cost flow from sources to targets by the primal network simplex method.
 *
 * It goes through the sources in turn and brings the arc of least reduced cost of each into the tree. That arc and the next ones that
 * violate `u + v <= c` join a shortlist, which holds the cheapest arcs of each point from the start; after every turn, pivots within the
 * shortlist (block search: the worst of about `sqrt(arcs)` arcs enters) go on until none of it violates. It ends after a turn in which
 * no arc does.
 *
 * Pauses by `yield` now and then, so that the caller can stop it or let others run.
 *
 * @param supply whole numbers above zero; `demand` likewise, with the same sum
 * @param start potentials to begin from; any will do, good ones save work
 */
export function* networkSimplex(
  costs: Costs,
  supply: Float64Array,
  demand: Float64Array,
  start: Potentials,
): Generator<SimplexProgress, SimplexSolution> {
  const { rows, columns } = costs;
  const points = rows + columns;
  const shortlist = cheapestArcs(costs, start, arcsPerPoint);
  const forest = startingForest(costs, shortlist, arcsPerPoint, start.v, supply, demand);
  const tree = createSpanningTree(rows, points, forest, start);
  const { potential } = tree;
  const v = potential.subarray(rows, points);
  let pivots = 0;
  let worst = -Infinity;
  const progress = () => ({ points, pivots, violation: worst === 0 ? 0 : -worst / costs.largest });

  let exact = tolerance * largestSize(potential);
  for (const batch of optimiseShortlist(tree, shortlist, rows, exact)) {
    pivots += batch;
    yield progress();
  }
  const search = costs.search();
  const found = createSmallest(arcsPerTurn);
  const rowsPerPause = Math.ceil(rows / pausesPerTurn);
  for (;;) {
    exact = tolerance * largestSize(potential);
    worst = 0;
    let entered = 0;
    for (let i = 0; i < rows; i++) {
      if (i % rowsPerPause === 0) search.prepare(v);
      search.find(i, -potential[i]! - exact, found);
      if (found.count > 0) {
        worst = Math.min(worst, found.values[0]! + potential[i]!);
        for (let k = 0; k < found.count; k++) addArc(shortlist, i, found.labels[k]!, costs.at(i, found.labels[k]!));
        const j = found.labels[0]!;
        tree.pivot(i, rows + j, costs.at(i, j));
        entered++;
      }
      if ((i + 1) % rowsPerPause === 0) yield progress();
    }
    pivots += entered;
    tree.refresh();
    yield progress();
    if (entered === 0) break;
    for (const batch of optimiseShortlist(tree, shortlist, rows, exact)) {
      pivots += batch;
      yield progress();
    }
  }
  return {
    potentials: { u: potential.slice(0, rows).map((value) => -value), v: v.slice() },
    tree,
    pivots,
  };
}

/** Pivots until no arc of the list has a reduced cost below `-goal`. Pauses with the number of pivots since the last pause. */
function* optimiseShortlist(tree: SpanningTree, arcs: ArcList, rows: number, goal: number): Generator<number, void> {
  const { source, target, cost, count } = arcs;
  const { potential } = tree;
  const block = Math.max(20, Math.ceil(Math.sqrt(count)));
  let pivots = 0;
  let position = 0;
  let calm = 0;
  while (calm < count) {
    let worst = -goal;
    let entering = -1;
    const end = Math.min(count, position + block);
    for (let arc = position; arc < end; arc++) {
      const reduced = cost[arc]! + potential[source[arc]!]! - potential[rows + target[arc]!]!;
      if (reduced < worst) {
        worst = reduced;
        entering = arc;
      }
    }
    calm += end - position;
    position = end === count ? 0 : end;
    if (entering < 0) continue;
    tree.pivot(source[entering]!, rows + target[entering]!, cost[entering]!);
    calm = 0;
    if (++pivots === pivotsPerPause) {
      yield pivots;
      pivots = 0;
    }
  }
  yield pivots;
}
