import {
  abs,
  compile,
  concat,
  type Device,
  fill,
  gradients,
  type InputSpec,
  lengthOf,
  mean,
  mul,
  neg,
  reshape,
  sqrt,
  square,
  sum,
  type Tensor,
} from "../engine/index.js";
import { feedbackOn } from "./feedback.js";
import { type Model, modelProgram } from "./model.js";
import { criticTerms, scoresInUse } from "./objective.js";
import { applied } from "./player.js";
import type { PlayerState, State } from "./state.js";

/** The batch that is followed. */
export type FlowInputs<T> = {
  /** `[n, latent]`, standard normal. */
  readonly latent: T;
  /** `[n, ...sample]` */
  readonly real: T;
  /** `[n, 1]`, in [0, 1): between which reals and fakes a penalty is taken. */
  readonly epsilon: T;
};

/**
 * What flows through both networks in an update of each, on `FlowInputs`, as they are while they are trained, without conditions and noise:
 * - forward: `fakes` `[n, ...sample]`; the critic's answers `realAnswers` and `fakeAnswers` `[n]` as its loss reports them; `criticLoss`, which
 *   holds its `penalty` (0 where there is none), `generatorLoss`, and the game's `value`;
 * - backward, in the critic's update: `criticPush` `[2 n]`, the magnitude of d(its loss of that answer)/d(raw answer) of reals and of fakes, and `criticWeights`, the norm
 *   of its parameters' gradient;
 * - backward, in the generator's update: `generatorPush` `[n]`, the same of the generator's loss; `descent` `[n, ...sample]`, -d(that loss)/d(fake); and
 *   `generatorWeights`, the norm of its parameters' gradient.
 */
export async function flowOf(model: Model, n: number, device: Device = "cpu") {
  const { game, layout } = model;
  const inputs: FlowInputs<InputSpec> = {
    latent: { shape: [n, game.latent] },
    real: { shape: [n, ...game.sampleShape] },
    epsilon: { shape: [n, 1] },
  };
  const program = await compile(
    ({ state, inputs: { latent, real, epsilon } }) => {
      const trained = { training: true, renew: false };
      const generator = applied(game.generator, layout.generator, state.generator, trained);
      const critic = applied(game.critic, layout.critic, state.critic, trained);
      const fakes = generator.apply(latent);
      const batch = { real: { x: real }, fake: { x: fakes } };
      const scores = scoresInUse(game, critic, batch);
      const { terms, value } = criticTerms(game, critic, batch, { epsilon, noise: {} });
      const criticFeedback = feedbackOn(critic, layout.critic, terms);
      const ofAnswers = gradients(game.loss.critic(scores), [scores.real, scores.fake]);
      const losses = game.loss.generator(scores);
      const [ofFakeAnswers, ofFakes] = gradients(sum(losses), [scores.fake, fakes]);
      const generatorFeedback = feedbackOn(generator, layout.generator, { adversarial: mean(losses) });
      return {
        fakes,
        realAnswers: answers(game.loss.activate(scores.real)),
        fakeAnswers: answers(game.loss.activate(scores.fake)),
        criticLoss: criticFeedback.loss,
        penalty: terms.penalty ?? fill([], 0),
        generatorLoss: generatorFeedback.loss,
        value,
        // The loss is a mean over the answers of each kind.
        criticPush: concat(
          ofAnswers.map((gradient) => mul(lengthOf(gradient.shape, 0), magnitudes(gradient))),
          0,
        ),
        criticWeights: norm(criticFeedback.gradient),
        generatorPush: magnitudes(ofFakeAnswers),
        descent: neg(ofFakes),
        generatorWeights: norm(generatorFeedback.gradient),
      };
    },
    { state: valuesTrained(model.state), inputs },
    { device },
  );
  const compiled = modelProgram(program);
  return {
    run: (state: Model["state"], inputs: Parameters<typeof compiled.run>[1]) =>
      compiled.run(valuesTrained(state), inputs),
    release: () => compiled.release(),
  };
}

type Trained<T> = Pick<PlayerState<T>, "parameters" | "buffers">;

/** What of a state its networks are trained with. */
function valuesTrained<T>({ generator, critic }: State<T>): Readonly<Record<"generator" | "critic", Trained<T>>> {
  const of = ({ parameters, buffers }: PlayerState<T>) => ({ parameters, buffers });
  return { generator: of(generator), critic: of(critic) };
}

function answers(output: Tensor): Tensor {
  return reshape(output, [-1]);
}

function magnitudes(gradient: Tensor): Tensor {
  return reshape(abs(gradient), [-1]);
}

function norm(vector: Tensor): Tensor {
  return sqrt(sum(square(vector)));
}
