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
    "the ONNX file's output that holds the features (default: its only one)",
  ),
  new Option(
    "--layout, --features-layout <kind>",
    "the order of its input's axes (default: found from its shape)",
  ).choices(layouts),
  new Option("--range, --features-range <kind>", "the values of black..white in its input (default: -1..1)").choices(
    valueRanges,
  ),
];

/** What the evaluations of a run compare pictures by. */
export const featureOptions: readonly Option[] = [
  new Option(
    "--features <network>",
    `the network whose features evaluations compare pictures by: ${Object.keys(builtInNetworks).join(", ")}, an ONNX file, or none (default: ${MNIST_CLASSIFIER} for grey pictures of 28 x 28, except a file or folder called fashion; else ${FASHION_CLASSIFIER})`,
  ),
  ...ownNetworkOptions,
];
