import { type Catalogue, catalogue } from "../catalogue.js";
import type { DatasetEntry } from "./entry.js";
import { pointDatasets } from "./points.js";
import { mnistEntry } from "./sets/mnist.js";
import { stackedMnistEntry } from "./sets/stackedMnist.js";

/** Every data set that goes by a name: the command line's, in their order. */
export const datasets: Catalogue<DatasetEntry> = catalogue("data set", [
  ...pointDatasets.entries,
  mnistEntry,
  stackedMnistEntry,
]);
