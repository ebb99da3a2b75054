export { InputError } from "../errors.js";
export { createRng, type Rng } from "../random.js";
export {
  type BootstrapInterval,
  type BootstrapOptions,
  type BootstrapProgress,
  bootstrapInterval,
} from "./bootstrap.js";
export type { Certificate, Potentials, TransportPlan } from "./certificate.js";
export type { PointCost } from "./costs.js";
export { type CostTable, type EmdOptions, emd } from "./emd.js";
export {
  type AsyncExactOptions,
  type ExactOptions,
  exactTransport,
  exactTransportSync,
  type MatrixProblem,
  type PointProblem,
  type TransportProblem,
} from "./exact.js";
export type { ExactTransport } from "./exactSteps.js";
export { type FunnelOptions, funnelPair, type GroundTruthPair } from "./groundTruth.js";
export type { SimplexProgress } from "./networkSimplex.js";
export { oneDimensionalDistance, oneDimensionalPlan } from "./oneDimensional.js";
export { type CriticFunction, extendPotential, optimalCritic } from "./optimalCritic.js";
export { type PointSet, type Points, pointSet } from "./pointSet.js";
export {
  type AsyncSinkhornOptions,
  type Sinkhorn,
  type SinkhornDivergence,
  type SinkhornOptions,
  type SinkhornProgress,
  sinkhorn,
  sinkhornDivergence,
  sinkhornDivergenceSync,
  sinkhornSync,
} from "./sinkhorn.js";
export {
  type AsyncSlicedOptions,
  type SlicedDistance,
  type SlicedOptions,
  type SlicedProgress,
  slicedDistance,
  slicedDistanceSync,
} from "./sliced.js";
export { typicalCost } from "./typicalCost.js";
