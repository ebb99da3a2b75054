import { elu, leakyRelu, relu, reshape, type Shape, sizeOf, softplus, type Tensor, tanh } from "../engine/index.js";
import { InputError } from "../errors.js";
import { checkCounts } from "./counts.js";
import { fullSort, groupSort } from "./groupSort.js";
import { glorotUniform, heUniform, type Initialiser } from "./initialisers.js";
import { dense } from "./layers.js";
import type { Network, Normalisation } from "./network.js";
import { NORMALISED_ALONE, normalise } from "./normalisation.js";
import { type Stage, sequential } from "./sequential.js";

const activations = {
  relu,
  "leaky-relu": (x: Tensor) => leakyRelu(x, 0.2),
  elu: (x: Tensor) => elu(x),
  softplus,
  tanh,
  maxmin: groupSort(2),
  fullsort: fullSort,
} as const;

export type Activation = keyof typeof activations;

export interface MlpOptions {
  /** Shape of one input, or its length. */
  readonly input: number | Shape;
  /** Shape of one output, or its length: the sample for a generator, 1 for a critic. */
  readonly output: number | Shape;
  /** Widths of the hidden layers; none makes a linear map. */
  readonly hidden: readonly number[];
  /** Between the layers; ReLU unless told. "maxmin" and "fullsort" are GroupSort with groups of two and of all neurons. */
  readonly activation?: Activation;
  /** Before each activation; none unless told. */
  readonly normalisation?: Normalisation;
  /** Of all weights; He uniform in hidden layers and Glorot uniform in the last unless told, as in WGAN-GP's toy experiments. */
  readonly initialisation?: Initialiser;
  /** After the last layer; linear unless told. A critic is linear: its loss adds what it needs. */
  readonly outputActivation?: "linear" | "tanh";
}

/**
 * A multilayer perceptron, `[n, ...input]` to `[n, ...output]`. Its layers are called `dense1`, `dense2`, ..., their normalisations
 * `norm1`, ...; a dense layer before batch normalisation, which would take it away, has no bias.
 * @throws InputError where a length or width is not a whole number from 1, or a hidden layer of one neuron is to be normalised by layer
 */
export function mlp({
  input,
  output,
  hidden,
  activation = "relu",
  normalisation = "none",
  initialisation,
  outputActivation = "linear",
}: MlpOptions): Network {
  const inputs = typeof input === "number" ? input : sizeOf(input);
  const outputShape = typeof output === "number" ? [output] : output;
  const outputs = sizeOf(outputShape);
  checkCounts("mlp", {
    input: inputs,
    output: outputs,
    ...Object.fromEntries(hidden.map((n, i) => [`width of hidden layer ${i + 1}`, n])),
  });
  if (normalisation === "layer" && hidden.includes(1)) throw new InputError(NORMALISED_ALONE);
  const stages: Stage[] = [(x) => reshape(x, [x.shape[0]!, inputs])];
  let width = inputs;
  hidden.forEach((next, i) => {
    const options = { initialisation: initialisation ?? heUniform, bias: normalisation !== "batch" };
    const norm = normalise(normalisation, next);
    stages.push([`dense${i + 1}`, dense(width, next, options)]);
    if (norm) stages.push([`norm${i + 1}`, norm]);
    stages.push(activations[activation]);
    width = next;
  });
  stages.push([
    `dense${hidden.length + 1}`,
    dense(width, outputs, { initialisation: initialisation ?? glorotUniform }),
  ]);
  if (outputActivation === "tanh") stages.push(tanh);
  stages.push((x) => reshape(x, [x.shape[0]!, ...outputShape]));
  return sequential(...stages);
}
