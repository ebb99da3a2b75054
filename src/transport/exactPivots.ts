import type { Costs } from "./costs.js";
import { type ExactPotentials, exactPotentials, tolerated } from "./exactPotentials.js";
import type { SimplexProgress, SimplexSolution } from "./networkSimplex.js";
import { createSmallest } from "./smallest.js";
import type { SpanningTree } from "./spanningTree.js";

/** A tree whose potentials prove its plan. */
export interface Proof {
  /** `[rows]` and `[columns]`, the potentials, each rounded once. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  /** `u_i + v_j <= c_ij + violation * max(c_ij, floor)` for all pairs, and `u_i + v_j = c_ij` where mass moves. See `floorOf`. */
  readonly violation: number;
}

/** Twice the relative error of one rounding, by which a bound of several roundings errs on the safe side. */
const rounding = 2 ** -52;
/** Costs looked at, and pivots, between two pauses. */
const costsPerPause = 5e6;
const pivotsPerPause = 100;

/**
 * Goes on from where the simplex in float64 has ended, until the plan is optimal at every scale.
 *
 * Reduced costs are differences of costs along paths of the tree. In float64 they err by some 1e-16 of the largest number on the path,
 * which is more than all that matters in another part of the plan where costs differ by many powers of ten. So here potentials are
 * sums in whole numbers of any length, without rounding. Their float64 roundings tell of nearly all arcs for certain that they violate
 * nothing; the others are looked at in whole numbers, and the worst of each source is pivoted upon. As nothing is rounded, a strongly
 * feasible tree never comes back to one that it has been before.
 */
export function* exactPivots(
  costs: Costs,
  { tree, pivots: before }: SimplexSolution,
): Generator<SimplexProgress, Proof> {
  const { rows, columns } = costs;
  const points = rows + columns;
  const rowsPerPause = Math.ceil(costsPerPause / columns);
  const { potential } = tree;
  const v = potential.subarray(rows, points);
  const u = new Float64Array(rows);
  const search = costs.search();
  const nearest = createSmallest(1);
  let pivots = before;
  let exact: ExactPotentials | undefined;
  for (;;) {
    const floor = floorOf(tree, costs);
    exact = exact?.fine(floor) ? exact : exactPotentials(tree, points, floor);
    let worst = 0;
    let entered = 0;
    let paused = 0;
    search.prepare(v);
    for (let i = 0; i < rows; i++) {
      search.find(i, Infinity, nearest);
      const least = nearest.values[0]!;
      // A bound on all of the row at once, which is all that most rows need.
      const bound = -potential[i]! - least + rounding * (Math.abs(least) + Math.abs(potential[i]!) + exact.largest);
      u[i] = least;
      if (bound <= tolerated * floor) {
        worst = Math.max(worst, bound / floor);
      } else {
        const row = costs.row(i);
        const found = worstOfRow(row, i, rows, potential, exact, floor, costs.signed, worst);
        if (found.entering >= 0) {
          exact.pivot(i, rows + found.entering, row[found.entering]!);
          search.prepare(v);
          entered++;
        }
        worst = found.violation;
      }
      if ((i + 1) % rowsPerPause === 0 || paused + pivotsPerPause === entered) {
        paused = entered;
        yield { points, pivots: pivots + entered, violation: worst };
      }
    }
    pivots += entered;
    yield { points, pivots, violation: worst };
    if (entered === 0) return { u, v: v.slice(), violation: worst };
  }
}

/**
 * The cost beneath which differences do not count: the least cost that the plan pays anywhere, or its mean cost where that is less.
 * Where all that it pays is 0, no plan is cheaper unless costs are below 0, and the largest cost serves.
 */
function floorOf(tree: SpanningTree, { largest, signed }: Costs): number {
  let least = Infinity;
  let paid = 0;
  let moved = 0;
  tree.forEachFlow((_source, _target, flow, cost) => {
    const size = Math.abs(cost);
    if (size > 0 && size < least) least = size;
    paid += flow * size;
    moved += flow;
  });
  if (least < Infinity) return Math.min(least, paid / moved || least);
  return signed ? largest * tolerated * tolerated : largest || 1;
}

/**
 * The arc of a source that violates most, or none (-1).
 * @param known by how much other arcs violate, in shares of their cost or of the floor; the result is that or what tolerated arcs do
 */
function worstOfRow(
  row: Float64Array,
  i: number,
  rows: number,
  potential: Float64Array,
  exact: ExactPotentials,
  floor: number,
  signed: boolean,
  known: number,
): { entering: number; violation: number } {
  const own = -potential[i]!;
  const ownSize = Math.abs(own);
  let entering = -1;
  let worst = 0;
  let violation = known;
  for (let j = 0; j < row.length; j++) {
    const cost = row[j]!;
    const other = potential[rows + j]!;
    const most = own + other - cost + rounding * (ownSize + Math.abs(other) + Math.abs(cost));
    const scale = signed || cost < floor ? floor : cost;
    if (most <= violation * scale) continue;
    if (most <= tolerated * scale) {
      violation = most / scale;
      continue;
    }
    const share = exact.violation(i, rows + j, cost, scale);
    if (share <= tolerated) violation = Math.max(violation, share);
    else if (share * scale > worst) {
      worst = share * scale;
      entering = j;
    }
  }
  return { entering, violation };
}
