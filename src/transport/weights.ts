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
  let total = 0;
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity))
      throw new InputError(`The ${side} weight ${i} is ${weight}; weights must be finite and not negative.`);
    total += weight;
  }
  if (!(total > 0 && total < Infinity))
    throw new InputError(`The ${side} weights sum to ${total}; the sum must be positive and finite.`);
  return total;
}

/** Masses in whole units, so that sums and differences of flows are exact and ties between them are seen as ties. */
export interface Units {
  readonly source: Float64Array;
  readonly target: Float64Array;
  /** The number of units on each side. */
  readonly total: number;
  /** Whether the units are not in the ratios of the masses, but as near as so many units allow. */
  readonly rounded: boolean;
}

/** Whole numbers of a total of 2^50: they and all their sums are exact in float64. */
const finestTotal = 2 ** 50;
/** Two totals up to this have a common multiple of at most 2^50. */
const commonTotal = 2 ** 25;
/** What a ratio of two masses, of a few operations each, may be off by and count as whole. */
const ratioTolerance = 2 ** -49;
/** The least mass of a side is taken for 1, 2, ... or so many of its common units. */
const mostUnitsOfLeast = 100;

/**
 * Each side's masses as shares of the same whole number of units. Masses that are whole multiples of a common unit, such as uniform
 * ones, counts, and decimals of a few places, keep their ratios. Others are rounded to 2^-50 of the total, and below half of that to 0.
 */
export function wholeUnits(source: Float64Array, target: Float64Array): Units {
  const sourceCounts = commonMultiples(source);
  const targetCounts = commonMultiples(target);
  if (!sourceCounts || !targetCounts)
    return { source: rounded(source), target: rounded(target), total: finestTotal, rounded: true };
  const sourceTotal = sum(sourceCounts);
  const targetTotal = sum(targetCounts);
  const divisor = greatestCommonDivisor(sourceTotal, targetTotal);
  return {
    source: sourceCounts.map((count) => count * (targetTotal / divisor)),
    target: targetCounts.map((count) => count * (sourceTotal / divisor)),
    total: sourceTotal * (targetTotal / divisor),
    rounded: false,
  };
}

/** Masses as multiples of a common unit, where they have one that is not too small. */
function commonMultiples(masses: Float64Array): Float64Array | undefined {
  const least = masses.reduce((smallest, mass) => (mass > 0 && mass < smallest ? mass : smallest), Infinity);
  const total = sum(masses);
  for (let ofLeast = 1; ofLeast <= mostUnitsOfLeast; ofLeast++) {
    if (total > (commonTotal / ofLeast) * least) return undefined;
    const multiple = (mass: number) => (mass / least) * ofLeast;
    const whole = masses.every((mass) => {
      const ratio = multiple(mass);
      return Math.abs(ratio - Math.round(ratio)) <= ratioTolerance * ratio;
    });
    if (whole) return masses.map((mass) => Math.round(multiple(mass)));
  }
  return undefined;
}

function rounded(masses: Float64Array): Float64Array {
  const total = sum(masses);
  const units = masses.map((mass) => Math.round((mass / total) * finestTotal));
  const rest = finestTotal - sum(units);
  units[units.indexOf(units.reduce((most, count) => Math.max(most, count), 0))]! += rest;
  return units;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
