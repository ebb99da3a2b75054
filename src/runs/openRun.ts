import { type DecodeOptions, decode, encode } from "../data/codecs/index.js";
import { conditionWhere } from "../data/where.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { scorerOf } from "../game/judging.js";
import { latentArc } from "../game/latentArc.js";
import { drawConditions, drawSamplerInputs, finiteSamples, fixedSampler, generateSamples } from "../game/sampling.js";
import { createRng, type Rng } from "../random.js";
import { recordsOf, sampleRows } from "./sampleRows.js";
import type { RowsAsked } from "./sampleTables.js";
import { type CheckpointChoice, loadRun, type SavedRun } from "./savedRun.js";

/** What samples are asked for. */
export interface Asked {
  /** A condition, such as "mode=3", of a run that was trained with labels. Default: categories are drawn, each equally likely. */
  readonly where?: string | undefined;
  /** The same seed gives the same samples. Default: 0. */
  readonly seed?: number | undefined;
}

/**
 * A saved run, finished or not, ready to be used. Samples are flat, `[count, ...sample]`, in the units of its data; of a table `[count, columns]`,
 * as numbers: places of categories, -1 for a missing one, and NaN for a missing number (`sampleRows` gives rows as the file has them).
 */
export interface OpenRun extends SavedRun {
  /** `count` new samples. */
  sample(count: number, options?: Asked & DecodeOptions): Promise<Float64Array>;
  /**
   * `count` new rows of a run on a table, as its file has them: a text for each column.
   * @throws InputError where the run is of no table, or a condition names no column or no value of one, or is too rarely met
   */
  sampleRows(count: number, options?: RowsAsked): Promise<readonly Readonly<Record<string, string>>[]>;
  /** The samples that the generator makes of latents, flat `[count, latent]`: standard normal numbers in training. */
  generate(latents: ArrayLike<number>, options?: Asked & DecodeOptions): Promise<Float64Array>;
  /** Samples on the way from one latent to another, both drawn with the seed, on an arc: `steps` of them. */
  interpolate(steps: number, options?: Asked & DecodeOptions): Promise<Float64Array>;
  /**
   * What the critic says of samples: a score each, or a probability where the loss asks for one.
   * @throws InputError where they are no whole number of samples, or the run has conditions and none is chosen
   */
  score(samples: ArrayLike<number>, options?: Pick<Asked, "where">): Promise<Float32Array>;
}

/**
 * Opens the run in `directory`. Its data need not be there.
 *
 * ```ts
 * const run = await openRun("runs/ring");
 * const points = await run.sample(1000, { seed: 1 });
 * ```
 * @throws InputError where the folder holds no usable checkpoint, or not the one that is chosen, or one of another version of this package
 */
export async function openRun(directory: string, choice: CheckpointChoice = {}): Promise<OpenRun> {
  const run = await loadRun(directory, choice);
  const { model, data, config } = run;
  const { game } = model;
  const conditionOf = (where: string | undefined) =>
    where === undefined ? undefined : conditionWhere(where, data.fields.condition);

  async function made(latents: ArrayLike<number>, rng: Rng, condition: Float32Array | undefined, units: DecodeOptions) {
    const count = rowsOf("latents", latents, [config.latent]);
    const inputs = drawSamplerInputs(game, count, rng, drawConditions(game, count, rng, condition));
    const sampler = await fixedSampler(model, count);
    const samples = await sampler.run({
      ...inputs,
      latent: { shape: [count, config.latent], data: Float32Array.from(latents) },
    });
    await sampler.release();
    return decode(data.codec, finiteSamples(samples), units);
  }

  return {
    ...run,
    generate: (latents, { where, seed = 0, ...units } = {}) =>
      made(latents, createRng(seed), conditionOf(where), units),
    async sample(count, { where, seed = 0, ...units } = {}) {
      const condition = conditionOf(where);
      const samples = await generateSamples(model, count, createRng(seed), { ...(condition && { condition }) });
      return decode(data.codec, samples, units);
    },
    sampleRows: async (count, options) => recordsOf(await sampleRows(run, count, options)),
    async interpolate(steps, { where, seed = 0, ...units } = {}) {
      const rng = createRng(seed);
      const arc = latentArc(rng.normals(config.latent), rng.normals(config.latent), steps);
      const condition = conditionOf(where) ?? drawConditions(game, 1, rng);
      return await made(arc, rng, condition, units);
    },
    async score(samples, { where } = {}) {
      const { condition, given, sample } = data.fields;
      const count = rowsOf(
        "samples",
        samples,
        data.codec.kind === "tableRows" ? [data.codec.columns.length] : sample.shape,
      );
      if (condition && where === undefined) {
        throw new InputError(
          `The critic of ${directory} judges samples under a condition: choose one, such as where: "${condition.name}=${condition.categories[0]}".`,
        );
      }
      const conditions = condition ?? given;
      const asked = drawConditions(game, count, createRng(0), conditionOf(where));
      const scorer = await scorerOf(model, count);
      const { scores } = await scorer.run(model.state, {
        x: { shape: [count, ...sample.shape], data: encode(data.codec, samples) },
        ...(asked && conditions && { condition: { shape: [count, ...conditions.shape], data: asked } }),
      });
      await scorer.release();
      return scores;
    },
  };
}

/** How many there are of a shape, in a flat array. */
function rowsOf(what: string, { length }: ArrayLike<number>, shape: readonly number[]): number {
  const count = length / sizeOf(shape);
  if (count >= 1 && Number.isInteger(count)) return count;
  throw new InputError(`${length} numbers are no whole number of ${what}, which have shape [${shape.join(", ")}].`);
}
