import { z } from "zod";
import { isSide, SIDES } from "../data/imageSide.js";
import { leakyRelu, mul, reshape, type Shape, sum, type Tensor, tanh } from "../engine/index.js";
import { InputError } from "../errors.js";
import { whole } from "../settings.js";
import { conditionBeside } from "./condition.js";
import { checkCounts } from "./counts.js";
import { diffAugment } from "./diffAugment.js";
import { glorotUniform, heUniform, type Initialiser, scaled } from "./initialisers.js";
import { conv, convTranspose, dense } from "./layers.js";
import { type ApplyContext, augmentation, defineNetwork, type Network, width } from "./network.js";
import { residual } from "./residual.js";
import { type Stage, sequential } from "./sequential.js";

/** What both residual networks have in common. */
export interface ResnetOptions {
  /** Pixels along a side: a multiple of 4 from 16 to 128. */
  readonly size: number;
  /** Of an image: 1 for grey, 3 for colour, 4 with transparency. */
  readonly channels: number;
  /** Channels at half of the side. Each further halving doubles them, up to four times as many; at the whole side are half as many. */
  readonly width: number;
  /** Residual blocks one after the other at each side. Default: 1. */
  readonly blocks?: number;
  /** Numbers of the condition of each image, such as the classes that there are. Default: 0, none. */
  readonly condition?: number;
}

/** What a residual critic is made of. */
export interface ResnetCriticOptions extends ResnetOptions {
  /** Strength of the differentiable augmentation of what it is shown in training, from 0 to 1 (`diffAugment`). Default: 0, none. */
  readonly augment?: number;
}

/** What a residual generator is made of. */
export interface ResnetGeneratorOptions extends ResnetOptions {
  /** How many numbers a latent has. */
  readonly latent: number;
}

/** The side is halved while it is larger than this and even. */
const BASE = 8;
/** So many times the width are the most channels. */
const MOST_CHANNELS = 4;
/** More would only be slow. */
const MOST_BLOCKS = 16;
/** Of the first weights of what is added to a residual block's input, so that depth does not let numbers grow. */
const SMALL = 0.3;
/** Of the first weights before tanh, which is steep then. */
const BEFORE_TANH = 0.5;

/** Each layer halves or doubles the side exactly. */
const HALF = { kernel: 4, stride: 2, padding: 1 } as const;
const SAME = { kernel: 3, padding: 1 } as const;

/**
 * A residual generator without normalisation, `[n, latent]` to images `[n, size, size, channels]` in (-1, 1): a dense layer to the base, then at
 * each side residual blocks x + conv3(lrelu(x)) (He et al. 2016, arXiv:1603.05027) and a transposed convolution to twice the side, at last a
 * convolution and tanh. A condition goes in beside the latent, times the root of its length, so that one of several classes is of size 1 on average.
 * @param options latent, size, channels and width, and what differs from the defaults
 * @throws InputError where the size, the channels, the width or the latent cannot be
 */
export function resnetGenerator({ latent, ...options }: ResnetGeneratorOptions): Network {
  checkCounts("resnet", { latent });
  const { channels, blocks = 1, condition = 0 } = options;
  const sides = sidesOf(options);
  const levels = sides.length - 1;
  const base = sides[levels] ?? options.size;
  const channelsAt = (level: number) => generatorChannels(options.width, level);
  const inputs = latent + condition;
  const stages: Stage[] = [
    conditionOfSizeOne(condition),
    ["dense", dense(inputs, base ** 2 * channelsAt(levels), { initialisation: heUniform })],
    (x) => reshape(x, [x.shape[0]!, base, base, channelsAt(levels)]),
  ];
  for (let level = levels; level > 0; level--) {
    const up = convTranspose(channelsAt(level), channelsAt(level - 1), { ...HALF, initialisation: heUniform });
    const at = levels - level + 1;
    stages.push(...residualBlocks(at, channelsAt(level), blocks), activation, [`up${at}`, up]);
  }
  const last = { ...SAME, initialisation: scaled(heUniform, BEFORE_TANH) };
  return sequential(...stages, activation, ["image", conv(channelsAt(0), channels, last)], tanh);
}

/**
 * A residual critic without normalisation, images `[n, size, size, channels]` to raw outputs `[n, 1]`: a convolution to half the side and residual
 * blocks, again and again down to the base, and a dense layer. With a condition y of length k the dense layer has k outputs, and the critic's is
 * their product with y (the projection of Miyato and Koyama 2018, arXiv:1802.05637, equation 3): a score for each class, of which y picks one.
 * @param options size, channels and width, and what differs from the defaults
 * @throws InputError where the size, the channels or the width cannot be
 */
export function resnetCritic({ augment = 0, ...options }: ResnetCriticOptions): Network {
  const { size, channels, width, blocks = 1, condition = 0 } = options;
  const sides = sidesOf(options);
  const stages: Stage[] = augment > 0 ? [["augment", diffAugment([size, size, channels], augment)]] : [];
  let inputs = channels;
  for (let level = 1; level < sides.length; level++) {
    const outputs = criticChannels(width, level);
    const down = conv(inputs, outputs, { ...HALF, initialisation: heUniform });
    stages.push([`down${level}`, down], ...residualBlocks(level, outputs, blocks), activation);
    inputs = outputs;
  }
  const features = (sides.at(-1) ?? 1) ** 2 * inputs;
  const initialisation = condition > 0 ? scaled(heUniform, SMALL) : glorotUniform;
  return sequential(
    ...stages,
    (x) => reshape(x, [x.shape[0]!, features]),
    ["dense", dense(features, Math.max(condition, 1), { initialisation })],
    chosenScore(condition),
  );
}

