import { conditionWhere } from "../data/where.js";
import { InputError } from "../errors.js";
import type { GeneratorModel } from "../game/generator.js";
import type { Stop } from "../game/interpolate.js";
import { drawConditions } from "../game/sampling.js";
import { createRng, type Rng } from "../random.js";
import type { SavedRun } from "./runRecord.js";

/** What a way of samples leads through. Of `stops`, `seeds` and `latents` one at most is given. */
export interface WayAsked {
  /** The condition of all stops, such as "digit=1", or of the first where `toWhere` is given. Default: a category that is drawn. */
  readonly where?: string | undefined;
  /** The conditions of the stops after the first: the way leads from class to class. Default: that of the first. */
  readonly toWhere?: readonly string[] | undefined;
  /** How many latents are drawn as stops. Default: 2, or where `toWhere` is given 1, which stays while the condition changes. */
  readonly stops?: number | undefined;
  /** Seeds of the stops: each is the one sample that `sample(1, { seed })` makes. */
  readonly seeds?: readonly number[] | undefined;
  /** Own latents of the stops, flat, `[stops, latent]`. */
  readonly latents?: Float32Array | undefined;
}

/**
 * The stops of a way.
 * @param rng draws latents that are not given
 * @throws InputError where there are fewer than two, two of the options contradict each other, or a condition is none of the run's
 */
export function wayStops({ model: { game }, data }: SavedRun, asked: WayAsked, rng: Rng): readonly Stop[] {
  const { where, toWhere = [] } = asked;
  if (toWhere.length > 0 && where === undefined)
    throw new InputError("The first condition is missing: give it with --where.");
  const [first, ...others] = [where ?? [], toWhere].flat().map((text) => conditionWhere(text, data.fields.condition));
  const found = latentsOf(game, asked, first, rng);
  if (others.length === 0) {
    if (found.length > 1) return found.map((stop) => ({ ...stop, ...(first && { condition: first }) }));
    throw new InputError("A way needs two stops at least: give another.");
  }
  const conditions = [first, ...others];
  if (found.length > 1 && found.length !== conditions.length)
    throw new InputError(
      `The way has ${found.length} latents and ${conditions.length} conditions: give as many of these, or one.`,
    );
  return conditions.flatMap((condition, i) => {
    const stop = found[i] ?? found[0];
    return stop ? [{ ...stop, condition }] : [];
  });
}

/** The latents of the stops; with the category of each where seeds draw both. */
function latentsOf(
  game: GeneratorModel["game"],
  { toWhere = [], stops, seeds, latents }: WayAsked,
  condition: Float32Array | undefined,
  rng: Rng,
): readonly Stop[] {
  if ([stops, seeds, latents].filter((given) => given !== undefined).length > 1)
    throw new InputError("The stops of a way come from one of --stops, --seeds and --latents: leave out the others.");
  if (seeds)
    return seeds.map((seed) => {
      const own = createRng(seed);
      return { condition: drawConditions(game, 1, own, condition), latent: own.normals(game.latent) };
    });
  const count = latents ? latents.length / game.latent : (stops ?? (toWhere.length > 0 ? 1 : 2));
  const all = latents ?? rng.normals(count * game.latent);
  return Array.from({ length: count }, (_, i) => ({ latent: all.slice(i * game.latent, (i + 1) * game.latent) }));
}
