import { type CompileOptions, compile, reshape, slice } from "../engine/index.js";
import type { Rng } from "../random.js";
import { Divergence, faultIn } from "./divergence.js";
import type { Model } from "./model.js";
import {
  criticGradients,
  criticReport,
  initialState,
  nextState,
  type State,
  type StepParts,
  stateReport,
  update,
} from "./step.js";

/** A critic, or discriminator, that is trained without a generator, on samples that whoever drives it brings. */
export interface CriticAlone {
  /**
   * One update on as many reals as fakes, `[batch, ...sample]` each.
   * @throws Divergence
   */
  update(real: Float32Array, fake: Float32Array): Promise<void>;
  /**
   * Goes on from the critic of another state of the same networks, its optimizer as at first.
   * @param rng draws what each further update needs
   */
  restart(from: State, rng: Rng): void;
  /** As it is now. Its generator is that of the state that it began from. */
  model(): Model;
  release(): Promise<void>;
}

/**
 * Prepares the training of `parts.critic`.
 * @param rng draws its first weights, and then what each update needs
 */
export async function createCriticAlone(
  parts: StepParts,
  rng: Rng,
  options: CompileOptions = {},
): Promise<CriticAlone> {
  const { batch, sampleShape, criticOptimizer: optimizer } = parts;
  const { state: first, layout } = initialState(parts, rng);
  const names = Object.keys(first).filter((name) => /^(critic|constraint)\b/.test(name));
  const scalarCount = optimizer.scalars(1).length;
  const ofCritic = (state: State): State => Object.fromEntries(names.map((name) => [name, state[name]!]));
  const specs = {
    ...ofCritic(first),
    real: { shape: [batch, ...sampleShape] },
    fake: { shape: [batch, ...sampleShape] },
    epsilon: { shape: [batch, 1] },
    scalars: { shape: [scalarCount] },
  } as Record<string, { shape: readonly number[] }>;
  const step = await compile(
    ({ real, fake, epsilon, scalars, ...state }) => {
      const rates = Array.from({ length: scalarCount }, (_, i) => reshape(slice(scalars!, [i], [i + 1]), []));
      const feedback = criticGradients(parts, layout, state, { real: real!, fake: fake!, epsilon: epsilon! });
      const next = update(parts, layout, "critic", state, feedback, rates);
      return { ...criticReport([feedback]), ...stateReport(names, next) };
    },
    specs,
    options,
  );
  const input = (name: string, data: Float32Array) => ({ shape: specs[name]!.shape, data });
  let origin = first;
  let state = ofCritic(first);
  let draws = rng;
  let updates = 0;
  return {
    async update(real, fake) {
      const result = await step.run({
        ...state,
        real: input("real", real),
        fake: input("fake", fake),
        epsilon: input("epsilon", draws.uniforms(batch)),
        scalars: input("scalars", Float32Array.from(optimizer.scalars(++updates))),
      });
      const term = faultIn(result, layout);
      if (term) throw new Divergence(updates, term, parts.constraint.name);
      state = nextState(result);
    },
    restart(from, newDraws) {
      origin = from;
      draws = newDraws;
      updates = 0;
      state = Object.fromEntries(names.map((name) => [name, (name.startsWith("critic.") ? first : from)[name]!]));
    },
    model: () => ({ parts, layout, state: { ...origin, ...state } }),
    release: () => step.release(),
  };
}
