import { z } from "zod";
import { leakyRelu, relu, reshape, type Shape, tanh } from "../engine/index.js";
import { InputError } from "../errors.js";
import { conditionBehindChannels, conditionBeside } from "./condition.js";
import { checkCounts } from "./counts.js";
import { diffAugment } from "./diffAugment.js";
import { glorotUniform, heUniform, type Initialiser } from "./initialisers.js";
import { conv, convTranspose, dense } from "./layers.js";
import {
  augmentation,
  defineNetwork,
  type Network,
  type Normalisation,
  normalisationSettings,
  width,
} from "./network.js";
import { normalise } from "./normalisation.js";
import { type Stage, sequential } from "./sequential.js";

/** What both networks of DCGAN have in common. */
export interface DcganOptions {
  /** Pixels along a side: 28, 32 or 64. */
  readonly size: number;
  /** 1 for grey, 3 for colour. */
  readonly channels: number;
  /** Channels of the hidden layer nearest to the image; each halving of the side doubles them. */
  readonly width: number;
  /** Numbers of the condition that goes in beside each input; it must then be applied with one. Default: 0, none. */
  readonly condition?: number;
  /** Default: none. Batch normalisation in a critic does not go with a gradient penalty; layer normalisation does. */
  readonly normalisation?: Normalisation;
  /** Of all weights. Default: He uniform, and Glorot uniform in the last layer. Radford et al. take `normal(0.02)`. */
  readonly initialisation?: Initialiser;
}

/** What a critic of DCGAN is made of. */
export interface DcganCriticOptions extends DcganOptions {
  /** Strength of the differentiable augmentation of what it is shown in training, from 0 to 1 (`diffAugment`). Default: 0, none. */
  readonly augment?: number;
}

/** What a generator of DCGAN is made of. */
export interface DcganGeneratorOptions extends DcganOptions {
  /** How many numbers a latent has. */
  readonly latent: number;
}

/** How often the side is halved on the way from the image to the dense layer. */
const LEVELS: Readonly<Record<number, number>> = { 28: 2, 32: 3, 64: 4 };

/** Each layer halves or doubles the side exactly. */
const KERNEL = { kernel: 4, stride: 2, padding: 1 } as const;

/**
 * The generator of DCGAN (Radford et al. 2016, arXiv:1511.06434, section 3), `[n, latent]` to images `[n, size, size, channels]` in
 * (-1, 1): a dense layer to 4 x 4 (for 28 pixels 7 x 7), then transposed convolutions `up1`, `up2`, ... with ReLU between and tanh at the
 * end. Normalisations are called `norm0` (after `dense`), `norm1` (after `up1`), ...
 * @param options latent, size, channels and width, and what differs from the defaults
 * @throws InputError where the size, the channels, the width or the latent cannot be
 */
export function dcganGenerator({ latent, ...options }: DcganGeneratorOptions): Network {
  checkCounts("dcgan", { latent });
  const { size, channels, width, condition = 0, normalisation = "none", initialisation } = options;
  const levels = levelsOf(options);
  const base = size / 2 ** levels;
  const channelsAt = (level: number) => (level === 0 ? channels : width * 2 ** (level - 1));
  const hidden = { initialisation: initialisation ?? heUniform, bias: normalisation !== "batch" };
  const last = { initialisation: initialisation ?? glorotUniform };
  const stages: Stage[] = [
    conditionBeside(condition),
    ["dense", dense(latent + condition, base ** 2 * channelsAt(levels), hidden)],
    (x) => reshape(x, [x.shape[0]!, base, base, channelsAt(levels)]),
  ];
  for (let level = levels; level > 0; level--) {
    const done = levels - level;
    const norm = normalise(normalisation, channelsAt(level));
    if (norm) stages.push([`norm${done}`, norm]);
    stages.push(relu);
    const kernels = { ...KERNEL, ...(level > 1 ? hidden : last) };
    stages.push([`up${done + 1}`, convTranspose(channelsAt(level), channelsAt(level - 1), kernels)]);
  }
  return sequential(...stages, tanh);
}

/**
 * The critic or discriminator of DCGAN, images `[n, size, size, channels]` to raw outputs `[n, 1]`: convolutions `conv1`, `conv2`, ...,
 * each with a leaky ReLU of slope 0.2, down to 4 x 4 (for 28 pixels 7 x 7), and a dense layer. Normalisations `norm2`, ... follow all
 * convolutions but the first (Radford et al. 2016, section 3).
 * @param options size, channels and width, and what differs from the defaults
 * @throws InputError where the size, the channels or the width cannot be
 */
