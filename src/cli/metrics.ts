import { Command } from "commander";
import { taken } from "../data/sources/kinds.js";
import { InputError } from "../errors.js";
import {
  builtInNetworks,
  FASHION_CLASSIFIER,
  type ImageMetrics,
  imageMetrics,
  MNIST_CLASSIFIER,
  openFeatureNetwork,
  type StageProgress,
} from "../metrics/images/index.js";
import { labelAccuracy } from "../metrics/mnistClassifier/index.js";
import { createRng } from "../random.js";
import { featuresSentence, usualNetwork } from "../runs/pictureFeatures.js";
import { openOptions } from "../runs/runData.js";
import { dataHelp } from "./dataHelp.js";
import { type FeatureFlags, ownNetworkOptions } from "./featureOptions.js";
import { figure } from "./figureText.js";
import { type ImageFlags, imageOptions } from "./imageOptions.js";
import { interruptible } from "./interrupt.js";
import { type ImageSource, imageSetNames, openImageSource } from "./metrics/imageSource.js";
import { seedNumber, wholeFrom } from "./options.js";
import { print, printJson, tell } from "./output.js";
import { statusLine } from "./status.js";
import { factsTable } from "./table.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface MetricsFlags extends ImageFlags, Omit<FeatureFlags, "features"> {
  readonly features?: string;
  readonly samples?: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Images taken of each set, where --samples does not say. */
const USUAL_SAMPLES = 10_000;
const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));
/** What density and coverage need. */
const FEWEST_SAMPLES = 6;

/** `monge metrics`: how far a generator's images are from real ones, by what a network sees in them. */
export function metricsCommand(): Command {
  const command = new Command("metrics")
    .description(
      "Measures how far images are from real ones by the features of a network: Frechet distance, kernel distance (KID), " +
        "precision and recall, density and coverage; for a run on digits also the share of its images that show the digit that " +
        "was asked for (label accuracy). mnist is 60,000 training digits, mnist-test 10,000 " +
        "others; a run's generator makes its images.",
    )
    .argument("<real>", dataHelp(taken.images, imageSetNames))
    .argument("<fake>", "images to compare with them, given in the same ways")
    .option(
      "--features <network>",
      `${Object.keys(builtInNetworks).join(", ")}, or an ONNX file (default: ${MNIST_CLASSIFIER}, or ${FASHION_CLASSIFIER} if a file or folder is called fashion)`,
    )
    .option(
      "--samples <n>",
      `images of each set (default: as many as the smaller has, at most ${USUAL_SAMPLES})`,
      wholeFrom(FEWEST_SAMPLES),
    )
    .option("--seed <n>", "random seed of a run's samples, as in monge sample, and of all draws", seedNumber, 0)
    .addOption(withOption())
    .option("--json", "print JSON and nothing else on standard output")
    .option("--quiet", "show no progress");
  for (const option of [...ownNetworkOptions, ...imageOptions]) command.addOption(option);
  return command
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  monge metrics mnist runs/digits\n" +
        "  monge metrics mnist-test runs/digits --samples 2000 --json\n" +
        "  monge metrics photos runs/photos --size 64 --features inception.onnx \\\n    --output pool --range 0..255",
    )
    .action(async (realPath: string, fakePath: string, flags: MetricsFlags) => {
      const started = performance.now();
      const { measured, ...facts } = await measure(realPath, fakePath, flags);
      const seconds = (performance.now() - started) / 1000;
      if (flags.json) printJson({ ...facts, ...measured, seconds });
      else print(factsTable(linesOf({ ...facts, seconds }, measured)));
    });
}

