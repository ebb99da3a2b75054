import { type Device, type InputSpec, mul, sizeOf, square, sub, sum, type TensorData } from "../engine/index.js";
import type { Network } from "../networks/index.js";
import { adam, cosine } from "../optimizers/index.js";
import type { Rng } from "../random.js";
import { trainAlone } from "./alone.js";
import { type GeneratorModel, generateFixed, type SamplerInputs, samplerSpecs } from "./generator.js";
import { drawSamplerInputs, fixedSampler } from "./sampling.js";

/** What a sample is made of. */
export interface Origin {
  /** `[latent]` */
  readonly latent: Float32Array;
  /** `[...condition]`; `undefined` of a model without conditions. */
  readonly condition: Float32Array | undefined;
}

/** Where a search ended. */
export interface Found extends Origin {
  /** `[...sample]` */
  readonly sample: Float32Array;
  /** The mean of the squared differences between sample and target, over all elements. */
  readonly distance: number;
  /** What was minimised. */
  readonly loss: number;
}

export interface LatentSearchOptions {
  /** Updates. */
  readonly steps: number;
  /** Weight of |z|^2 beside the squared distance. */
  readonly pull: number;
  /** Of Adam; it falls to 0 along half a cosine. */
  readonly learningRate: number;
  /** Draws the noise that the generator asks for in use. */
  readonly rng: Rng;
  readonly device?: Device | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Moves latents so that their samples come near to a target. */
export interface LatentSearch {
  /**
   * @param begun `n` at most
   * @param onStep hears how many updates are done
   */
  run(begun: readonly Origin[], onStep: (done: number) => void): Promise<Found[]>;
  release(): Promise<void>;
}

/** Prepares searches of `n` latents at a time: the training of a network that has the latents for parameters. */
export async function latentSearch(
  model: GeneratorModel,
  target: Float32Array,
  n: number,
  { steps, pull, learningRate, rng, device, signal }: LatentSearchOptions,
): Promise<LatentSearch> {
  const { game } = model;
  const compiling = { ...(device && { device }) };
  const { latent: latentSpec, ...asked }: SamplerInputs<InputSpec> = samplerSpecs(game, n);
  const goal: TensorData = { shape: [1, ...game.sampleShape], data: target };
  const latents: Network = {
    init: () => ({ parameters: { latent: { shape: latentSpec.shape, data: new Float32Array(n * game.latent) } } }),
    apply: ({ latent }, _, { condition, noise }) =>
      generateFixed(model, { latent: latent!, ...(condition && { condition }), noise }),
  };
  const optimizer = adam({ learningRate: { initial: learningRate, schedule: cosine({ over: steps }) } });
  const { noise } = drawSamplerInputs(game, n, rng);
  const descent = await trainAlone({ network: latents, optimizer }, rng, {
    ...compiling,
    name: "projection",
    specs: { goal: { shape: goal.shape }, asked },
    terms: ({ apply, parameters }, { goal, asked }) => ({
      distance: sum(square(sub(apply(goal, asked), goal))),
      prior: mul(pull, sum(square(parameters.latent!))),
    }),
  });
  const sampler = await fixedSampler(model, n, compiling);
  const start = descent.state();
  const size = target.length;

  return {
    async run(begun, onStep) {
      const first = stacked(
        begun.map(({ latent }) => latent),
        [n, game.latent],
      );
      const conditions = begun.flatMap(({ condition }) => condition ?? []);
      const asked = {
        ...(game.conditionShape && { condition: stacked(conditions, [n, ...game.conditionShape]) }),
        ...(noise && { noise }),
      };
      descent.restart({ ...start, parameters: { shape: start.parameters.shape, data: first.data } }, 0);
      for (let step = 1; step <= steps; step++) {
        signal?.throwIfAborted();
        await descent.update({ goal, asked });
        onStep(step);
      }
      const data = Float32Array.from(descent.state().parameters.data);
      const samples = await sampler.run({ latent: { shape: latentSpec.shape, data }, ...asked });
      return begun.map(({ condition }, i) => {
        const latent = data.slice(i * game.latent, (i + 1) * game.latent);
        const sample = samples.slice(i * size, (i + 1) * size);
        const squares = sample.reduce((sum, x, k) => sum + (x - target[k]!) ** 2, 0);
        return {
          latent,
          condition,
          sample,
          distance: squares / size,
          loss: squares + pull * latent.reduce((sum, z) => sum + z * z, 0),
        };
      });
    },
    async release() {
      await Promise.all([descent.release(), sampler.release()]);
    },
  };
}

/** Rows as one tensor; zeros where the shape has more. */
function stacked(rows: readonly Float32Array[], shape: readonly number[]): TensorData {
  const data = new Float32Array(sizeOf(shape));
  for (const [i, row] of rows.entries()) data.set(row, i * row.length);
  return { shape, data };
}