export function dcganCritic({ augment = 0, ...options }: DcganCriticOptions): Network {
  const { size, channels, width, condition = 0, normalisation = "none", initialisation } = options;
  const levels = levelsOf(options);
  const base = size / 2 ** levels;
  const stages: Stage[] = augment > 0 ? [["augment", diffAugment([size, size, channels], augment)]] : [];
  stages.push(conditionBehindChannels(condition));
  let inputs = channels + condition;
  for (let level = 1; level <= levels; level++) {
    const outputs = width * 2 ** (level - 1);
    const norm = level > 1 ? normalise(normalisation, outputs) : undefined;
    const bias = !norm?.usesBatchStatistics;
    stages.push([
      `conv${level}`,
      conv(inputs, outputs, { ...KERNEL, initialisation: initialisation ?? heUniform, bias }),
    ]);
    if (norm) stages.push([`norm${level}`, norm]);
    stages.push((x) => leakyRelu(x, 0.2));
    inputs = outputs;
  }
  const features = base ** 2 * inputs;
  stages.push((x) => reshape(x, [x.shape[0]!, features]));
  stages.push(["dense", dense(features, 1, { initialisation: initialisation ?? glorotUniform })]);
  return sequential(...stages);
}

function levelsOf({ size, channels, width }: DcganOptions): number {
  checkCounts("dcgan", { width });
  if (channels !== 1 && channels !== 3) {
    throw new InputError(`The dcgan network makes images of 1 or 3 channels, not ${channels}.`);
  }
  const levels = LEVELS[size];
  if (levels !== undefined) return levels;
  const sizes = Object.keys(LEVELS).join(", ");
  throw new InputError(
    `The dcgan network makes square images of ${sizes} pixels a side, not ${size}: scale the images with --image-size 32, or choose the mlp network.`,
  );
}

export const dcganEntry = defineNetwork({
  name: "dcgan",
  title: "convolutional (DCGAN)",
  summary: "Strided convolutions for each player, for square images of 28, 32 or 64 pixels a side.",
  source: "Radford et al. 2016, arXiv:1511.06434, section 3",
  aliases: { dcgan: "bce-ns with the network dcgan (--network dcgan)" },
  settings: z.object({
    width: width.meta({ title: "Width", unit: "channels", description: "channels nearest to the image" }),
    augment: augmentation,
    ...normalisationSettings,
  }),
  refuses: ([size, across]) =>
    size === across ? undefined : "the dcgan network needs square images; choose --network mlp",
  make(
    { width, augment, normalisation, criticNormalisation },
    { shape: [size = 1, , channels = 1], latent, condition = 0 },
  ) {
    return {
      generator: dcganGenerator({ latent, size, channels, condition, width, normalisation }),
      critic: dcganCritic({ size, channels, condition, width, augment, normalisation: criticNormalisation }),
    };
  },
  parameterCount({ width }, { shape, latent, condition = 0 }) {
    const all = convolutions(width, shape);
    const kernels = all.reduce((sum, { inputs, outputs }) => sum + 16 * inputs * outputs, 0);
    const last = all.at(-1);
    const dense = last ? last.side ** 2 * last.outputs * (latent + condition + 1) : 0;
    return 2 * kernels + 16 * condition * width + dense;
  },
  /** In windows, the patches that each 4 x 4 kernel sees: of a step's batch, and of the images of an evaluation. */
  activationCount({ width }, { shape, batch, criticSteps, evaluated }) {
    const windows = convolutions(width, shape).reduce((sum, { side, inputs }) => sum + 16 * side ** 2 * inputs, 0);
    return windows * ((6 + criticSteps) * batch + 7 * evaluated);
  },
});

/** Those of the critic, each to half the side and twice the channels. */
function convolutions(width: number, [size = 1, , channels = 1]: Shape) {
  const count = Math.max(1, Math.floor(Math.log2(size / 4)));
  return Array.from({ length: count }, (_, level) => ({
    side: size / 2 ** (level + 1),
    inputs: level === 0 ? channels : width * 2 ** (level - 1),
    outputs: width * 2 ** level,
  }));
}
