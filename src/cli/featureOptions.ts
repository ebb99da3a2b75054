import { Option } from "commander";
import {
  builtInNetworks,
  FASHION_CLASSIFIER,
  layouts,
  MNIST_CLASSIFIER,
  valueRanges,
} from "../metrics/images/index.js";
import type { RunConfig } from "../runs/config.js";

/** What the options below set. */
export type FeatureFlags = Partial<Pick<RunConfig, "features" | "featuresOutput" | "featuresLayout" | "featuresRange">>;

/** How a feature network of the user's own takes images. */
export const ownNetworkOptions: readonly Option[] = [
  new Option(
    "--output, --features-output <name>",
    "the ONNX file's output that holds the features, where it has several (default: its only one)",
  ),
  new Option(
    "--layout, --features-layout <kind>",
    "where its input has the channels, if its shape does not tell (default: as its shape tells)",
  ).choices(layouts),
  new Option("--range, --features-range <kind>", "what it takes for black..white (default: -1..1)").choices(
    valueRanges,
  ),
];

/** What the evaluations of a run compare pictures by. */
export const featureOptions: readonly Option[] = [
  new Option(
    "--features <network>",
    `what evaluations compare pictures by: ${Object.keys(builtInNetworks).join(", ")}, an ONNX file, or none (default: ${MNIST_CLASSIFIER} for grey pictures of 28 x 28, unless their file or folder is called fashion, else ${FASHION_CLASSIFIER})`,
  ),
  ...ownNetworkOptions,
];
