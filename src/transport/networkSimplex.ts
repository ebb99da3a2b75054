import type { Potentials } from "./certificate.js";
import type { Costs } from "./costs.js";
import { leastReducedCost } from "./cTransform.js";
import { largestSize } from "./powersOfTwo.js";
import { type ArcList, addArc, cheapestArcs } from "./shortlist.js";
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
/** Reduced costs above minus this, relative to the largest potential, are zero up to rounding. */
const tolerance = 8e-15;
/** The share of the worst violation of all arcs down to which the shortlist is optimised. */
const shortlistShare = 0.1;
/** Pivots, and costs looked at, between two pauses. */
const pivotsPerPause = 5000;
const costsPerPause = 5e6;

/**
 * Minimum-cost flow from sources to targets by the primal network simplex method.
 *
 * It goes through the sources in turn and brings the arc of least reduced cost of each into the tree. Each such arc also joins a
 * shortlist, which holds the cheapest arcs of each point from the start; after every turn, pivots within the shortlist (block search:
 * the worst of about `sqrt(arcs)` arcs enters) go on until it has nothing worse than a part of the worst arc of that turn. It ends
 * after a turn in which no arc violates `u + v <= c`.
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
  const shortlist = cheapestArcs(costs, start.u, start.v, arcsPerPoint);
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
  const rowsPerPause = Math.ceil(costsPerPause / columns);
  for (;;) {
    exact = tolerance * largestSize(potential);
    worst = 0;
    let entered = 0;
    for (let i = 0; i < rows; i++) {
      const row = costs.row(i);
      const j = leastReducedCost(row, v);
      const reduced = row[j]! + potential[i]! - v[j]!;
      if (reduced < -exact) {
        tree.pivot(i, rows + j, row[j]!);
        addArc(shortlist, i, j, row[j]!);
        entered++;
        if (reduced < worst) worst = reduced;
      }
      if ((i + 1) % rowsPerPause === 0) yield progress();
    }
    pivots += entered;
    tree.refresh();
    yield progress();
    if (entered === 0) break;
    for (const batch of optimiseShortlist(tree, shortlist, rows, Math.max(exact, -shortlistShare * worst))) {
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
