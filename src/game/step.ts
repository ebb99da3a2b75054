import {
  add,
  concat,
  firstNotFinite,
  gradients,
  type InputSpec,
  lengthOf,
  mean,
  mul,
  reshape,
  type Shape,
  slice,
  stopGradient,
  type Tensor,
  type TensorData,
  zeroIfFinite,
} from "../engine/index.js";
import { InputError } from "../errors.js";
import type { LipschitzConstraint } from "../lipschitz/index.js";
import type { AdversarialLoss, Scores } from "../losses/index.js";
import type { InitialValues, Network } from "../networks/index.js";
import { flatten, flattenData, type Layout, layoutOf, layoutSize, unflatten } from "../networks/parameters.js";
import type { Optimizer } from "../optimizers/index.js";
import type { Rng } from "../random.js";

/** The networks and what binds them: all that is needed to use a trained model. */
export interface ModelParts {
  readonly generator: Network;
  readonly critic: Network;
  readonly loss: AdversarialLoss;
  readonly constraint: LipschitzConstraint;
  /** The shape of one real sample. */
  readonly sampleShape: Shape;
  /** How many numbers a latent has. */
  readonly latent: number;
  /** Decay of the exponential moving average of the generator's parameters; `null` for none. */
  readonly ema: number | null;
}

/** What a training step is made of. */
export interface StepParts extends ModelParts {
  readonly generatorOptimizer: Optimizer;
  readonly criticOptimizer: Optimizer;
  readonly batch: number;
}

/**
 * Everything that a step changes, by name: `generator` and `critic` (all parameters of a network as one vector), their optimizer
 * slots `generator.m`, `critic.v`, ..., buffers `generator/NAME`, `critic/NAME` and `constraint/NAME`, and `average`, the moving
 * average of the generator.
 */
export type State = Readonly<Record<string, TensorData>>;

/** Where the parameters and which buffers a state holds. */
export interface StateLayout {
  readonly generator: Layout;
  readonly critic: Layout;
}

/** The symbolic counterpart of `State`. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** What the networks start from. */
export interface FirstWeights {
  readonly generator: InitialValues;
  readonly critic: InitialValues;
  /** The moving average of the generator's parameters, as one vector. Default: the parameters themselves. */
  readonly average?: TensorData | undefined;
}

/**
 * The first state of a run and its layout.
 * @param weights default: drawn with `rng`
 * @throws InputError where a network or the constraint starts from numbers that are not finite
 */
export function initialState(
  parts: StepParts,
  rng: Rng,
  weights: FirstWeights = { generator: parts.generator.init(rng), critic: parts.critic.init(rng) },
): { readonly state: State; readonly layout: StateLayout } {
  const { generator, critic } = weights;
  const parameters = parts.constraint.start?.(critic.parameters) ?? critic.parameters;
  const layout = { generator: layoutOf(generator.parameters), critic: layoutOf(parameters) };
  const vector = flattenData(generator.parameters, layout.generator);
  const state = {
    generator: vector,
    ...slots("generator", parts.generatorOptimizer, layout.generator),
    ...named("generator", generator.buffers ?? {}),
    critic: flattenData(parameters, layout.critic),
    ...slots("critic", parts.criticOptimizer, layout.critic),
    ...named("critic", critic.buffers ?? {}),
    ...named("constraint", parts.constraint.initialise?.(parameters, rng) ?? {}),
    ...(parts.ema !== null && {
      average: weights.average ?? { shape: vector.shape, data: Float32Array.from(vector.data) },
    }),
  };
  const bad = firstNotFinite(state);
  if (bad) throw new InputError(`Training cannot start: numbers of "${bad}", drawn by \`init\`, are not finite.`);
  return { state, layout };
}

function slots(owner: string, optimizer: Optimizer, layout: Layout): State {
  const zeros = () => ({ shape: [layoutSize(layout)], data: new Float32Array(layoutSize(layout)) });
  return Object.fromEntries(optimizer.slots.map((slot) => [`${owner}.${slot}`, zeros()]));
}

