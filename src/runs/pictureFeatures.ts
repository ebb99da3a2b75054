import { resolve, sep } from "node:path";
import { datasets } from "../data/catalogue.js";
import type { Dataset } from "../data/dataset.js";
import {
  builtInNetworks,
  FASHION_CLASSIFIER,
  type FeatureNetwork,
  MNIST_CLASSIFIER,
  openFeatureNetwork,
} from "../metrics/images/index.js";
import type { RunConfig, RunSettings } from "./config.js";

/** What `features` may be beside a built-in network and the path of an ONNX file. */
export const AUTOMATIC = "auto";
export const NO_FEATURES = "none";

type FeatureSettings = Pick<RunConfig, "features" | "featuresOutput" | "featuresLayout" | "featuresRange">;
type Pictures = Pick<Dataset, "kind" | "fields" | "name">;

/** The network by which evaluations compare the pictures of a run; `undefined` where they do not. */
export function featuresName(
  { features = AUTOMATIC }: FeatureSettings,
  { kind, fields, name }: Pictures,
): string | undefined {
  if (kind !== "images" || features === NO_FEATURES) return undefined;
  if (features !== AUTOMATIC) return features;
  return String(fields.sample.shape) === "28,28,1" ? usualNetwork(name) : FASHION_CLASSIFIER;
}

/**
 * The built-in network for grey pictures of 28 x 28, which do not tell what they show: the digit classifier, unless the file or the folder
 * that they lie in is called after Fashion-MNIST.
 * @param names of data sets, or paths
 */
export function usualNetwork(...names: readonly string[]): string {
  const isFashion = names.some((name) => !datasets.has(name) && /fashion/i.test(lastNames(name)));
  return isFashion ? FASHION_CLASSIFIER : MNIST_CLASSIFIER;
}

/** The name of a file or folder and that of the folder that it lies in. */
function lastNames(path: string): string {
  return resolve(path).split(sep).slice(-2).join(sep);
}

/** What is said of a feature network beside its figures, in a sentence. */
export function featuresSentence(name: string): string {
  const asItSees = name === FASHION_CLASSIFIER ? ", as grey pictures of 28 x 28 pixels" : "";
  return `Pictures are compared by what ${name} sees in them${asItSees}; --features chooses another network, whose numbers are others.`;
}

/** What opens that network. */
export function featuresOf(config: FeatureSettings, data: Pictures): (() => Promise<FeatureNetwork>) | undefined {
  const name = featuresName(config, data);
  if (name === undefined) return undefined;
  const { featuresOutput: output, featuresLayout: layout, featuresRange: range } = config;
  return () => openFeatureNetwork(name, { output, layout, range });
}

/** Settings whose feature network is found from any folder. */
export function withPlacedFeatures<Settings extends Partial<RunSettings>>(settings: Settings): Settings {
  const { features } = settings;
  const names = [AUTOMATIC, NO_FEATURES, ...Object.keys(builtInNetworks)];
  const isName = features === undefined || names.includes(features);
  return isName ? settings : { ...settings, features: resolve(features) };
}

/** A sentence where features are chosen that nothing is compared by. */
export function featureWarnings({ features }: Partial<FeatureSettings>, { kind, name }: Dataset): string[] {
  return features === undefined || kind === "images"
    ? []
    : [`features has no effect here: pictures are compared by them, and "${name}" has none.`];
}
