export type { Certificate, Potentials, TransportPlan } from "./certificate.js";
export type { PointCost } from "./costs.js";
export {
  type AsyncExactOptions,
  type ExactOptions,
  emd,
  exactTransport,
  exactTransportSync,
  type MatrixProblem,
  type PointProblem,
  type TransportProblem,
} from "./exact.js";
export type { ExactTransport } from "./exactSteps.js";
export { type FunnelOptions, funnelPair, type GroundTruthPair } from "./groundTruth.js";
export type { SimplexProgress } from "./networkSimplex.js";
export { oneDimensionalDistance } from "./oneDimensional.js";
export { type CriticFunction, extendPotential, optimalCritic } from "./optimalCritic.js";
export type { PointSet } from "./pointSet.js";
export { type Sinkhorn, type SinkhornOptions, sinkhorn, sinkhornDivergence } from "./sinkhorn.js";
export { type SlicedDistance, type SlicedOptions, slicedDistance } from "./sliced.js";
