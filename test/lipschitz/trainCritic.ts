import { add, gradients, mul, sqrt, square, sub, sum, type TensorData } from "../../src/engine/index.js";
import { trainAlone } from "../../src/game/alone.js";
import { applied } from "../../src/game/player.js";
import type { LipschitzConstraint } from "../../src/lipschitz/index.js";
import { type Activation, mlp, type Network, type ParameterSet } from "../../src/networks/index.js";
import { unflatten } from "../../src/networks/parameters.js";
import { adam } from "../../src/optimizers/index.js";
import { createRng, type Rng } from "../../src/random.js";
import { evaluate } from "../engine/evaluate.js";

/** Points in the plane: reals around (2, 0), fakes around (-1, 0). Their Earth mover's distance is 3. */
export const DISTANCE = 3;
const BATCH = 64;
const MEASURED = 512;

export interface TrainedCritic {
  /** The weights that the critic is applied with. */
  readonly used: ParameterSet;
  /** The slope at each of 512 points between reals and fakes that it was not trained on. */
  readonly slopes: readonly number[];
  /** mean c(real) - mean c(fake) on as many. */
  readonly estimate: number;
}

export interface CriticOptions {
  readonly steps: number;
  readonly learningRate?: number;
  /** Factor on the W-loss beside the penalty; 0 trains on the penalty alone. */
  readonly weightOfLoss?: number;
  /** Factor on the first weights. */
  readonly firstScale?: number;
  readonly activation?: Activation;
}

/** Trains a small critic under the W-loss and a constraint between two fixed distributions of points. */
export async function trainCritic(
  constraint: LipschitzConstraint,
  { steps, learningRate = 5e-3, weightOfLoss = 1, firstScale = 1, activation = "relu" }: CriticOptions,
): Promise<TrainedCritic> {
  const rng = createRng(7);
  const network = scaled(mlp({ input: 2, output: 1, hidden: [16, 16], activation }), firstScale);
  const player = { network, optimizer: adam({ learningRate, beta1: 0.5, beta2: 0.9 }), constraint };
  const training = await trainAlone(player, rng, {
    specs: batch(createRng(0), BATCH),
    terms({ apply: critic }, { real, fake, epsilon }) {
      const score = sub(sum(critic(real)), sum(critic(fake)));
      const penalty = constraint.penalty?.({ critic, criticOfFakes: critic, real, fake, epsilon });
      return { adversarial: mul(score, -weightOfLoss / BATCH), ...(penalty && { penalty }) };
    },
  });
  for (let k = 0; k < steps; k++) await training.update(batch(rng, BATCH));
  await training.release();
  const { layout } = training;
  const { used, slopes, estimate } = await evaluate(
    ({ state, real, fake, epsilon }) => {
      const { apply: critic, parameters } = applied(player, layout, state, { training: false });
      const between = add(mul(epsilon, real), mul(sub(1, epsilon), fake));
      const [gradient] = gradients(sum(critic(between)), [between]);
      return {
        used:
          constraint.reparametrise?.(parameters, state.buffers, false).parameters ??
          unflatten(state.parameters, layout),
        slopes: sqrt(sum(square(gradient), 1)),
        estimate: mul(sub(sum(critic(real)), sum(critic(fake))), 1 / MEASURED),
      };
    },
    { state: training.state(), ...batch(createRng(8), MEASURED) },
  );
  return { used, slopes: Array.from(slopes.data), estimate: estimate.data[0]! };
}

/** A network whose first parameters are those of another times a factor. */
function scaled(network: Network, factor: number): Network {
  const times = ({ shape, data }: TensorData) => ({ shape, data: Float32Array.from(data, (x) => factor * x) });
  return {
    ...network,
    init(rng) {
      const { parameters } = network.init(rng);
      return { parameters: Object.fromEntries(Object.entries(parameters).map(([name, x]) => [name, times(x)])) };
    },
  };
}

function batch(rng: Rng, n: number): Record<"real" | "fake" | "epsilon", TensorData> {
  const points = (x: number) => {
    const data = rng.normals(2 * n).map((value, i) => 0.3 * value + (i % 2 === 0 ? x : 0));
    return { shape: [n, 2], data };
  };
  return { real: points(2), fake: points(-1), epsilon: { shape: [n, 1], data: rng.uniforms(n) } };
}
