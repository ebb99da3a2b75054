import { type DecodeOptions, decode, encode } from "../data/codecs/index.js";
import { conditionWhere } from "../data/where.js";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { interpolate } from "../game/interpolate.js";
import { scorerOf } from "../game/judging.js";
import type { ProjectOptions } from "../game/project.js";
import { drawConditions, generateSamples, type SampleOptions } from "../game/sampling.js";
import { createRng } from "../random.js";
import { type ProjectedSample, projectSample } from "./projectSample.js";
import { refuseTable } from "./refuseTable.js";
import type { SavedRun } from "./runRecord.js";
import { recordsOf, sampleRows } from "./sampleRows.js";
import type { RowsAsked } from "./sampleTables.js";
import { type CheckpointChoice, loadRun } from "./savedRun.js";
import { type WayAsked, wayStops } from "./wayStops.js";

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
  /**
   * `count` new samples, of truncated latents where a `truncation` is given (not of a table).
   * @param count how many samples
   * @param options seed, conditions, truncation, and how samples are rounded
   */
  sample(count: number, options?: Asked & Pick<SampleOptions, "truncation"> & DecodeOptions): Promise<Float64Array>;
  /**
   * `count` new rows of a run on a table, as its file has them: a text for each column.
   * @param count how many rows
   * @param options seed, conditions, threads, and how cells are written
   * @throws InputError where the run is of no table, or a condition names no column or no value of one, or is too rarely met
   */
  sampleRows(count: number, options?: RowsAsked): Promise<readonly Readonly<Record<string, string>>[]>;
  /**
   * The samples that the generator makes of latents, flat `[count, latent]`: standard normal numbers in training.
   * @param latents `[count, latent]`, flat
   * @param options conditions, and how samples are rounded
   */
  generate(latents: ArrayLike<number>, options?: Asked & DecodeOptions): Promise<Float64Array>;
  /**
   * Samples on the way from one latent to another, both drawn with the seed, on an arc: `steps` of them, or as many for each pair of stops that
   * follow each other. Stops may be latents, seeds or categories too. Not of a table.
   * @param steps samples from one stop to the next, both included
   * @param options stops, seed, conditions, and how samples are rounded
   */
  interpolate(steps: number, options?: Asked & WayAsked & DecodeOptions): Promise<Float64Array>;
  /**
   * The samples of the generator that are nearest to a given one, found by gradient descent on the latent, the nearest first: one for each category
   * of a run with conditions, unless one is asked for. Not of a table.
   * @param sample in the units of the data: bytes, of an image
   * @param options conditions, and how long and from where it searches
   */
  project(
    sample: ArrayLike<number>,
    options?: Asked & Pick<ProjectOptions, "starts" | "steps" | "pull" | "signal" | "onProgress">,
  ): Promise<readonly [ProjectedSample, ...ProjectedSample[]]>;
  /**
   * What the critic says of samples: a score each, or a probability where the loss asks for one.
   * @param samples `[count, ...sample]`, flat, in the units of the data
   * @param options the category that they are said to be of
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
 * @param directory the folder of a run
 * @param choice which of its checkpoints. Default: the newest one that is whole
 * @throws InputError where the folder holds no usable checkpoint, or not the one that is chosen, or one of another version of this package
 */
export async function openRun(directory: string, choice: CheckpointChoice = {}): Promise<OpenRun> {
  const run = await loadRun(directory, choice);
  const { model, data, config } = run;
  const { game } = model;
  const conditionOf = (where: string | undefined) =>
    where === undefined ? undefined : conditionWhere(where, data.fields.condition);

  async function made(count: number, { where, seed = 0, ...units }: Asked & DecodeOptions, options: SampleOptions) {
    const samples = await generateSamples(model, count, createRng(seed), { condition: conditionOf(where), ...options });
    return decode(data.codec, samples, units);
  }

  return {
    ...run,
    async generate(latents, options = {}) {
      const count = rowsOf("latents", latents, [config.latent]);
      return await made(count, options, { latents: Float32Array.from(latents) });
    },
    async sample(count, { truncation, ...options } = {}) {
      if (truncation !== undefined) refuseTable(run, "Truncated latents");
      return await made(count, options, { truncation });
    },
    sampleRows: async (count, options) => recordsOf(await sampleRows(run, count, options)),
    async interpolate(steps, { seed = 0, where, toWhere, stops, seeds, latents, ...units } = {}) {
      refuseTable(run, "Ways between samples");
      const rng = createRng(seed);
      const way = wayStops(run, { where, toWhere, stops, seeds, latents }, rng);
      return decode(data.codec, await interpolate(model, way, { steps, rng }), units);
    },
    project: (sample, { seed = 0, ...options } = {}) =>
      projectSample(run, sample, { ...options, rng: createRng(seed) }),
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
  throw new InputError(`${length} numbers are not a whole number of ${what}, which have shape [${shape.join(", ")}].`);
}
