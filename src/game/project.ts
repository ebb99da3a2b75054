import { oneHot } from "../data/labels.js";
import { type Device, sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { checkAbove0, checkFrom0 } from "../optimizers/ranges.js";
import { createRng, type Rng } from "../random.js";
import { Divergence } from "./divergence.js";
import type { GeneratorModel } from "./generator.js";
import { type Found, latentSearch, type Origin } from "./latentSearch.js";

/** How the latent of a sample is searched for. */
export interface ProjectOptions {
  /** What is asked of the sample, `[...condition]`, of a model that has conditions. Default: each category is tried. */
  readonly condition?: Float32Array | undefined;
  /** Latents that the search begins at, for each category that is tried. Default: 4. */
  readonly starts?: number | undefined;
  /** Updates of each. Default: 300. */
  readonly steps?: number | undefined;
  /** Weight of |z|^2 beside the squared distance, from 0. Default: 0.01. */
  readonly pull?: number | undefined;
  /** Adam's learning rate, which falls to 0 along half a cosine. Default: 0.1. */
  readonly learningRate?: number | undefined;
  /** Draws where the search begins. Default: a generator of seed 0. */
  readonly rng?: Rng | undefined;
  /** Where it runs. Default: "cpu". */
  readonly device?: Device | undefined;
  /** Ends the search, with its reason as the error, once it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Hears how many of all updates are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A sample of a model, what it is made of, and how far it is from a target. */
export type Projection = Omit<Found, "loss">;

/** Latents that are moved at a time: enough to be fast, few enough to need little memory. */
const ROWS = 32;

/**
 * The samples of a model that are nearest to a target x, the nearest first: one for each condition that is tried. By gradient descent on the
 * latent, from several random starts of which the best is kept,
 *
 *     minimise  |G(z, c) - x|^2 + pull |z|^2,
 *
 * which finds the most likely latent where z is standard normal and x is its sample with normal noise of variance `pull` in each element
 * (Creswell and Bharath 2016, arXiv:1611.05644, with the prior beside the distance). More starts find a nearer one, or the same again.
 *
 * ```ts
 * const [nearest] = await project(model, image);
 * console.log(nearest.distance, nearest.latent);
 * ```
 * @param model the generator with its trained values
 * @param target `[...sample]`, flat, in training units: images in [-1, 1]
 * @param options how long and from where it searches
 * @throws InputError where an option is out of range, the target has another length or a number that is not finite, or the generator makes
 * such numbers
 */
export async function project(
  model: GeneratorModel,
  target: Float32Array,
  options: ProjectOptions = {},
): Promise<readonly [Projection, ...Projection[]]> {
  const { game } = model;
  const { starts = 4, steps = 300, pull = 0.01, learningRate = 0.1, rng = createRng(0), onProgress } = options;
  checkCount("starts", starts);
  checkCount("steps", steps);
  checkFrom0("The pull", pull);
  checkAbove0("The learning rate", learningRate);
  checkTarget(target, sizeOf(game.sampleShape));
  const latents = rng.normals(starts * game.latent);
  // The same latents for each condition, so that nothing but the condition makes the difference.
  const begun = conditionsToTry(game, options.condition).flatMap((condition) =>
    Array.from({ length: starts }, (_, i): Origin => {
      return { latent: latents.subarray(i * game.latent, (i + 1) * game.latent), condition };
    }),
  );
  const n = Math.min(ROWS, begun.length);
  const search = await latentSearch(model, target, n, { ...options, steps, pull, learningRate, rng });
  const found: Found[] = [];
  try {
    for (let at = 0; at < begun.length; at += n) {
      const rows = begun.slice(at, at + n);
      const onStep = (step: number) => onProgress?.(at * steps + step * rows.length, begun.length * steps);
      found.push(...(await search.run(rows, onStep)));
    }
  } catch (error) {
    throw error instanceof Divergence ? new InputError(DIVERGED) : error;
  } finally {
    await search.release();
  }
  const nearest = Array.from({ length: begun.length / starts }, (_, i) =>
    found.slice(i * starts, (i + 1) * starts).reduce((best, one) => (one.loss < best.loss ? one : best)),
  );
  const [first, ...others] = nearest
    .sort((a, b) => a.distance - b.distance)
    .map(({ loss: _, ...projection }) => projection);
  if (!first) throw new InputError(DIVERGED);
  return [first, ...others];
}

const DIVERGED = "The search reached numbers that are not finite: the generator's training diverged. Train it again.";

/** What is asked for in turn: one thing, each category, or nothing. */
function conditionsToTry(
  { conditionShape, isConditionOptional = false }: GeneratorModel["game"],
  condition: Float32Array | undefined,
): readonly (Float32Array | undefined)[] {
  if (!conditionShape) return [undefined];
  const length = sizeOf(conditionShape);
  if (condition) return [condition];
  if (isConditionOptional) return [new Float32Array(length)];
  return Array.from({ length }, (_, category) => oneHot([category], length));
}

function checkCount(what: string, count: number): void {
  if (!(Number.isInteger(count) && count >= 1))
    throw new InputError(`The number of ${what} must be a whole number from 1, not ${count}.`);
}

function checkTarget(target: Float32Array, size: number): void {
  if (target.length !== size)
    throw new InputError(
      `A sample of this model has ${size} numbers, and what it is to come near to has ${target.length}.`,
    );
  if (!target.every(Number.isFinite)) throw new InputError("What a sample is to come near to must be finite numbers.");
}
