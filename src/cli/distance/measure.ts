import { exactTransportInWorker } from "../../transport/exactInWorker.js";
import {
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
  readonly p: 1 | 2;
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
  readonly warning?: string;
  /** The same distance between other sets, for the bootstrap. */
  readonly again: (a: PointSet, b: PointSet) => number | Promise<number>;
}

/** Sinkhorn's epsilon, where it is not given, in shares of the typical cost. */
const EPSILON_SHARE = 0.01;
/** Of its marginals: what this leaves is small beside what the entropy does. */
const TOLERANCE = 1e-4;

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
  const { plan, certificate, ...solution } = await exactTransportInWorker(
    { a, b, cost },
    {
      signal,
      memoryLimit: memory * 2 ** 30,
      onProgress: ({ points, pivots }) => say(`exact transport: ${pivots} pivots between ${points} points`),
    },
  );
  return {
    distance: solution.cost ** (1 / p),
    details: { ...certificate },
    plan: () => plan,
    again: async (x: PointSet, y: PointSet) => (await exactTransport({ a: x, b: y, cost }, { signal })).cost ** (1 / p),
  };
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
  const { distance, maximum, powers } = await slicedDistance(a, b, {
    ...options,
    onProgress: ({ done, directions }) => say(`sliced distance: ${done} of ${directions} projections`),
  });
  return {
    distance: max ? maximum : distance,
    details: { projections, seed, max, ...(!max && { standardError: errorOfMean(powers, p) }) },
    again: async (x: PointSet, y: PointSet) => (await slicedDistance(x, y, options))[max ? "maximum" : "distance"],
  };
}

/** The standard error that `(mean of powers)^(1/p)` has from the choice of the directions, to first order. */
function errorOfMean(powers: Float64Array, p: number): number {
  const count = powers.length;
  const mean = powers.reduce((sum, power) => sum + power, 0) / count;
  const variance = powers.reduce((sum, power) => sum + (power - mean) ** 2, 0) / Math.max(count - 1, 1);
  return mean === 0 ? 0 : (Math.sqrt(variance / count) * mean ** (1 / p - 1)) / p;
}

async function entropic(a: PointSet, b: PointSet, settings: MeasureSettings, { signal, say }: Control) {
  const { p, biased } = settings;
  const cost = costOf(p);
  // Where all points are the same one, any epsilon will do.
  const epsilon = settings.epsilon ?? (EPSILON_SHARE * typicalCost(a, b, cost) || 1);
  const solve = async (x: PointSet, y: PointSet, onProgress?: (progress: SinkhornProgress) => void) => {
    const options = { epsilon, cost, tolerance: TOLERANCE, signal, onProgress };
    const { value, iterations, marginalError, converged } = biased
      ? await sinkhorn(x, y, options).then((solution) => ({ ...solution, value: solution.cost }))
      : await sinkhornDivergence(x, y, options);
    // A divergence is below zero only by what the iteration has left.
    return { distance: Math.max(0, value) ** (1 / p), iterations, marginalError, converged };
  };
  const { distance, ...ending } = await solve(a, b, ({ marginalError }) =>
    say(`Sinkhorn: the plan's marginals are wrong by ${marginalError.toExponential(1)}`),
  );
  return {
    distance,
    details: { epsilon, debiased: !biased, ...ending },
    again: async (x: PointSet, y: PointSet) => (await solve(x, y)).distance,
    ...(!ending.converged && {
      warning: `Sinkhorn stopped after ${ending.iterations} iterations with a marginal error of ${ending.marginalError.toExponential(1)}; give a larger --epsilon than ${epsilon}.`,
    }),
  };
}

function costOf(p: 1 | 2): PointCost {
  return p === 1 ? "euclidean" : "squaredEuclidean";
}
