import type { ImageBytes } from "../../data/images.js";
import { type ModelFile, type ModelValue, openModelFile } from "../../engine/runtime/modelFile.js";
import { InputError } from "../../errors.js";
import { type TurnOptions, turns } from "../../parallel/turns.js";
import { listed, quoted } from "../../quoting.js";
import { fashionClassifierFile, mnistClassifierFile } from "../mnistClassifier/index.js";
import { grey, onBlack } from "./colours.js";
import { type FeatureSet, LARGEST_FEATURE, type StageProgress } from "./featureSet.js";
import { type InputFormat, inputFormat, type Layout, networkInput, type ValueRange } from "./inputFormat.js";
import { resized } from "./resize.js";

/** The last hidden layer of this library's classifier of MNIST digits, 128 numbers. */
export const MNIST_CLASSIFIER = "mnist-classifier";
/** The same of its classifier of Fashion-MNIST, for pictures of anything else: they are made grey and scaled to 28 x 28 pixels for it. */
export const FASHION_CLASSIFIER = "fashion-classifier";

/** The feature networks that come with this package. */
export const builtInNetworks: Readonly<Record<string, string>> = {
  [MNIST_CLASSIFIER]: mnistClassifierFile,
  [FASHION_CLASSIFIER]: fashionClassifierFile,
};

/** How images go into an ONNX model, and which of its outputs the features are. */
export interface FeatureNetworkOptions {
  /** The output that holds the features; needed where the model has several. */
  readonly output?: string | undefined;
  /** Where the channels are; needed where the shape of the model's input does not tell. */
  readonly layout?: Layout | undefined;
  /** What the network takes for the bytes 0 to 255. Default: -1 to 1. */
  readonly range?: ValueRange | undefined;
}

/** A network whose features images are compared by. */
export interface FeatureNetwork {
  /** What results call it: the name or path that it was opened by. */
  readonly name: string;
  /** What images it takes: size, channels, layout and range. */
  readonly format: InputFormat;
  /** The output that holds the features. */
  readonly output: string;
  /**
   * The features of images, each image's flattened to one vector. Images of another size than the network's are scaled to it (see
   * `resized`).
   * @param images bytes, with their shape
   * @param control a signal that ends the work, and a function that is told of progress
   * @throws InputError where the bytes are no whole number of images, or none, the images have colours and the network takes grey ones,
   * and where features are not finite
   */
  features(images: ImageBytes, control?: TurnOptions<StageProgress>): Promise<FeatureSet>;
  /** Frees the session. It cannot be used afterwards. */
  release(): Promise<void>;
}

/** Images that go through a network at once hold about so many numbers, and are so many at most. */
const CHUNK_NUMBERS = 2 ** 22;
const MOST_IMAGES = 500;

/**
 * Opens an ONNX file as a feature network, or one of those that are built in: "mnist-classifier" and "fashion-classifier".
 * @param nameOrPath a built-in name, or the path of an ONNX file
 * @param options what the model's file does not tell
 * @throws InputError where the file is no ONNX model, takes anything but images, has no output of that name or several to choose from
 */
export async function openFeatureNetwork(
  nameOrPath: string,
  options: FeatureNetworkOptions = {},
): Promise<FeatureNetwork> {
  const builtIn = Object.hasOwn(builtInNetworks, nameOrPath) ? builtInNetworks[nameOrPath] : undefined;
  const wrong = Object.entries(options).find(([, value]) => value !== undefined);
  if (builtIn !== undefined && wrong)
    throw new InputError(`${nameOrPath} has its own ${wrong[0]}; leave out --${wrong[0]}, or give an ONNX file.`);
  const model = await openModelFile(builtIn ?? nameOrPath);
  try {
    const [input, ...others] = model.inputs;
    if (!input || others.length > 0)
      throw new InputError(`${nameOrPath} takes ${model.inputs.length} inputs, and a feature network takes one.`);
    const format = inputFormat(nameOrPath, input, options);
    if (format.range === "imagenet" && format.channels === 1)
      throw new InputError(`${nameOrPath} takes grey images, and the range imagenet is for three channels.`);
    const output = chosenOutput(nameOrPath, model.outputs, builtIn === undefined ? options.output : "features");
    return {
      name: nameOrPath,
      format,
      output,
      features: (images, control = {}) => featuresOf(model, { name: nameOrPath, format, output }, images, control),
      release: () => model.release(),
    };
  } catch (error) {
    await model.release();
    throw error;
  }
}

