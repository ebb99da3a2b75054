import type { Costs } from "./costs.js";
import { type FixedPoint, fixedPoint } from "./fixedPoint.js";
import type { SimplexProgress, SimplexSolution } from "./networkSimplex.js";
import { exponentOf } from "./powersOfTwo.js";
import { leastReducedCost } from "./reducedCosts.js";
import type { SpanningTree } from "./spanningTree.js";

/** A tree whose potentials prove its plan. */
export interface Proof {
  /** `[rows]` and `[columns]`, the potentials, each rounded once. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  /** `u_i + v_j <= c_ij + violation * max(c_ij, floor)` for all pairs, and `u_i + v_j = c_ij` where mass moves. See `floorOf`. */
  readonly violation: number;
}

/** Violations up to this share of a cost are let be: 2^-32, which proves a plan to twice that. */
const toleratedBits = 32;
const tolerated = 2 ** -toleratedBits;
/** Of the floor: what costs are rounded to, finer by far than what is tolerated however many of them are summed. */
const unitBits = 80;
/** Where the floor falls, costs are rounded anew before the share of it becomes larger than 2 to minus this. */
const coarsestBits = 60;
/** Twice the relative error of one rounding, by which a bound of several roundings errs on the safe side. */
const rounding = 2 ** -52;
/** The same of sums in two numbers. */
const restRounding = 2 ** -100;
/** Costs looked at between two pauses. */
const costsPerPause = 5e6;

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
  let pivots = before;
  let exact: ExactPotentials | undefined;
  for (;;) {
    const floor = floorOf(tree, costs);
    exact = exact?.fine(floor) ? exact : exactPotentials(tree, points, floor);
    let worst = 0;
    let entered = 0;
    for (let i = 0; i < rows; i++) {
      const row = costs.row(i);
      const least = leastOf(row, v);
      // A bound on all of the row at once, which is all that most rows need.
      const bound = -potential[i]! - least + rounding * (Math.abs(least) + Math.abs(potential[i]!) + exact.largest);
      u[i] = least;
      if (bound <= tolerated * floor) {
        worst = Math.max(worst, bound / floor);
      } else {
        const found = worstOfRow(row, i, rows, potential, exact, floor, costs.signed, worst);
        if (found.entering >= 0) {
          exact.pivot(i, rows + found.entering, row[found.entering]!);
          entered++;
        }
        worst = found.violation;
      }
      if ((i + 1) % rowsPerPause === 0) yield { points, pivots: pivots + entered, violation: worst };
    }
    pivots += entered;
    yield { points, pivots, violation: worst };
    if (entered === 0) return { u, v: v.slice(), violation: worst };
  }
}

function leastOf(row: Float64Array, v: Float64Array): number {
  const j = leastReducedCost(row, v);
  return row[j]! - v[j]!;
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

interface ExactPotentials {
  /** No potential is larger in absolute value. */
  readonly largest: number;
  /** Whether they are still fine enough for a floor. */
  fine(floor: number): boolean;
  /** A bound of `(u + v - cost) / scale` of an arc: it is above what is tolerated exactly where the arc's violation is. */
  violation(source: number, target: number, cost: number, scale: number): number;
  pivot(source: number, target: number, cost: number): void;
}

/** The potentials of a tree without rounding. Those that the tree holds are kept at their roundings. */
function exactPotentials(tree: SpanningTree, points: number, floor: number): ExactPotentials {
  const exponent = exponentOf(floor) - unitBits;
  const { units, value }: FixedPoint = fixedPoint(exponent);
  const { potential } = tree;
  const exact = new Array<bigint>(points + 1).fill(0n);
  // What the roundings lack, rounded.
  const rest = new Float64Array(points);
  let largest = 0;
  const round = (node: number) => {
    const whole = exact[node]!;
    const rounded = value(whole);
    potential[node] = rounded;
    rest[node] = value(whole - units(rounded));
    if (Math.abs(rounded) > largest) largest = Math.abs(rounded);
  };
  tree.forEachNode((node, parent, cost) => {
    exact[node] = exact[parent]! + units(cost);
    round(node);
  });
  const reduced = (source: number, target: number, cost: number) => units(cost) + exact[source]! - exact[target]!;
  return {
    get largest() {
      return largest;
    },
    fine: (other) => exponentOf(other) - coarsestBits >= exponent,
    violation(source, target, cost, scale) {
      // With the sum in two numbers, of some 100 bits, few arcs remain of which it is not certain.
      const [p, q] = [potential[source]!, potential[target]!];
      const difference = q - p;
      const excess = difference - cost;
      const lost = sumError(q, -p, difference) + sumError(difference, -cost, excess);
      const found = excess + (lost + (rest[target]! - rest[source]!));
      const error = restRounding * (Math.abs(p) + Math.abs(q) + Math.abs(cost));
      return Math.abs(found - tolerated * scale) > 2 * error
        ? (found + error) / scale
        : -value(reduced(source, target, cost)) / scale;
    },
    pivot(source, target, cost) {
      const change = reduced(source, target, cost);
      const top = tree.pivot(source, target, cost);
      const shift = top === target ? change : -change;
      tree.forEachBelow(top, (node) => {
        exact[node]! += shift;
        round(node);
      });
    },
  };
}

/** What the rounded `sum` of two numbers lacks, exactly (Knuth). */
function sumError(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}