async function measure(realPath: string, fakePath: string, flags: MetricsFlags) {
  const { featuresOutput: output, featuresLayout: layout, featuresRange: range, seed } = flags;
  const status = statusLine(flags.quiet ?? false);
  const name = flags.features ?? usualNetwork(realPath, fakePath);
  const network = await openFeatureNetwork(name, { output, layout, range });
  try {
    const real = await openImageSource(realPath, openOptions(flags));
    const fake = await openImageSource(fakePath, openOptions(flags));
    warn([...(real.warnings ?? []), ...(fake.warnings ?? [])]);
    const samples = samplesOf(real, fake, flags.samples);
    const rng = createRng(seed);
    // The first stream that parts from a seed is the seed's own: a run's samples are those of `monge sample --seed`.
    const fakeImages = await fake.take(samples, rng.split());
    const realImages = await real.take(samples, rng);
    return await interruptible(async (signal) => {
      const control = (set: string) => ({
        signal,
        onProgress: ({ name, done, total }: StageProgress) => status.say(`${name}${set}: ${done} of ${total}`),
      });
      const realFeatures = await network.features(realImages, control(` of ${real.name}`));
      const fakeFeatures = await network.features(fakeImages, control(` of ${fake.name}`));
      const metrics = await imageMetrics(realFeatures, fakeFeatures, { seed, ...control("") });
      status.end();
      if (flags.features === undefined && !flags.quiet) tell(featuresSentence(name));
      const digits = network.name === MNIST_CLASSIFIER && showsDigits(real, fake) ? fakeImages.categories : undefined;
      const measured = { ...metrics, ...(digits && { labelAccuracy: await labelAccuracy(fakeImages.bytes, digits) }) };
      const description = {
        real: real.name,
        fake: fake.name,
        samples,
        network: network.name,
        output: network.output,
        layout: network.format.layout,
        range: network.format.range,
        dimension: realFeatures.dimension,
        seed,
      };
      return { ...description, measured };
    });
  } finally {
    status.end();
    await network.release();
  }
}

/** Whether the classes of a generator are the ten digits: by their name, or because real digits are what it is compared with. */
function showsDigits({ name }: ImageSource, { condition, shape }: ImageSource): boolean {
  if (!condition || condition.categories.join() !== DIGITS.join() || String(shape) !== "28,28,1") return false;
  return condition.name === "digit" || imageSetNames.includes(name);
}

function samplesOf(real: ImageSource, fake: ImageSource, asked: number | undefined): number {
  if (String(real.shape) !== String(fake.shape))
    throw new InputError(
      `${real.name} has images of ${real.shape.join(" x ")} and ${fake.name} of ${fake.shape.join(" x ")}; make them equal with --size and --channels.`,
    );
  const smaller = real.size < fake.size ? real : fake;
  const samples = asked ?? Math.min(USUAL_SAMPLES, smaller.size);
  if (samples > smaller.size)
    throw new InputError(
      `--samples asks for ${samples} images and ${smaller.name} has ${smaller.size}; ask for fewer.`,
    );
  if (samples < FEWEST_SAMPLES)
    throw new InputError(`${smaller.name} has ${smaller.size} images, and at least ${FEWEST_SAMPLES} are needed.`);
  return samples;
}

type Measured = ImageMetrics & { readonly labelAccuracy?: number };

function linesOf(facts: Readonly<Record<string, string | number>>, measured: Measured): [string, string][] {
  const { frechetDistance, kernelDistance, precision, recall, density, coverage, labelAccuracy } = measured;
  const { mean, deviation, subsets, subsetSize } = kernelDistance;
  return [
    ["Frechet distance", figure(frechetDistance, 4)],
    ["kernel distance", `${figure(mean)} ± ${figure(deviation, 2)} (${subsets} subsets of ${subsetSize})`],
    ...Object.entries({ precision, recall, density, coverage }).map(([name, value]): [string, string] => [
      name,
      figure(value),
    ]),
    ...(labelAccuracy === undefined ? [] : [["label accuracy", figure(labelAccuracy)] satisfies [string, string]]),
    ...Object.entries(facts).map(([name, value]): [string, string] => [
      name,
      typeof value === "number" && !Number.isInteger(value) ? figure(value) : String(value),
    ]),
  ];
}
