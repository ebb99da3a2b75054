import { InputError } from "../errors.js";

/** Both sides' weights as checked masses with the same total. */
export interface Marginals {
  readonly source: Float64Array;
  readonly target: Float64Array;
  readonly total: number;
}

/** Sums that differ by less than this, relatively, count as equal. */
const sumTolerance = 1e-6;

/**
 * Checks both sides' weights. Absent weights are uniform and sum to the other side's total, or to 1 where both are absent.
 * Sums that agree up to rounding are made equal by scaling the target.
 * @throws InputError for a wrong count, a negative or non-finite weight, a sum of zero, sums that differ
 */
export function marginals(
  sources: number,
  targets: number,
  sourceWeights?: ArrayLike<number>,
  targetWeights?: ArrayLike<number>,
): Marginals {
  const sourceTotal = sourceWeights && checkedSum(sourceWeights, sources, "source");
  const targetTotal = targetWeights && checkedSum(targetWeights, targets, "target");
  const total = sourceTotal ?? targetTotal ?? 1;
  if (targetTotal !== undefined && Math.abs(total - targetTotal) > sumTolerance * total)
    throw new InputError(
      `The source weights sum to ${total} and the target weights to ${targetTotal}; scale them to the same sum.`,
    );
  const scale = total / (targetTotal ?? total);
  return {
    source: sourceWeights ? Float64Array.from(sourceWeights) : new Float64Array(sources).fill(total / sources),
    target: targetWeights
      ? Float64Array.from(targetWeights, (weight) => weight * scale)
      : new Float64Array(targets).fill(total / targets),
    total,
  };
}

function checkedSum(weights: ArrayLike<number>, count: number, side: string): number {
  if (weights.length !== count)
    throw new InputError(`There are ${weights.length} ${side} weights for ${count} ${side} points; give one for each.`);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity))
      throw new InputError(`The ${side} weight ${i} is ${weight}; weights must be finite and not negative.`);
    sum += weight;
  }
  if (!(sum > 0 && sum < Infinity))
    throw new InputError(`The ${side} weights sum to ${sum}; the sum must be positive.`);
  return sum;
}

/** Masses in whole units, so that sums and differences of flows are exact and ties between them are seen as ties. */
export interface Units {
  readonly source: Float64Array;
  readonly target: Float64Array;
  /** The number of units on each side. */
  readonly total: number;
}

/** Whole numbers of a total of 2^50: they and all their sums are exact in float64. */
const finestTotal = 2 ** 50;

/**
 * Each side's masses as shares of the same whole number of units. A mass below 2^-51 of its side's total becomes 0.
 * Between uniform sides no share is rounded.
 */
export function wholeUnits(source: Float64Array, target: Float64Array): Units {
  if (!isUniform(source) || !isUniform(target))
    return { source: rounded(source), target: rounded(target), total: finestTotal };
  const divisor = greatestCommonDivisor(source.length, target.length);
  const perSource = target.length / divisor;
  return {
    source: new Float64Array(source.length).fill(perSource),
    target: new Float64Array(target.length).fill(source.length / divisor),
    total: perSource * source.length,
  };
}

function rounded(masses: Float64Array): Float64Array {
  const sum = masses.reduce((total, mass) => total + mass, 0);
  const units = masses.map((mass) => Math.round((mass / sum) * finestTotal));
  let used = 0;
  let largest = 0;
  for (let i = 0; i < units.length; i++) {
    used += units[i]!;
    if (units[i]! > units[largest]!) largest = i;
  }
  units[largest]! += finestTotal - used;
  return units;
}

function isUniform(masses: Float64Array): boolean {
  return masses.every((mass) => mass === masses[0]);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
