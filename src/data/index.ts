export { openCsv } from "./csv.js";
export type { Dataset } from "./dataset.js";
export { type Idx, openIdx, readIdx } from "./idx.js";
export { type ImageOptions, type ImageSize, imageSizes, openImages } from "./images.js";
export { type LabelledImages, mnist, mnistLabelled } from "./mnist.js";
export { datasetNames, type OpenOptions, openDataset } from "./open.js";
export * from "./points.js";
export { toUnitRange } from "./stored.js";
