import {
  add,
  compile,
  type Device,
  gradients,
  type InputSpec,
  mean,
  mul,
  neg,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type TensorData,
} from "../engine/index.js";
import type { Game } from "./game.js";
import { modelProgram } from "./model.js";
import { type CriticSide, scoresInUse, scoresOfEach, scoresOfSeen, seen } from "./objective.js";
import { type Applied, applied } from "./player.js";
import type { PlayerState, State, StateLayout } from "./state.js";

/** The part of a model that judges samples. */
export interface CriticModel {
  readonly game: CriticSide & Pick<Game, "sampleShape" | "conditionShape">;
  readonly layout: Pick<StateLayout, "critic">;
  readonly state: Pick<State<TensorData>, "critic">;
}

/** Samples to be judged. */
export type JudgedInputs<T> = {
  /** `[n, ...sample]` */
  readonly x: T;
  /** What was asked of each, `[n, ...condition]`, of a model that has conditions. */
  readonly condition?: T;
};

/** Fakes to be judged. */
export type FakeInputs<T> = JudgedInputs<T> & {
  /** As many reals, for a loss that compares. */
  readonly real: T;
};

/** What a critic is probed on: as many fakes as reals. */
export type ProbeInputs<T> = {
  readonly real: JudgedInputs<T>;
  readonly fake: JudgedInputs<T>;
  /** `[n, 1]`, in [0, 1]: where between real and fake the slope is measured. */
  readonly epsilon: T;
};

/**
 * `JudgedInputs` to `scores` `[n]`, the critic's output as its loss reports it: scores, or probabilities.
 * @param model the critic with its trained values
 * @param n samples in one call
 * @param device where it runs. Default: "cpu"
 */
export async function scorerOf(model: CriticModel, n: number, device: Device = "cpu") {
  const program = await compile(
    ({ state, inputs }) => ({ scores: reshape(outputOf(model, state, inputs), [n]) }),
    { state: valuesInUse(model), inputs: judgedSpecs(model, n) },
    { device },
  );
  return modelProgram(program);
}

/** `JudgedInputs` to `slope` `[n]`: the norm of d(critic's output, as `scorerOf` gives it)/d(x). */
export async function slopeOf(model: CriticModel, n: number, device: Device = "cpu") {
  const program = await compile(
    ({ state, inputs }) => ({ slope: gradientNorms(sum(outputOf(model, state, inputs)), inputs.x) }),
    { state: valuesInUse(model), inputs: judgedSpecs(model, n) },
    { device },
  );
  return modelProgram(program);
}

/** `FakeInputs` to `feedback` `[n]`: the norm of d(generator loss)/d(sample) that a fake at x would receive. */
export async function feedbackOf(model: CriticModel, n: number, device: Device = "cpu") {
  const program = await compile(
    ({ state, inputs }) => ({ feedback: gradientNorms(sum(generatorLosses(model, state, inputs)), inputs.x) }),
    { state: valuesInUse(model), inputs: fakeSpecs(model, n) },
    { device },
  );
  return modelProgram(program);
}

/** `FakeInputs` to `descent` `[n, ...sample]`: -d(generator loss of that sample)/d(x), the way that a fake at x is told to go. */
export async function descentOf(model: CriticModel, n: number, device: Device = "cpu") {
  const program = await compile(
    ({ state, inputs }) => ({ descent: neg(gradientBy(sum(generatorLosses(model, state, inputs)), inputs.x)) }),
    { state: valuesInUse(model), inputs: fakeSpecs(model, n) },
    { device },
  );
  return modelProgram(program);
}

/**
 * What one evaluation measures on `ProbeInputs`: `realScores` and `fakeScores` `[n]`, the losses `criticLoss` (without a penalty) and
 * `generatorLoss`, the game's `value`, the `slope` `[n]` of the critic's output on points between real and fake, and the generator `feedback`
 * `[n]`, the norm of the gradient that each fake receives. Where the critic judges packs, each pack has a score.
 */
export async function probeOf(model: CriticModel, n: number, device: Device = "cpu") {
  const { game } = model;
  const samples = judgedSpecs(model, n);
  const inputs: ProbeInputs<InputSpec> = { real: samples, fake: samples, epsilon: { shape: [n, 1] } };
  const program = await compile(
    ({ state, inputs: { real, fake, epsilon } }) => {
      const scores = scoresInUse(game, inUse(model, state), { real, fake });
      const losses = game.loss.generator(scores);
      const between = { ...real, x: mixed(seen(game, real.x), seen(game, fake.x), epsilon) };
      const output = game.loss.activate(scoresOfSeen(game, inUse(model, state), between));
      return {
        realScores: reshape(game.loss.activate(scores.real), [-1]),
        fakeScores: reshape(game.loss.activate(scores.fake), [-1]),
        criticLoss: game.loss.critic(scores),
        generatorLoss: mean(losses),
        value: game.loss.value(scores),
        slope: gradientNorms(sum(output), between.x),
        feedback: gradientNorms(sum(losses), fake.x),
      };
    },
    { state: valuesInUse(model), inputs },
    { device },
  );
  return modelProgram(program);
}

type Values<T> = { readonly critic: Pick<PlayerState<T>, "parameters" | "buffers"> };

/** What of a critic's state it is used with. */
function valuesInUse({ state: { critic } }: CriticModel): Values<TensorData> {
  return { critic: { parameters: critic.parameters, buffers: critic.buffers } };
}

function inUse({ game, layout }: CriticModel, { critic }: Values<Tensor>): Applied {
  return applied(game.critic, layout.critic, critic, { training: false });
}

/** The critic's output as its loss reports it. */
function outputOf(model: CriticModel, state: Values<Tensor>, samples: JudgedInputs<Tensor>): Tensor {
  return model.game.loss.activate(scoresOfEach(model.game, inUse(model, state), samples));
}

/** What the generator would minimise the sum of, each sample by itself. */
function generatorLosses(model: CriticModel, state: Values<Tensor>, { real, ...fake }: FakeInputs<Tensor>): Tensor {
  const scores = (samples: JudgedInputs<Tensor>) => scoresOfEach(model.game, inUse(model, state), samples);
  return model.game.loss.generator({ real: scores({ ...fake, x: real }), fake: scores(fake) });
}

function judgedSpecs({ game }: CriticModel, n: number): JudgedInputs<InputSpec> {
  const { sampleShape, conditionShape } = game;
  return {
    x: { shape: [n, ...sampleShape] },
    ...(conditionShape && { condition: { shape: [n, ...conditionShape] } }),
  };
}

function fakeSpecs(model: CriticModel, n: number): FakeInputs<InputSpec> {
  const samples = judgedSpecs(model, n);
  return { ...samples, real: samples.x };
}

/** Points between reals and fakes: the share `epsilon` `[n, 1]` of each real, the rest of the fake. */
function mixed(real: Tensor, fake: Tensor, epsilon: Tensor): Tensor {
  const share = reshape(epsilon, [real.shape[0]!, ...real.shape.slice(1).map(() => 1)]);
  return add(mul(share, real), mul(sub(1, share), fake));
}

/** The norm of d(y)/d(x) of each sample: over all its elements. */
function gradientNorms(y: Tensor, x: Tensor): Tensor {
  const elements = x.shape.slice(1).map((_, axis) => axis + 1);
  return sqrt(sum(square(gradientBy(y, x)), elements));
}

function gradientBy(y: Tensor, x: Tensor): Tensor {
  const [gradient] = gradients(y, [x]);
  return gradient;
}
