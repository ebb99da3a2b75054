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
export type { SimplexProgress } from "./networkSimplex.js";
export type { PointSet } from "./pointSet.js";
