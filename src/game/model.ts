import {
  add,
  compile,
  constant,
  type Device,
  gradients,
  mean,
  mul,
  neg,
  reshape,
  type Shape,
  sqrt,
  square,
  sub,
  sum,
  symbolicDimension,
  type Tensor,
  type TensorData,
  traceModel,
} from "../engine/index.js";
import { applyCritic, applyGenerator, type ModelParts, type State, type StateLayout, type Tensors } from "./step.js";

const OPTIMIZER_SLOT = /^(generator|critic)\./;

/** Networks with their trained values: what a run leaves. */
export interface Model {
  readonly parts: ModelParts;
  readonly layout: StateLayout;
  readonly state: State;
}

/** A program over the values of a model: the state goes in beside the other inputs, so that one program serves a whole run. */
export interface ModelProgram {
  run(state: State, inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, Float32Array>>;
  release(): Promise<void>;
}

/** `latent` `[n, latent]` to `samples` `[n, ...sample]`, by the moving average of the generator where there is one. */
export function samplerOf(model: Model, n: number, device: Device = "cpu"): Promise<ModelProgram> {
  const { parts } = model;
  return stateful(model, { latent: [n, parts.latent] }, device, (state, { latent }) => ({
    samples: generate(model, state, latent!),
  }));
}

/** `x` `[n, ...sample]` to `scores` `[n]`, the critic's output as its loss reports it: scores, or probabilities. */
export function scorerOf(model: Model, n: number, device: Device = "cpu"): Promise<ModelProgram> {
  const { parts, layout } = model;
  return stateful(model, { x: [n, ...parts.sampleShape] }, device, (state, { x }) => {
    const output = parts.loss.activate(applyCritic(parts, layout, state, false).apply(x!));
    return { scores: reshape(output, [n]) };
  });
}

/**
 * What one evaluation measures on `real` and `fake` samples `[n, ...sample]` with `epsilon` `[n, 1]`: `realScores` and `fakeScores`
 * `[n]`, the losses `criticLoss` (without a penalty) and `generatorLoss`, the game's `value`, the `slope` `[n]` of the critic's output
 * on points between real and fake, and the generator `feedback` `[n]`, the norm of the gradient that each fake receives.
 */
export function probeOf(model: Model, n: number, device: Device = "cpu"): Promise<ModelProgram> {
  const { parts, layout } = model;
  const samples = [n, ...parts.sampleShape];
  return stateful(
    model,
    { real: samples, fake: samples, epsilon: [n, 1] },
    device,
    (state, { real, fake, epsilon }) => {
      const critic = applyCritic(parts, layout, state, false).apply;
      const scores = { real: critic(real!), fake: critic(fake!) };
      const share = reshape(epsilon!, [n, ...parts.sampleShape.map(() => 1)]);
      const between = add(mul(share, real!), mul(sub(1, share), fake!));
      const generatorLosses = parts.loss.generator(scores);
      return {
        realScores: reshape(parts.loss.activate(scores.real), [n]),
        fakeScores: reshape(parts.loss.activate(scores.fake), [n]),
        criticLoss: parts.loss.critic(scores),
        generatorLoss: mean(generatorLosses),
        value: parts.loss.value(scores),
        slope: gradientNorms(sum(parts.loss.activate(critic(between))), between),
        feedback: gradientNorms(sum(generatorLosses), fake!),
      };
    },
  );
}

/**
 * `x` `[n, ...sample]` to `feedback` `[n]`: the norm of d(generator loss)/d(sample) that a fake at x would receive. `real` are as many
 * reals, for a loss that compares.
 */
export function feedbackOf(model: Model, n: number, device: Device = "cpu"): Promise<ModelProgram> {
  const { parts, layout } = model;
  const samples = [n, ...parts.sampleShape];
  return stateful(model, { x: samples, real: samples }, device, (state, { x, real }) => {
    const critic = applyCritic(parts, layout, state, false).apply;
    const losses = parts.loss.generator({ real: critic(real!), fake: critic(x!) });
    return { feedback: gradientNorms(sum(losses), x!) };
  });
}

/** `x` `[n, ...sample]` to `slope` `[n]`: the norm of d(critic's output, as `scorerOf` gives it)/d(x). */
export function slopeOf(model: Model, n: number, device: Device = "cpu"): Promise<ModelProgram> {
  const { parts, layout } = model;
  return stateful(model, { x: [n, ...parts.sampleShape] }, device, (state, { x }) => {
    const output = parts.loss.activate(applyCritic(parts, layout, state, false).apply(x!));
    return { slope: gradientNorms(sum(output), x!) };
  });
}

/**
 * `x` `[n, ...sample]` to `descent` `[n, ...sample]`: -d(generator loss of that sample)/d(x), the way that a fake at x is told to go. `real`
 * are as many reals, for a loss that compares.
 */
export function descentOf(model: Model, n: number, device: Device = "cpu"): Promise<ModelProgram> {
  const { parts, layout } = model;
  const samples = [n, ...parts.sampleShape];
  return stateful(model, { x: samples, real: samples }, device, (state, { x, real }) => {
    const critic = applyCritic(parts, layout, state, false).apply;
    const losses = parts.loss.generator({ real: critic(real!), fake: critic(x!) });
    const [gradient] = gradients(sum(losses), [x!]);
    return { descent: neg(gradient!) };
  });
}

/** The generator as an ONNX file: `latent` `[batch, latent]` to `samples` `[batch, ...sample]`, its parameters stored inside. */
export function generatorModel(
  { parts, layout, state }: Model,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  return traceModel(
    ({ latent }) => {
      const stored = Object.entries(state).filter(([name]) => /^(generator|average)(\/|$)/.test(name));
      const values = Object.fromEntries(stored.map(([name, value]) => [name, constant(value)]));
      return { samples: generate({ parts, layout }, values, latent) };
    },
    { latent: { shape: [symbolicDimension("batch"), parts.latent] } },
    { metadata },
  );
}

function generate({ parts, layout }: Pick<Model, "parts" | "layout">, state: Tensors, latent: Tensor): Tensor {
  const vector = parts.ema === null ? state.generator! : state.average!;
  return applyGenerator(parts, layout, state, false, vector).apply(latent);
}

/** The norm of d(y)/d(x) of each sample: over all its elements. */
function gradientNorms(y: Tensor, x: Tensor): Tensor {
  const [gradient] = gradients(y, [x]);
  return sqrt(
    sum(
      square(gradient!),
      x.shape.slice(1).map((_, i) => i + 1),
    ),
  );
}

async function stateful(
  { state }: Model,
  shapes: Readonly<Record<string, Shape>>,
  device: Device,
  fn: (state: Tensors, inputs: Tensors) => Record<string, Tensor>,
): Promise<ModelProgram> {
  const used = Object.entries(state).filter(([name]) => !OPTIMIZER_SLOT.test(name));
  const specs = {
    ...Object.fromEntries(used),
    ...Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, { shape }])),
  };
  const program = await compile((inputs: Tensors) => fn(inputs, inputs), specs, { device });
  return {
    async run(values, inputs) {
      const current = Object.fromEntries(used.map(([name]) => [name, values[name]!]));
      const results = await program.run({ ...current, ...inputs });
      return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
    },
    release: () => program.release(),
  };
}