function chosenOutput(path: string, outputs: readonly ModelValue[], asked: string | undefined): string {
  const known = outputs.map(({ name, shape }) => `${name} [${shape.map((length) => length || "?").join(", ")}]`);
  const found = asked === undefined ? outputs : outputs.filter(({ name }) => name === asked);
  if (found.length === 1 && found[0]!.type === "float32") return found[0]!.name;
  if (found.length === 1)
    throw new InputError(
      `The output ${quoted(found[0]!.name)} of ${path} is ${found[0]!.type}, and features are float32.`,
    );
  const problem = asked === undefined ? "several outputs" : `no output "${asked}"`;
  throw new InputError(`${path} has ${problem}; choose with --output one of ${listed(known)}.`);
}

async function featuresOf(
  model: ModelFile,
  network: Pick<FeatureNetwork, "name" | "format" | "output">,
  given: ImageBytes,
  { signal, onProgress }: TurnOptions<StageProgress>,
): Promise<FeatureSet> {
  const { name, format } = network;
  const opaque = onBlack(given);
  const images = name === FASHION_CLASSIFIER ? grey(opaque) : opaque;
  const [height, width, channels] = images.shape;
  if (channels === 3 && format.channels === 1)
    throw new InputError(`${name} takes grey images, and these have colours; give --channels 1.`);
  const size = height * width * channels;
  const count = images.bytes.length / size;
  if (!(count >= 1 && Number.isInteger(count)))
    throw new InputError(
      `${images.bytes.length} bytes are not images of ${images.shape.join(" x ")}; give one byte for each number of each image.`,
    );
  const shape = [format.height ?? height, format.width ?? width, channels] as const;
  const usual = Math.min(MOST_IMAGES, Math.ceil(CHUNK_NUMBERS / (shape[0] * shape[1] * 3)), count);
  const chunk = format.batch ?? usual;
  const turn = turns(signal);
  let values = new Float32Array();
  for (let start = 0; start < count; start += chunk) {
    const end = Math.min(start + chunk, count);
    const some = { shape: images.shape, bytes: images.bytes.subarray(start * size, end * size) };
    const batch = format.batch ?? end - start;
    const made = await run(model, network, resized(some, shape[0], shape[1]), shape, batch);
    const dimension = made.length / batch;
    if (start === 0) values = new Float32Array(count * dimension);
    values.set(made.subarray(0, (end - start) * dimension), start * dimension);
    onProgress?.({ name: "features", done: end, total: count });
    await turn();
  }
  const odd = values.find((value) => !(Math.abs(value) <= LARGEST_FEATURE));
  if (odd !== undefined)
    throw new InputError(
      `${name} gives the feature ${odd.toPrecision(3)} for an image; is its range, ${format.range}, the right one?`,
    );
  return { values, count, dimension: values.length / count };
}

/** Features of up to `batch` images, flat: `[batch, dimension]`; those of missing images are to be left alone. */
async function run(
  model: ModelFile,
  { name, format, output }: Pick<FeatureNetwork, "name" | "format" | "output">,
  pixels: Float32Array,
  shape: ImageBytes["shape"],
  batch: number,
): Promise<Float32Array> {
  const [height, width, found] = shape;
  const channels = format.channels ?? found;
  const axes = format.layout === "nchw" ? [channels, height, width] : [height, width, channels];
  const data = new Float32Array(batch * height * width * channels);
  data.set(networkInput(pixels, shape, format));
  const input = model.inputs[0]!.name;
  const results = await model.run({ [input]: { shape: [batch, ...axes], data } }).catch((error: Error) => {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name} cannot be run on images of ${axes.join(" x ")} (${error.message}).`);
  });
  const { shape: made, data: features } = results[output]!;
  if (made[0] !== batch || features.length === 0)
    throw new InputError(
      `The output "${output}" of ${name} has the shape [${made.join(", ")}] for ${batch} images, not a row of features an image.`,
    );
  return features as Float32Array;
}
