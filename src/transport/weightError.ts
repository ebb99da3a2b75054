import type { Potentials, TransportPlan } from "./certificate.js";
import type { Costs } from "./costs.js";
import { fixedPoint } from "./fixedPoint.js";
import { exponentOf } from "./powersOfTwo.js";
import type { Marginals, Units } from "./weights.js";

/**
 * A bound of how much the cost of a unit of mass changes, to first order, if the masses moved are the weights instead of whole units.
 *
 * What a source has lost by rounding is its excess, and what a target has lost is missing there. Both flow along the entries of the plan,
 * which form no cycle, to one point of each connected part. The change is what these flows pay, if nothing is left in any part. What is
 * left must cross to other parts, and then optimal potentials, which are unique only up to a constant for each part, say less than how
 * much that takes: they bound the change from below. Crossing from part to part in any order bounds it from above.
 */
export function weightError(
  costs: Costs,
  masses: Marginals,
  units: Units,
  plan: TransportPlan,
  { u, v }: Potentials,
): number {
  const { rows } = costs;
  const { excess, share } = exactExcess(masses, units);
  const { paid, ends } = gather(costs, plan, excess, share);
  let least = paid;
  let most = paid;
  const missing = ends.filter(({ point }) => excess[point]! < 0n);
  for (const { point } of ends) least += share(excess[point]!) * (point < rows ? u[point]! : -v[point - rows]!);
  for (const { point } of ends)
    while (excess[point]! > 0n) {
      const other = missing.at(-1)!;
      const lacking = -excess[other.point]!;
      const crossing = excess[point]! < lacking ? excess[point]! : lacking;
      const saved = other.point < rows ? costs.at(other.point, other.target) : 0;
      most += share(crossing) * (costs.at(point, other.target) - saved);
      excess[point]! -= crossing;
      excess[other.point]! += crossing;
      if (crossing === lacking) missing.pop();
    }
  return Math.max(Math.abs(least), Math.abs(most));
}

/** Shares are read to 2 to minus this. */
const shareBits = 1000;

/** For each source what rounding has taken from it, for each target what it has added, as whole numbers whose `share` is that of all mass: their sum is 0, exactly. */
function exactExcess({ source, target }: Marginals, units: Units) {
  const least = [source, target]
    .flatMap((weights) => [...weights])
    .reduce((a, b) => (b > 0 && b < a ? b : a), Infinity);
  const whole = fixedPoint(exponentOf(least) - 52).units;
  const [a, b] = [Array.from(source, whole), Array.from(target, whole)];
  const [totalA, totalB] = [a, b].map((weights) => weights.reduce((sum, weight) => sum + weight, 0n)) as [
    bigint,
    bigint,
  ];
  const count = BigInt(units.total);
  const lost = a.map((weight, i) => (weight * count - BigInt(units.source[i]!) * totalA) * totalB);
  const gained = b.map((weight, j) => (BigInt(units.target[j]!) * totalB - weight * count) * totalA);
  const all = totalA * totalB * count;
  return {
    excess: [...lost, ...gained],
    share: (part: bigint) => Number((part << BigInt(shareBits)) / all) * 2 ** -shareBits,
  };
}

/** The point of a part at which excess was gathered, and a target of the part: itself or, beside a source, one that it sends mass to. */
interface End {
  readonly point: number;
  readonly target: number;
}

/** Moves excess along the plan until each part has it at one source (or is a single target), and tells what that pays. Points are sources, then targets. */
function gather(costs: Costs, plan: TransportPlan, excess: bigint[], share: (part: bigint) => number) {
  const { rows, columns } = costs;
  const degree = new Int32Array(rows + columns);
  // Of the entries of a point that are left, all combined by exclusive or: where there is one, that is it.
  const entries = new Int32Array(rows + columns);
  plan.source.forEach((source, entry) => {
    for (const point of [source, rows + plan.target[entry]!]) {
      degree[point]!++;
      entries[point]! ^= entry;
    }
  });
  const gone = new Uint8Array(rows + columns);
  const last = new Int32Array(rows);
  let paid = 0;
  for (let start = 0; start < rows + columns; start++) {
    let point = start;
    while (degree[point] === 1) {
      const entry = entries[point]!;
      const [source, target] = [plan.source[entry]!, plan.target[entry]!];
      const isSource = point === source;
      const other = isSource ? rows + target : source;
      if (isSource && degree[other] === 1) break;
      const moved = excess[point]!;
      paid += share(isSource ? moved : -moved) * costs.at(source, target);
      excess[other]! += moved;
      gone[point] = 1;
      last[source] = target;
      degree[point] = 0;
      degree[other]!--;
      entries[other]! ^= entry;
      point = other;
    }
  }
  const ends: End[] = [];
  gone.forEach((isGone, point) => {
    if (!isGone && excess[point] !== 0n) ends.push({ point, target: point < rows ? last[point]! : point - rows });
  });
  return { paid, ends };
}