function named<T>(owner: string, tensors: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${owner}/${name}`, tensor]));
}

/** The tensors of `owner/NAME`, by NAME. */
export function ownedBy<T>(owner: string, tensors: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) =>
      name.startsWith(`${owner}/`) ? [[name.slice(owner.length + 1), tensor]] : [],
    ),
  );
}

/** A network as a function of samples alone, with the parameters and buffers of a state. */
export interface Applied {
  readonly apply: (x: Tensor) => Tensor;
  /** The trained tensors, by name: what gradients are taken of. */
  readonly parameters: Tensors;
  /** Buffers of the state that applying it has changed so far, by the state's names. */
  readonly changed: Record<string, Tensor>;
}

/** The generator with the parameters in `vector` (the state's own, or their moving average). */
export function applyGenerator(
  parts: ModelParts,
  layout: StateLayout,
  state: Tensors,
  training: boolean,
  vector = state.generator!,
): Applied {
  const parameters = unflatten(vector, layout.generator);
  return applied("generator", parts.generator, parameters, parameters, state, training, {});
}

/**
 * The critic, its weights re-parametrised where the Lipschitz constraint does that.
 * @param renew whether the constraint brings its buffers up to date
 */
export function applyCritic(
  parts: ModelParts,
  layout: StateLayout,
  state: Tensors,
  training: boolean,
  renew = training,
): Applied {
  const parameters = unflatten(state.critic!, layout.critic);
  const used = parts.constraint.reparametrise?.(parameters, ownedBy("constraint", state), renew);
  return applied(
    "critic",
    parts.critic,
    parameters,
    used?.parameters ?? parameters,
    state,
    training,
    named("constraint", used?.buffers ?? {}),
  );
}

function applied(
  owner: "generator" | "critic",
  network: Network,
  parameters: Tensors,
  used: Tensors,
  state: Tensors,
  training: boolean,
  changed: Record<string, Tensor>,
): Applied {
  const apply = (x: Tensor) =>
    network.apply(used, x, {
      training,
      buffers: ownedBy(owner, { ...state, ...changed }),
      update: (name, value) => {
        changed[`${owner}/${name}`] = value;
      },
    });
  return { apply, parameters, changed };
}

/** A loss, the gradient of its player's parameters as one vector, and the buffers that computing it changed. */
export interface Feedback {
  readonly loss: Tensor;
  readonly gradient: Tensor;
  readonly changed: Tensors;
  /** Parts of the loss, to be watched for values that are not finite. */
  readonly terms: Tensors;
}

/** The critic's loss on a real and a fake batch, with its gradient. `epsilon` is `[batch, 1]`, uniform. */
export function criticGradients(
  parts: StepParts,
  layout: StateLayout,
  state: Tensors,
  { real, fake, epsilon }: { readonly real: Tensor; readonly fake: Tensor; readonly epsilon: Tensor },
): Feedback {
  const critic = applyCritic(parts, layout, state, true);
  const scores = scoresOf(parts, critic, real, fake);
  const adversarial = parts.loss.critic(scores);
  const penalty = parts.constraint.penalty?.({ critic: critic.apply, real, fake, epsilon });
  const loss = penalty ? add(adversarial, penalty) : adversarial;
  return {
    loss,
    gradient: gradientVector(loss, critic.parameters, layout.critic),
    changed: critic.changed,
    terms: { adversarial, penalty: penalty ?? mul(adversarial, 0), value: parts.loss.value(scores) },
  };
}

/** One pass over reals and fakes together is quicker than two; batch statistics must not mix them. */
function scoresOf(parts: ModelParts, critic: Applied, real: Tensor, fake: Tensor): Scores {
  if (parts.critic.usesBatchStatistics) return { real: critic.apply(real), fake: critic.apply(fake) };
  const both = critic.apply(concat([real, fake], 0));
  const n = lengthOf(real.shape, 0);
  return { real: slice(both, [0, 0], [n, 1]), fake: slice(both, [n, 0], [2 * n, 1]) };
}

/** The generator's loss on a batch of latents, with its gradient. Only a loss that looks at the reals has the critic score them. */
export function generatorGradients(
  parts: StepParts,
  layout: StateLayout,
  state: Tensors,
  { real, latent }: { readonly real: Tensor; readonly latent: Tensor },
): Feedback {
  const generator = applyGenerator(parts, layout, state, true);
  // The critic normalises by this batch, as in its own updates, and what it carries along stays as it is.
  const critic = applyCritic(parts, layout, state, true, false);
  const fake = critic.apply(generator.apply(latent));
  const loss = mean(parts.loss.generator({ real: critic.apply(real), fake }));
  return {
    loss,
    gradient: gradientVector(loss, generator.parameters, layout.generator),
    changed: generator.changed,
    terms: {},
  };
}

function gradientVector(loss: Tensor, parameters: Tensors, layout: Layout): Tensor {
  const names = Object.keys(parameters);
  const found = gradients(loss, Object.values(parameters));
  return flatten(Object.fromEntries(names.map((name, i) => [name, found[i]!])), layout);
}

/** The state after a player's optimizer has used its gradient. `scalars` are the optimizer's, for this update. */
export function update(
  parts: StepParts,
  layout: StateLayout,
  player: "generator" | "critic",
  state: Tensors,
  feedback: Pick<Feedback, "gradient" | "changed">,
  scalars: readonly Tensor[],
): Tensors {
  const optimizer = player === "critic" ? parts.criticOptimizer : parts.generatorOptimizer;
  const slots = Object.fromEntries(optimizer.slots.map((slot) => [slot, state[`${player}.${slot}`]!]));
  const next = optimizer.update(state[player]!, feedback.gradient, slots, scalars);
  const moved: Record<string, Tensor> = { ...state, ...feedback.changed, [player]: next.parameters };
  for (const slot of optimizer.slots) moved[`${player}.${slot}`] = next.slots[slot]!;
  const { project } = parts.constraint;
  if (player === "critic" && project)
    moved.critic = flatten(project(unflatten(next.parameters, layout.critic)), layout.critic);
  if (player === "generator" && parts.ema !== null) {
    moved.average = add(mul(state.average!, parts.ema), mul(next.parameters, 1 - parts.ema));
  }
  // The next player's loss must not be differentiated through this update.
  return Object.fromEntries(Object.entries(moved).map(([name, tensor]) => [name, stopGradient(tensor)]));
}

/** What one run of a step needs, apart from the state. Rows `k` of the stacked inputs belong to critic update k. */
export interface StepInputs {
  /** `[criticSteps, batch, ...sample]` */
  readonly real: TensorData;
  /** `[criticSteps (+ 1 for the generator), batch, latent]` */
  readonly latent: TensorData;
  /** `[criticSteps, batch, 1]`, uniform in [0, 1) */
  readonly epsilon: TensorData;
  /** `[criticSteps, scalars of the critic's optimizer]` */
  readonly criticScalars: TensorData;
  /** `[1, scalars of the generator's optimizer]`; absent in a step of critic updates alone */
  readonly generatorScalars?: TensorData;
}

/** Prefix of the state's names among a step's outputs, which must differ from the inputs'. */
const NEXT = "next:";

/** The next state among the results of a step. */
export function nextState(results: Readonly<Record<string, TensorData>>): State {
  return Object.fromEntries(
    Object.entries(results).flatMap(([name, value]) =>
      name.startsWith(NEXT) ? [[name.slice(NEXT.length), value]] : [],
    ),
  );
}

/** The shapes of a step's inputs. */
export function stepSpecs(
  parts: StepParts,
  state: State,
  criticSteps: number,
  withGenerator: boolean,
): Record<string, InputSpec> {
  const { batch, sampleShape, latent, criticOptimizer, generatorOptimizer } = parts;
  return {
    ...Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, { shape }])),
    real: { shape: [criticSteps, batch, ...sampleShape] },
    latent: { shape: [criticSteps + (withGenerator ? 1 : 0), batch, latent] },
    epsilon: { shape: [criticSteps, batch, 1] },
    criticScalars: { shape: [criticSteps, criticOptimizer.scalars(1).length] },
    ...(withGenerator && { generatorScalars: { shape: [1, generatorOptimizer.scalars(1).length] } }),
  };
}

