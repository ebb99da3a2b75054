import { InputError } from "../../errors.js";
import { exactTransportInThread } from "../../transport/exactInThread.js";
import {
  type Certificate,
  exactTransport,
  oneDimensionalDistance,
  oneDimensionalPlan,
  type PointCost,
  type PointSet,
  type SinkhornProgress,
  sinkhorn,
  sinkhornDivergence,
  slicedDistance,
  type TransportPlan,
  typicalCost,
} from "../../transport/index.js";

export const METHODS = ["exact", "1d", "sliced", "sinkhorn"] as const;
export type Method = (typeof METHODS)[number];

export interface MeasureSettings {
  readonly method: Method;
  /** 1 or 2 for exact and sinkhorn, any number from 1 up for the others. */
  readonly p: number;
  readonly projections: number;
  readonly max: boolean;
  readonly seed: number;
  readonly epsilon: number | undefined;
  readonly biased: boolean;
  /** In GiB. */
  readonly memory: number;
}

/** How the work is watched and stopped. */
export interface Control {
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

export interface Measurement {
  readonly distance: number;
  /** What the method tells beside the distance. */
  readonly details: Readonly<Record<string, number | boolean>>;
  readonly plan?: () => TransportPlan;
  /** What the user should know of it. */
  readonly warning?: string | undefined;
  /** The same distance between other sets, for the bootstrap. */
  readonly again: (a: PointSet, b: PointSet) => number | Promise<number>;
}

/** Sinkhorn's epsilon, where it is not given, in shares of the typical cost. */
const EPSILON_SHARE = 0.01;
/** Of its marginals: what this leaves is small beside what the entropy does. */
const TOLERANCE = 1e-4;
/** The share of an exact cost that may depend on the rounding of weights without a word. */
const MOST_WEIGHT_ERROR = 1e-9;

/** The distance between two sets by one of the methods. */
export function measure(a: PointSet, b: PointSet, settings: MeasureSettings, control: Control): Promise<Measurement> {
  switch (settings.method) {
    case "exact":
      return exact(a, b, settings, control);
    case "1d":
      return onTheLine(a, b, settings);
    case "sliced":
      return sliced(a, b, settings, control);
    case "sinkhorn":
      return entropic(a, b, settings, control);
  }
}

async function exact(a: PointSet, b: PointSet, { p, memory }: MeasureSettings, { signal, say }: Control) {
  const cost = costOf(p);
  const { plan, certificate, distance } = await exactTransportInThread(
    { a, b, cost },
    {
      signal,
      memoryLimit: memory * 2 ** 30,
      onProgress: ({ points, pivots }) => say(`exact transport: ${pivots} pivots between ${points} points`),
    },
  );
  return {
    distance,
    details: { ...certificate },
    plan: () => plan,
    again: async (x: PointSet, y: PointSet) => (await exactTransport({ a: x, b: y, cost }, { signal })).distance,
    warning: weightWarning(certificate),
  };
}

/** What of the distance depends on digits that the weights have lost. */
function weightWarning({ weightless, weightError }: Certificate): string | undefined {
  const sentences = [];
  if (weightless > 0)
    sentences.push(
      `${weightless} of the points ${weightless === 1 ? "has a weight" : "have weights"} above 0 but below 2^-51 of the sum, too little to be moved.`,
    );
  if (weightError > MOST_WEIGHT_ERROR)
    sentences.push(
      `Weights are rounded to 2^-50 of their sum, which matters here because some points lie far from the rest: ${weightError < Infinity ? `the cost may be off by a share of ${weightError.toExponential(1)}` : "the cost may be 0 only because of that"}; leave such points out, or give the weights as whole numbers.`,
    );
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

async function onTheLine(a: PointSet, b: PointSet, { p }: MeasureSettings) {
  const again = (x: PointSet, y: PointSet) => oneDimensionalDistance(x, y, p);
  return { distance: again(a, b), details: {}, plan: () => oneDimensionalPlan(a, b), again };
}

async function sliced(
  a: PointSet,
  b: PointSet,
  { p, projections, max, seed }: MeasureSettings,
  { signal, say }: Control,
) {
  const options = { p, directions: projections, seed, signal };
  const { distance, maximum, distances } = await slicedDistance(a, b, {
    ...options,
    onProgress: ({ done, directions }) => say(`sliced distance: ${done} of ${directions} projections`),
  });
  return {
    distance: max ? maximum : distance,
    details: { projections, seed, max, ...(!max && { standardError: errorOfMean(distances, p) }) },
    again: async (x: PointSet, y: PointSet) => (await slicedDistance(x, y, options))[max ? "maximum" : "distance"],
  };
}

/** The standard error that `(mean of d^p)^(1/p)` has from the choice of the directions, to first order. */
function errorOfMean(distances: Float64Array, p: number): number {
  const count = distances.length;
  const largest = distances.reduce((most, distance) => Math.max(most, distance), 0);
  if (largest === 0) return 0;
  const powers = distances.map((distance) => (distance / largest) ** p);
  const mean = powers.reduce((sum, power) => sum + power, 0) / count;
  const variance = powers.reduce((sum, power) => sum + (power - mean) ** 2, 0) / Math.max(count - 1, 1);
  return (largest * Math.sqrt(variance / count) * mean ** (1 / p - 1)) / p;
}

async function entropic(a: PointSet, b: PointSet, settings: MeasureSettings, { signal, say }: Control) {
  const { p, biased } = settings;
  const cost = costOf(p);
  // Where all points are the same one, any epsilon will do.
  const typical = typicalCost(a, b, cost);
  const epsilon = settings.epsilon ?? (EPSILON_SHARE * typical || 1);
  const solve = async (x: PointSet, y: PointSet, onProgress?: (progress: SinkhornProgress) => void) => {
    const options = { epsilon, cost, tolerance: TOLERANCE, signal, onProgress };
    const solution = biased
      ? await sinkhorn(x, y, options).then((biased) => ({ ...biased, value: biased.cost }))
      : await sinkhornDivergence(x, y, options);
    const { value, iterations, marginalError, converged, resolution } = solution;
    if (!Number.isFinite(value) || (value === 0 && resolution === 0 && typical > 0))
      throw new InputError(
        "The costs are beyond the range of float64; scale the points, or use --method exact, which has no such limit.",
      );
    // A divergence is below zero only by what the iteration has left.
    return {
      distance: Math.max(0, value) ** (1 / p),
      resolved: value > resolution,
      resolution,
      iterations,
      marginalError,
      converged,
    };
  };
  const { distance, resolved, resolution, ...ending } = await solve(a, b, ({ marginalError }) =>
    say(`Sinkhorn: the plan's marginals are off by ${marginalError.toExponential(1)}`),
  );
  const warning = !ending.converged
    ? `Sinkhorn stopped after ${ending.iterations} iterations with a marginal error of ${ending.marginalError.toExponential(1)}; give a larger --epsilon than ${epsilon}.`
    : !resolved && typical > 0
      ? `Sinkhorn's iteration leaves distances below about ${(resolution ** (1 / p)).toExponential(1)} unresolved here, and this is one; use --method exact to tell it from 0.`
      : undefined;
  return {
    distance,
    details: { epsilon, debiased: !biased, ...ending },
    again: async (x: PointSet, y: PointSet) => (await solve(x, y)).distance,
    warning,
  };
}

function costOf(p: number): PointCost {
  return p === 1 ? "euclidean" : "squaredEuclidean";
}
