import { InputError } from "../errors.js";
import { createRng, type Rng } from "../random.js";
import type { GeneratorModel } from "./generator.js";
import { latentArc } from "./latentArc.js";
import { drawConditions, generateSamples, type SampleOptions } from "./sampling.js";

/** A place that a way of samples passes. */
export interface Stop {
  /** `[latent]` */
  readonly latent: Float32Array;
  /** `[...condition]`, of a model that has conditions. Default: a category that is drawn, the same for all such stops. */
  readonly condition?: Float32Array | undefined;
}

/** How many samples lie between two stops, and where they are computed. */
export interface InterpolateOptions extends Pick<SampleOptions, "device"> {
  /** Samples from each stop to the next, both included: 2 at least. Default: 10. */
  readonly steps?: number | undefined;
  /** Draws what the stops leave open. Default: a generator of seed 0. */
  readonly rng?: Rng | undefined;
}

/**
 * Samples of a model on the way through stops, flat, `[1 + (stops - 1) (steps - 1), ...sample]`: between two stops the latent goes along the arc
 * between theirs (`latentArc`), and the condition along the straight line. Where both have the same latent, only the condition changes.
 *
 * ```ts
 * const latents = [rng.normals(model.game.latent), rng.normals(model.game.latent)];
 * const samples = await interpolate(model, latents.map((latent) => ({ latent })), { steps: 8 });
 * ```
 * @param model the generator with its trained values
 * @param stops two at least: latents, conditions, or both
 * @param options steps, the generator of random numbers, and the device
 * @throws InputError where there are fewer than 2 stops or steps, or samples are not finite
 */
export async function interpolate(
  model: GeneratorModel,
  stops: readonly Stop[],
  { steps = 10, rng = createRng(0), device }: InterpolateOptions = {},
): Promise<Float32Array> {
  if (stops.length < 2) throw new InputError("A way needs two stops at least.");
  if (!(Number.isInteger(steps) && steps >= 2))
    throw new InputError("A way from stop to stop has a whole number of steps, 2 at least.");
  const { game } = model;
  const drawn = stops.every(({ condition }) => condition) ? undefined : drawConditions(game, 1, rng);
  const conditions = stops.flatMap(({ condition = drawn }) => condition ?? []);
  const latents = along(
    stops.map(({ latent }) => latent),
    (a, b) => latentArc(a, b, steps),
  );
  return await generateSamples(model, latents.length / game.latent, rng, {
    latents,
    ...(game.conditionShape && { condition: along(conditions, (a, b) => straightLine(a, b, steps)) }),
    device,
  });
}

/** The ways from each stop to the next, one behind the other, with the stops between them once. */
function along(stops: readonly Float32Array[], way: (a: Float32Array, b: Float32Array) => Float32Array): Float32Array {
  const [first = new Float32Array()] = stops;
  const legs = stops.slice(1).map((stop, i) => way(stops[i] ?? stop, stop).subarray(first.length));
  const all = new Float32Array(first.length + legs.reduce((sum, { length }) => sum + length, 0));
  all.set(first);
  let filled = first.length;
  for (const leg of legs) {
    all.set(leg, filled);
    filled += leg.length;
  }
  return all;
}

function straightLine(a: Float32Array, b: Float32Array, steps: number): Float32Array {
  return Float32Array.from({ length: steps * a.length }, (_, i) => {
    const t = Math.floor(i / a.length) / (steps - 1);
    const [from = 0, to = 0] = [a[i % a.length], b[i % a.length]];
    return (1 - t) * from + t * to;
  });
}
