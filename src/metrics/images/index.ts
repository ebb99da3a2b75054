export {
  builtInNetworks,
  FASHION_CLASSIFIER,
  type FeatureNetwork,
  type FeatureNetworkOptions,
  MNIST_CLASSIFIER,
  openFeatureNetwork,
} from "./featureNetwork.js";
export type { FeatureSet, StageProgress } from "./featureSet.js";
export { frechetDistance } from "./frechet.js";
export { type ImageMetrics, type ImageMetricsOptions, imageMetrics } from "./imageMetrics.js";
export { type InputFormat, type Layout, layouts, type ValueRange, valueRanges } from "./inputFormat.js";
export { type KernelDistance, type KernelDistanceOptions, kernelDistance } from "./kernelDistance.js";
export { type ManifoldMetrics, manifoldMetrics } from "./manifold.js";
