import type { Costs } from "./costs.js";
import type { ArcList } from "./shortlist.js";
import type { Forest } from "./spanningTree.js";

/**
 * A first transport plan without cycles: moves all that it can along the cheapest arc of each point, then along the next cheapest,
 * and so on; what then remains goes to the cheapest target that is still open. Each move empties a source or fills a target, so no
 * cycle closes.
 *
 * @param arcs in groups of `arcsPerPoint`, each in rising order of reduced cost
 */
export function startingForest(
  costs: Costs,
  arcs: ArcList,
  arcsPerPoint: number,
  v: Float64Array,
  supply: Float64Array,
  demand: Float64Array,
): Forest {
  const { rows, columns } = costs;
  const left = supply.slice();
  const open = demand.slice();
  const forest = {
    source: new Int32Array(rows + columns),
    target: new Int32Array(rows + columns),
    flow: new Float64Array(rows + columns),
    cost: new Float64Array(rows + columns),
    count: 0,
  };
  const move = (i: number, j: number, cost: number) => {
    const flow = Math.min(left[i]!, open[j]!);
    if (flow === 0) return;
    left[i]! -= flow;
    open[j]! -= flow;
    forest.source[forest.count] = i;
    forest.target[forest.count] = rows + j;
    forest.flow[forest.count] = flow;
    forest.cost[forest.count++] = cost;
  };

  for (let rank = 0; rank < arcsPerPoint; rank++)
    for (let arc = rank; arc < arcs.count; arc += arcsPerPoint)
      move(arcs.source[arc]!, arcs.target[arc]!, arcs.cost[arc]!);

  let openTargets = Int32Array.from({ length: columns }, (_, j) => j).filter((j) => open[j]! > 0);
  for (let i = 0; i < rows; i++) {
    while (left[i]! > 0) {
      let best = -1;
      let bestReduced = Infinity;
      for (const j of openTargets) {
        const value = costs.at(i, j) - v[j]!;
        if (value < bestReduced) {
          bestReduced = value;
          best = j;
        }
      }
      move(i, best, costs.at(i, best));
      if (open[best]! === 0) openTargets = openTargets.filter((j) => j !== best);
    }
  }
  return forest;
}
