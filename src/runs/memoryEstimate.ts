import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { RunConfig } from "./config.js";
import { partsOf, settingsOf } from "./parts.js";

const BYTES = 4;
/** Copies of all parameters: those of a step's graph and its results, and for each optimizer slot again. */
const COPIES = 15;
const COPIES_PER_SLOT = 3;
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
  const { network, optimizer, constraint } = partsOf(config);
  const { slots } = optimizer.make(settingsOf(optimizer, config), config.learningRate);
  const copies = COPIES + COPIES_PER_SLOT * slots.length;
  const { batch, criticSteps, evaluateEvery } = config;
  const evaluated = evaluateEvery > 0 ? Math.min(EVALUATED, data.size) : 0;
  const load = {
    ...taskOf(config, data),
    batch,
    criticSteps,
    isPenalised: constraint.isPenalty,
    evaluated,
  };
  const activations = network.activationCount?.(settingsOf(network, config), load) ?? 0;
  return BYTES * (copies * parameterCount(config, data) + activations);
}

/** Of generator and critic together, without biases and normalisation; 0 where the network does not say. */
export function parameterCount(config: RunConfig, { fields }: Pick<SampleFacts, "fields">): number {
  const { network } = partsOf(config);
  return network.parameterCount?.(settingsOf(network, config), taskOf(config, { fields })) ?? 0;
}

function taskOf({ latent }: RunConfig, { fields: { sample, condition, given } }: Pick<SampleFacts, "fields">) {
  return { shape: sample.shape, latent, condition: sizeOf((condition ?? given)?.shape ?? [0]) };
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
