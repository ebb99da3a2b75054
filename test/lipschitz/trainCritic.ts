import {
  add,
  compile,
  gradients,
  mul,
  reshape,
  sizeOf,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type TensorData,
} from "../../src/engine/index.js";
import type { LipschitzConstraint } from "../../src/lipschitz/index.js";
import { type Activation, mlp, type Network, type ParameterSet } from "../../src/networks/index.js";
import { adam } from "../../src/optimizers/index.js";
import { createRng, type Rng } from "../../src/random.js";
import { evaluate } from "../engine/evaluate.js";

/** Points in the plane: reals around (2, 0), fakes around (-1, 0). Their Earth mover's distance is 3. */
export const DISTANCE = 3;
const BATCH = 64;

type Tensors = Readonly<Record<string, Tensor>>;

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
  const network = mlp({ input: 2, output: 1, hidden: [16, 16], activation });
  let parameters: ParameterSet = Object.fromEntries(
    Object.entries(network.init(rng).parameters).map(([name, { shape, data }]) => [
      name,
      { shape, data: (data as Float32Array).map((weight) => firstScale * weight) },
    ]),
  );
  parameters = constraint.start?.(parameters) ?? parameters;
  let buffers: ParameterSet = constraint.initialise?.(parameters, rng) ?? {};
  const optimizer = adam({ learningRate, beta1: 0.5, beta2: 0.9 });
  let slots: ParameterSet = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { shape }]) =>
      optimizer.slots.map((slot) => [`${name}:${slot}`, { shape, data: new Float32Array(sizeOf(shape)) }]),
    ),
  );
  const names = Object.keys(parameters);

  const step = await compile(
    ({ real, fake, epsilon, scalar0, scalar1, ...state }: Tensors) => {
      const { critic, trained, buffers } = applied(network, constraint, state, names, true);
      const score = sub(sum(critic(real!)), sum(critic(fake!)));
      const penalty = constraint.penalty?.({ critic, real: real!, fake: fake!, epsilon: epsilon! });
      const loss = add(mul(score, -weightOfLoss / BATCH), penalty ?? 0);
      const slopes = gradients(loss, Object.values(trained));
      const updated: Record<string, Tensor> = {};
      const moved: Record<string, Tensor> = {};
      names.forEach((name, i) => {
        const flat = (x: Tensor) => reshape(x, [-1]);
        const own = Object.fromEntries(optimizer.slots.map((slot) => [slot, flat(state[`slot ${name}:${slot}`]!)]));
        const next = optimizer.update(flat(trained[name]!), flat(slopes[i]!), own, [scalar0!, scalar1!]);
        updated[name] = reshape(next.parameters, trained[name]!.shape);
        for (const slot of optimizer.slots) {
          moved[`${name}:${slot}`] = reshape(next.slots[slot]!, trained[name]!.shape);
        }
      });
      return {
        ...prefixed("next parameter ", constraint.project?.(updated) ?? updated),
        ...prefixed("next slot ", moved),
        ...prefixed("next buffer ", buffers),
      };
    },
    { ...batch(rng, BATCH), scalar0: scalar(0), scalar1: scalar(0), ...stateOf(parameters, slots, buffers) },
  );
  for (let k = 1; k <= steps; k++) {
    const [scalar0, scalar1] = optimizer.scalars(k);
    const results = await step.run({
      ...batch(rng, BATCH),
      scalar0: scalar(scalar0!),
      scalar1: scalar(scalar1!),
      ...stateOf(parameters, slots, buffers),
    });
    parameters = unprefixed("next parameter ", results);
    slots = unprefixed("next slot ", results);
    buffers = unprefixed("next buffer ", results);
  }
  await step.release();
  return measure(network, constraint, parameters, buffers, createRng(8));
}

async function measure(
  network: Network,
  constraint: LipschitzConstraint,
  parameters: ParameterSet,
  buffers: ParameterSet,
  rng: Rng,
): Promise<TrainedCritic> {
  const names = Object.keys(parameters);
  const results = await evaluate(
    ({ real, fake, epsilon, ...state }: Tensors) => {
      const { critic, used } = applied(network, constraint, state, names, false);
      const between = add(mul(epsilon!, real!), mul(sub(1, epsilon!), fake!));
      const [gradient] = gradients(sum(critic(between)), [between]);
      return {
        slopes: sqrt(sum(square(gradient!), 1)),
        estimate: mul(sub(sum(critic(real!)), sum(critic(fake!))), 1 / 512),
        ...prefixed("used ", used),
      };
    },
    { ...batch(rng, 512), ...stateOf(parameters, {}, buffers) },
  );
  return {
    used: unprefixed("used ", results),
    slopes: Array.from(results.slopes!.data),
    estimate: results.estimate!.data[0]!,
  };
}

function applied(
  network: Network,
  constraint: LipschitzConstraint,
  state: Tensors,
  names: readonly string[],
  training: boolean,
) {
  const trained = Object.fromEntries(names.map((name) => [name, state[`parameter ${name}`]!]));
  const { parameters: used, buffers } = constraint.reparametrise?.(trained, unprefixed("buffer ", state), training) ?? {
    parameters: trained,
    buffers: {},
  };
  const critic = (x: Tensor) => network.apply(used, x, { training, buffers: {}, update: () => {} });
  return { critic, trained, used, buffers };
}

function batch(rng: Rng, n: number): Record<"real" | "fake" | "epsilon", TensorData> {
  const points = (x: number) => {
    const data = rng.normals(2 * n).map((value, i) => 0.3 * value + (i % 2 === 0 ? x : 0));
    return { shape: [n, 2], data };
  };
  return { real: points(2), fake: points(-1), epsilon: { shape: [n, 1], data: rng.uniforms(n) } };
}

function stateOf(parameters: ParameterSet, slots: ParameterSet, buffers: ParameterSet): Record<string, TensorData> {
  return { ...prefixed("parameter ", parameters), ...prefixed("slot ", slots), ...prefixed("buffer ", buffers) };
}

function scalar(value: number): TensorData {
  return { shape: [], data: Float32Array.of(value) };
}

function prefixed<T>(prefix: string, tensors: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}${name}`, tensor]));
}

function unprefixed<T>(prefix: string, tensors: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [],
    ),
  );
}
