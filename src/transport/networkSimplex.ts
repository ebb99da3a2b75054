import type { Costs } from "./costs.js";
import { addCheapestArcs, createArcList } from "./shortlist.js";
import { createSpanningTree, type SpanningTree } from "./spanningTree.js";
import { startingForest } from "./startingForest.js";

/** How far an exact solution has come. */
export interface SimplexProgress {
  readonly pivots: number;
  /** By how much the worst arc violates the dual constraint, in units of cost; falls to 0, not always steadily. `Infinity` before it is known. */
  readonly violation: number;
}

export interface SimplexSolution {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly forEachFlow: SpanningTree["forEachFlow"];
  readonly pivots: number;
}

/** Arcs that each point adds to the shortlist at the start, and those that each may add when all arcs are priced. */
const firstArcs = 10;
const laterSourceArcs = 5;
const laterTargetArcs = 1;
/** Reduced costs above minus this, relative to the largest cost, are zero up to rounding. */
const tolerance = 1e-14;
/** The share of the worst violation down to which the shortlist is optimised before all arcs are priced again. */
const reduction = 0.3;
const pivotsPerPause = 2000;

/**
 * Minimum-cost flow from sources to targets by the primal network simplex method, on a shortlist of arcs.
 *
 * A pivot only looks at the shortlist (block search: the worst of about `sqrt(arcs)` arcs enters). Where the shortlist has nothing
 * worse than a part of the worst violation of all arcs, every arc is priced and those that violate most join it. It ends where no arc
 * of all violates `u + v <= c`.
 *
 * Pauses by `yield` now and then, so that the caller can stop it or let others run.
 *
 * @param supply whole units, none zero; `demand` likewise, with the same sum
 * @see Gottschlich & Schuhmacher, "The shortlist method for fast computation of the Earth Mover's Distance", PLoS ONE 9(10), 2014
 */
export function* networkSimplex(
  costs: Costs,
  supply: Float64Array,
  demand: Float64Array,
): Generator<SimplexProgress, SimplexSolution> {
  const { rows, columns } = costs;
  const exact = Math.max(tolerance * costs.largest, Number.MIN_VALUE);
  const arcs = createArcList(4 * firstArcs * (rows + columns));
  const u = new Float64Array(rows);
  const v = new Float64Array(columns);
  addCheapestArcs(arcs, costs, u, v, Infinity, Math.min(firstArcs, columns), Math.min(firstArcs, rows));
  const forest = startingForest(costs, arcs, u, v, supply, demand);
  const tree = createSpanningTree(rows, rows + columns, forest, new Float64Array(rows + columns));
  const { potential } = tree;

  let pivots = 0;
  let violation = Infinity;
  let goal = 0.1 * costs.largest;
  for (;;) {
    const { source, target, cost, count } = arcs;
    const block = Math.max(20, Math.ceil(Math.sqrt(count)));
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
      if (++pivots % pivotsPerPause === 0) yield { pivots, violation };
    }
    tree.refresh();
    for (let i = 0; i < rows; i++) u[i] = -potential[i]!;
    v.set(potential.subarray(rows, rows + columns));
    violation = -addCheapestArcs(arcs, costs, u, v, -exact, laterSourceArcs, laterTargetArcs);
    yield { pivots, violation };
    if (violation <= exact) break;
    goal = Math.max(exact, reduction * violation);
    if (goal < 1e-6 * costs.largest) goal = exact;
  }
  return { u, v, forEachFlow: tree.forEachFlow, pivots };
}