function activation(x: Tensor): Tensor {
  return leakyRelu(x, 0.2);
}

function residualBlocks(level: number, channels: number, count: number): Stage[] {
  const initialisation: Initialiser = scaled(heUniform, SMALL);
  const block = () => residual(sequential(activation, ["conv", conv(channels, channels, { ...SAME, initialisation })]));
  return Array.from({ length: count }, (_, k): Stage => [`block${level}.${k + 1}`, block()]);
}

function conditionOfSizeOne(length: number): (x: Tensor, context: ApplyContext) => Tensor {
  const beside = conditionBeside(length);
  const size = Math.sqrt(length);
  return (x, context) => beside(x, { ...context, condition: context.condition && mul(context.condition, size) });
}

/** The score of the class that a condition asks for, `[n, length]` to `[n, 1]`. */
function chosenScore(length: number): (x: Tensor, context: ApplyContext) => Tensor {
  return (x, { condition }) => {
    if (length === 0) return x;
    if (!condition)
      throw new TypeError(`the network was made for conditions of length ${length} and is applied without one`);
    return sum(mul(x, reshape(condition, [-1, length])), 1, { keepDims: true });
  };
}

/** The sides from that of the image down to the base. */
function sidesOf({ size, channels, width, blocks = 1 }: ResnetOptions): readonly number[] {
  checkCounts("resnet", { channels, width, blocks });
  const reason = refusal(size);
  if (reason !== undefined) throw new InputError(`The resnet network ${reason}.`);
  const halved = (side: number): number[] => [side, ...(side > BASE && side % 2 === 0 ? halved(side / 2) : [])];
  return halved(size);
}

function refusal(size: number): string | undefined {
  if (isSide(size)) return undefined;
  return (
    `makes square images whose side is a multiple of ${SIDES.multiple} from ${SIDES.smallest} to ${SIDES.largest}, not ${size}: scale the images with ` +
    "--image-size 32, or choose the mlp network"
  );
}

function generatorChannels(width: number, level: number): number {
  return Math.max(1, Math.round(width * Math.min(2 ** (level - 1), MOST_CHANNELS)));
}

function criticChannels(width: number, level: number): number {
  return width * Math.min(2 ** (level - 1), MOST_CHANNELS);
}

export const resnetEntry = defineNetwork({
  name: "resnet",
  title: "residual",
  summary:
    "Residual convolutions without normalisation for each player, for square images whose side is a multiple of 4 from 16 to 128.",
  source: "He et al. 2016, arXiv:1603.05027; Miyato and Koyama 2018, arXiv:1802.05637",
  settings: z.object({
    width: width.meta({ title: "Width", unit: "channels", description: "channels nearest to the image" }),
    blocks: whole(1, MOST_BLOCKS).meta({
      title: "Blocks",
      description: "residual blocks per resolution, in a residual network",
    }),
    augment: augmentation,
  }),
  refuses: ([size = 0, across]) =>
    size === across ? prefixed(refusal(size)) : "the resnet network needs square images; choose --network mlp",
  make: ({ width, blocks, augment }, { shape: [size = 1, , channels = 1], latent, condition = 0 }) => ({
    generator: resnetGenerator({ latent, size, channels, condition, width, blocks }),
    critic: resnetCritic({ size, channels, condition, width, blocks, augment }),
  }),
  parameterCount({ width, blocks }, { shape, latent, condition = 0 }) {
    const kernels = layers({ width, blocks }, shape).reduce((total, { kernels }) => total + kernels, 0);
    const { base, generator, critic } = ends(width, shape);
    return kernels + base ** 2 * (generator * (latent + condition) + critic * Math.max(condition, 1));
  },
  /** In windows, the patches that each kernel sees, of a step's batch. An evaluation differentiates once, and keeps no windows of its images. */
  activationCount({ width, blocks }, { shape, batch, criticSteps, evaluated }) {
    const windows = layers({ width, blocks }, shape).reduce((total, { windows }) => total + windows, 0);
    return windows * ((3 + criticSteps) * batch + 0.3 * evaluated);
  },
});

function prefixed(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : `the resnet network ${reason}`;
}

function ends(width: number, [size = SIDES.smallest, , channels = 1]: Shape) {
  const sides = sidesOf({ size, channels, width });
  const levels = sides.length - 1;
  return {
    base: sides[levels] ?? size,
    generator: generatorChannels(width, levels),
    critic: criticChannels(width, levels),
  };
}

interface SizeSettings {
  readonly width: number;
  readonly blocks: number;
}

/** The convolutions of both players: how many weights each has, and how many numbers its kernels see of an image. */
function layers({ width, blocks }: SizeSettings, [size = SIDES.smallest, , channels = 1]: Shape) {
  const sides = sidesOf({ size, channels, width });
  const layer = (side: number, kernel: number, inputs: number, outputs: number) => ({
    kernels: kernel ** 2 * inputs * outputs,
    windows: side ** 2 * kernel ** 2 * inputs,
  });
  const levels = sides.slice(1).map((side, i) => ({ side, level: i + 1 }));
  return [
    layer(size, 3, generatorChannels(width, 0), channels),
    ...levels.flatMap(({ side, level }) => {
      const [own, above] = [generatorChannels(width, level), generatorChannels(width, level - 1)];
      const [seen, below] = [criticChannels(width, level), level === 1 ? channels : criticChannels(width, level - 1)];
      const residuals = Array.from({ length: blocks }, () => [layer(side, 3, own, own), layer(side, 3, seen, seen)]);
      return [layer(side, 4, own, above), layer(side, 4, below, seen), ...residuals.flat()];
    }),
  ];
}