/**
 * The whole step: `criticSteps` updates of the critic, each on its own batch, then (where `withGenerator`) one of the generator.
 * Outputs are those of `criticReport` and `stateReport`, and `generatorLoss` with `generatorGradient`, 0 where it is finite.
 */
export function buildStep(
  parts: StepParts,
  layout: StateLayout,
  names: readonly string[],
  criticSteps: number,
  withGenerator: boolean,
) {
  return (inputs: Tensors): Record<string, Tensor> => {
    let state: Tensors = Object.fromEntries(names.map((name) => [name, inputs[name]!]));
    const fakes = fakeBatches(parts, layout, state, inputs.latent!, criticSteps);
    state = { ...state, ...fakes.changed };
    const updates: Feedback[] = [];
    for (let k = 0; k < criticSteps; k++) {
      const batches = { real: row(inputs.real!, k), fake: fakes.batches[k]!, epsilon: row(inputs.epsilon!, k) };
      const feedback = criticGradients(parts, layout, state, batches);
      state = update(parts, layout, "critic", state, feedback, scalarsOf(inputs.criticScalars!, k));
      updates.push(feedback);
    }
    const report = criticReport(updates);
    if (withGenerator) {
      const last = { real: row(inputs.real!, criticSteps - 1), latent: row(inputs.latent!, criticSteps) };
      const feedback = generatorGradients(parts, layout, state, last);
      state = update(parts, layout, "generator", state, feedback, scalarsOf(inputs.generatorScalars!, 0));
      report.generatorLoss = feedback.loss;
      report.generatorGradient = zeroIfFinite([feedback.gradient]);
    }
    return { ...report, ...stateReport(names, state) };
  };
}

