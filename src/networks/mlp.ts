import { z } from "zod";
import { elu, leakyRelu, relu, reshape, type Shape, sizeOf, softplus, type Tensor, tanh } from "../engine/index.js";
import { InputError } from "../errors.js";
import { conditionBeside } from "./condition.js";
import { checkCounts } from "./counts.js";
import { fullSort, groupSort } from "./groupSort.js";
import { glorotUniform, heUniform, type Initialiser } from "./initialisers.js";
import { dense } from "./layers.js";
import { defineNetwork, hiddenLayerSettings, type Network, type Normalisation } from "./network.js";
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

/** The name of what stands between the layers of a perceptron. */
export type Activation = keyof typeof activations;

/** The shape of a multilayer perceptron. */
export interface MlpOptions {
  /** Shape of one input, or its length. */
  readonly input: number | Shape;
  /** Shape of one output, or its length: the sample for a generator, 1 for a critic. */
  readonly output: number | Shape;
  /** Numbers of the condition that goes in beside each input; it must then be applied with one. Default: 0, none. */
  readonly condition?: number;
  /** Widths of the hidden layers; none makes a linear map. */
  readonly hidden: readonly number[];
  /** Between the layers. Default: ReLU. "maxmin" and "fullsort" are GroupSort with groups of two and of all neurons. */
  readonly activation?: Activation;
  /** Before each activation. Default: none. */
  readonly normalisation?: Normalisation;
  /** Of all weights. Default: He uniform in hidden layers and Glorot uniform in the last, as in WGAN-GP's toy experiments. */
  readonly initialisation?: Initialiser;
  /** After the last layer. Default: linear. A critic is linear: its loss adds what it needs. */
  readonly outputActivation?: "linear" | "tanh";
}

/**
 * A multilayer perceptron, `[n, ...input]` to `[n, ...output]`. Its layers are called `dense1`, `dense2`, ..., their normalisations
 * `norm1`, ...; a dense layer before batch normalisation, which would take it away, has no bias.
 * @param options input, output and hidden layers, and what differs from the defaults
 * @throws InputError where a length or width is not a whole number from 1, or a hidden layer of one neuron is to be normalised by layer
 */
export function mlp({
  input,
  output,
  condition = 0,
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
  const stages: Stage[] = [(x) => reshape(x, [x.shape[0]!, inputs]), conditionBeside(condition)];
  let width = inputs + condition;
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

const sorting: readonly Activation[] = ["maxmin", "fullsort"];

export const mlpEntry = defineNetwork({
  name: "mlp",
  title: "fully connected",
  summary: "A multilayer perceptron for each player, for samples of any shape.",
  settings: z.object({
    ...hiddenLayerSettings,
    criticActivation: z
      .enum(Object.keys(activations) as [Activation, ...Activation[]])
      .meta({ title: "Activation", description: "activation between the critic's layers, in an mlp" }),
  }),
  make(
    { width, depth, normalisation, criticNormalisation, criticActivation, pack },
    { shape, latent, range, condition = 0 },
  ) {
    const hidden = Array<number>(depth).fill(width);
    const outputActivation = range ? "tanh" : "linear";
    return {
      generator: mlp({ input: latent, output: shape, condition, hidden, normalisation, outputActivation }),
      critic: mlp({
        input: pack * sizeOf(shape),
        output: 1,
        condition: pack * condition,
        hidden,
        normalisation: criticNormalisation,
        activation: criticActivation,
      }),
    };
  },
  parameterCount: ({ width, depth, pack }, { shape, latent, condition = 0 }) =>
    2 * (depth - 1) * width ** 2 +
    width * (latent + condition + sizeOf(shape) + pack * (sizeOf(shape) + condition) + 1),
  /** In rows of `width` numbers for each sample of a batch: of each hidden layer, and of the fakes of all critic updates. */
  activationCount(settings, { shape, batch, criticSteps, isPenalised }) {
    const { width, depth, normalisation, criticNormalisation, criticActivation } = settings;
    const plain = (isPenalised ? 8 : 3.5) * (sorting.includes(criticActivation) ? 2.5 : 1);
    const normalised = criticNormalisation === "none" ? 0 : isPenalised ? 28 : 3.5;
    const layer = plain + normalised + (normalisation === "none" ? 0 : 3.5);
    const rows = depth * layer + (isPenalised ? 3.5 * criticSteps + 6 : 2 * criticSteps + 3);
    return batch * (rows * width + (4 * criticSteps + 8) * sizeOf(shape));
  },
});
