import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { pairingByName } from "../game/pairings.js";
import type { RunConfig } from "./config.js";

const BYTES = 4;
/** Copies of all parameters: those of a step's graph and its results, and for each optimizer slot again. */
const COPIES = 15;
const COPIES_PER_SLOT = 3;
const SLOTS = { adam: 2, adamw: 2, rmsprop: 1, sgd: 0 } as const;
/** Images that an evaluation is made on. */
const EVALUATED = 200;

/** What the estimate takes of a data set. */
export type SampleFacts = Pick<Dataset, "fields" | "size">;

/**
 * About how many bytes training takes beside the process itself, without building anything: parameters with their gradients and optimizer
 * slots, and what a step keeps of a batch for its backward pass (activations; of convolutions, windows), more where a gradient penalty
 * differentiates twice. The factors were fitted to resident memory and lie below it: `bench/memoryEstimate.mjs` compares the two.
 */
export function trainingMemory(config: RunConfig, data: SampleFacts): number {
  const copies = COPIES + COPIES_PER_SLOT * SLOTS[config.optimizer];
  const activations = config.network === "mlp" ? mlpActivations(config, data) : dcganActivations(config, data);
  return BYTES * (copies * parameterCount(config, data) + activations);
}

/** Of generator and critic together, without biases and normalisation. */
export function parameterCount(
  { network, width, depth, latent }: RunConfig,
  { fields }: Pick<SampleFacts, "fields">,
): number {
  const { shape } = fields.sample;
  if (network === "mlp") return 2 * (depth - 1) * width ** 2 + width * (latent + 1 + 2 * sizeOf(shape));
  const levels = dcganLevels(width, shape);
  const { side, outputs } = levels.at(-1)!;
  const kernels = levels.reduce((sum, { inputs, outputs }) => sum + 16 * inputs * outputs, 0);
  return 2 * kernels + side ** 2 * outputs * (latent + 1);
}

/** In rows of `width` numbers for each sample of a batch: of each hidden layer, and of the fakes of all critic updates. */
function mlpActivations(config: RunConfig, { fields }: SampleFacts): number {
  const { batch, width, depth, criticSteps, normalisation, criticNormalisation, criticActivation } = config;
  const penalised = isPenalised(config);
  const sorted = criticActivation === "maxmin" || criticActivation === "fullsort";
  const plain = (penalised ? 8 : 3.5) * (sorted ? 2.5 : 1);
  const normalised = criticNormalisation === "none" ? 0 : penalised ? 28 : 3.5;
  const layer = plain + normalised + (normalisation === "none" ? 0 : 3.5);
  const rows = depth * layer + (penalised ? 3.5 * criticSteps + 6 : 2 * criticSteps + 3);
  return batch * (rows * width + (4 * criticSteps + 8) * sizeOf(fields.sample.shape));
}

/** In windows, the patches that each 4 x 4 kernel sees: of a step's batch, and of the images of an evaluation. */
function dcganActivations(config: RunConfig, { fields, size }: SampleFacts): number {
  const { width, batch, criticSteps, evaluateEvery } = config;
  const levels = dcganLevels(width, fields.sample.shape);
  const windows = levels.reduce((sum, { side, inputs }) => sum + 16 * side ** 2 * inputs, 0);
  const evaluated = evaluateEvery > 0 ? Math.min(EVALUATED, size) : 0;
  return windows * ((6 + criticSteps) * batch + 7 * evaluated);
}

/** The convolutions of a DCGAN's critic, each to half the side and twice the channels. */
function dcganLevels(width: number, [size = 1, , channels = 1]: readonly number[]) {
  const count = Math.max(1, Math.floor(Math.log2(size / 4)));
  return Array.from({ length: count }, (_, level) => ({
    side: size / 2 ** (level + 1),
    inputs: level === 0 ? channels : width * 2 ** (level - 1),
    outputs: width * 2 ** level,
  }));
}

function isPenalised({ loss }: RunConfig): boolean {
  const { constraint } = pairingByName(loss);
  return constraint === "gp" || constraint === "lp";
}

/**
 * @param advice what to choose where there is too little
 * @throws InputError where more bytes are needed than are there
 */
export function checkFits(needed: number, available: number, advice: string): void {
  if (needed <= available) return;
  throw new InputError(
    `This takes about ${gibibytes(needed)} GiB of memory, and ${gibibytes(available)} GiB are there: choose ${advice}.`,
  );
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toLocaleString("en", { maximumSignificantDigits: 2 });
}