/**
 * Of each update of the critic the losses `criticLoss`, `adversarial`, `penalty` and the game's `value`, and `criticGradient`, which is
 * 0 where the gradient is finite and NaN otherwise: `[updates]` each.
 */
export function criticReport(updates: readonly Feedback[]): Record<string, Tensor> {
  const each = (pick: (feedback: Feedback) => Tensor) =>
    concat(
      updates.map((feedback) => reshape(pick(feedback), [1])),
      0,
    );
  return {
    criticLoss: each(({ loss }) => loss),
    adversarial: each(({ terms }) => terms.adversarial!),
    penalty: each(({ terms }) => terms.penalty!),
    value: each(({ terms }) => terms.value!),
    criticGradient: each(({ gradient }) => zeroIfFinite([gradient])),
  };
}

/** The next state, for `nextState`, and `finite`, which is 0 where all of it is finite and NaN otherwise. */
export function stateReport(names: readonly string[], state: Tensors): Record<string, Tensor> {
  return {
    ...Object.fromEntries(names.map((name) => [`${NEXT}${name}`, state[name]!])),
    finite: zeroIfFinite(names.map((name) => state[name]!)),
  };
}

/**
 * The fakes of all critic updates. The generator does not change between them, so one pass over all latents makes them, unless it
 * normalises by the statistics of its batch.
 */
function fakeBatches(parts: StepParts, layout: StateLayout, state: Tensors, latents: Tensor, count: number) {
  const generator = applyGenerator(parts, layout, state, true);
  if (parts.generator.usesBatchStatistics) {
    const batches = Array.from({ length: count }, (_, k) => generator.apply(row(latents, k)));
    return { batches, changed: generator.changed };
  }
  const { batch, latent, sampleShape } = parts;
  const used = slice(latents, [0, 0, 0], [count, batch, latent]);
  const all = reshape(generator.apply(reshape(used, [count * batch, latent])), [count, batch, ...sampleShape]);
  return { batches: Array.from({ length: count }, (_, k) => row(all, k)), changed: generator.changed };
}

function row(x: Tensor, k: number): Tensor {
  const [, ...rest] = x.shape;
  return reshape(slice(x, [k, ...rest.map(() => 0)], [k + 1, ...rest]), rest);
}

function scalarsOf(table: Tensor, k: number): Tensor[] {
  return Array.from({ length: lengthOf(table.shape, 1) }, (_, i) => reshape(slice(table, [k, i], [k + 1, i + 1]), []));
}
