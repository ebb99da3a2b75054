import { totalmem } from "node:os";
import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { RunConfig } from "./config.js";

const BYTES = 4;
/** Of each parameter at the end of a step: itself, its gradient and two slots of Adam, and the first three of them from before. */
const COPIES = 7;

/**
 * Checks, before anything is made, that training fits into this machine's memory, by a lower bound of what it takes: the parameters, their
 * gradients and optimizer slots; the inputs of a step; and one layer's activations of a batch after the other.
 * @throws InputError where it cannot fit
 */
export function checkMemory(config: RunConfig, data: Dataset): void {
  const { batch, criticSteps, latent, width, depth } = config;
  const sample = sizeOf(data.shape);
  const inputs = criticSteps * batch * (sample + latent);
  const activations = config.network === "mlp" ? depth * batch * width : batch * width * (sample / 4);
  const needed = BYTES * (COPIES * leastParameters(config, data) + inputs + activations);
  if (needed <= totalmem()) return;
  throw new InputError(
    `This run takes ${gibibytes(needed)} GiB at least, and this machine has ${gibibytes(totalmem())}: choose a smaller width, depth, latent or batch.`,
  );
}

/** Of generator and critic together, without biases and normalisation. */
export function leastParameters(
  { network, width, depth, latent }: RunConfig,
  { shape }: Pick<Dataset, "shape">,
): number {
  if (network === "mlp") return 2 * (depth - 1) * width ** 2 + width * (latent + 2 * sizeOf(shape));
  // The innermost of at least two 4 x 4 convolutions, from `width` channels to twice as many; and the generator's dense layer.
  return 2 * 16 * 2 * width ** 2 + latent * 16 * 2 * width;
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toLocaleString("en", { maximumSignificantDigits: 2 });
}
