import { type FixedPoint, fixedPoint } from "./fixedPoint.js";
import { exponentOf } from "./powersOfTwo.js";
import type { SpanningTree } from "./spanningTree.js";

/** Violations of `u + v <= c` up to this share of `c` are let be. */
export const tolerated = 2 ** -32;
/** Of the floor: what costs are rounded to, finer by far than what is tolerated however many of them are summed. */
const unitBits = 80;
/** Where the floor falls, costs are rounded anew before the share of it becomes larger than 2 to minus this. */
const coarsestBits = 60;
/** The relative error of a few sums in two numbers, on the safe side. */
const restRounding = 2 ** -100;

/** The potentials of a tree as sums of costs that are not rounded. */
export interface ExactPotentials {
  /** No potential is larger in absolute value. */
  readonly largest: number;
  /** Whether they are still fine enough for a floor. */
  fine(floor: number): boolean;
  /** A bound of `(u + v - cost) / scale` of an arc: it is above what is tolerated exactly where the arc's violation is. */
  violation(source: number, target: number, cost: number, scale: number): number;
  pivot(source: number, target: number, cost: number): void;
}

/**
 * Sums the potentials of a tree. Those that the tree holds are kept at their roundings.
 * @param floor costs are taken as multiples of 2^-80 of it
 */
export function exactPotentials(tree: SpanningTree, points: number, floor: number): ExactPotentials {
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
