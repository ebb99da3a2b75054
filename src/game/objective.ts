import { concat, fill, lengthOf, mapTree, mean, mul, reshape, slice, type Tensor } from "../engine/index.js";
import type { Scores } from "../losses/index.js";
import { type BatchShare, dealt, shareOfPacks, shareOfSamples } from "./batchShare.js";
import type { Terms } from "./feedback.js";
import type { Batch, Game, Samples } from "./game.js";
import type { Applied } from "./player.js";
import type { PlayerName } from "./state.js";

/** What of a game judges samples. */
export type CriticSide = Pick<Game, "loss" | "critic" | "pack" | "view" | "terms">;

/** Noise for a batch of reals and one of fakes together, `[2 packs, ...shape]` each, that of the reals first. */
type Noises = Readonly<Record<string, Tensor>>;

/** What terms are computed under. */
interface TermCircumstances {
  readonly noise: Noises;
  /** What the batch is of that which ranks share: terms are parts of its terms then, whose sum over the ranks they are. Default: all of it. */
  readonly share?: BatchShare | undefined;
}

interface CriticCircumstances extends TermCircumstances {
  /** `[batch, 1]`, uniform in [0, 1) */
  readonly epsilon: Tensor;
  /** What the constraint's penalty is multiplied by; 0 leaves it out. Default: 1. */
  readonly penaltyWeight?: number | undefined;
}

/**
 * What the critic minimises: the loss, `adversarial`, the constraint's `penalty` where it has one (0 where its weight is), and the user's
 * terms.
 */
export function criticTerms(
  game: CriticSide,
  critic: Applied,
  batch: Batch,
  { epsilon, noise, penaltyWeight = 1, share }: CriticCircumstances,
): { readonly terms: Terms; readonly value: Tensor } {
  const packs = packed(game, batch);
  const scores = scoresTogether(game, critic, packs, noise);
  const { penalty, penaltyShare = 1 } = game.critic.constraint ?? {};
  const penalised = penalisedPacks(packs, penaltyShare, share);
  const some = (x: Tensor) => firstRows(x, penalised.count);
  const criticOf =
    ({ condition }: Samples, own: Noises) =>
    (x: Tensor) =>
      critic.apply(x, { condition: condition && some(condition), noise: mapTree(own, some) });
  const on = () => ({
    critic: criticOf(packs.real, half(noise, 0)),
    criticOfFakes: criticOf(packs.fake, half(noise, 1)),
    real: some(packs.real.x),
    fake: some(packs.fake.x),
    epsilon: some(epsilon),
  });
  const part = share ? shareOfPacks(share) : 1;
  return {
    terms: {
      adversarial: weighted(() => game.loss.critic(scores), part),
      ...(penalty && { penalty: weighted(() => penalty(on()), penaltyWeight * penalised.part) }),
      ...ownTerms(game, "critic", batch, share),
    },
    value: weighted(() => game.loss.value(scores), part),
  };
}

/** How many packs a penalty is computed on, the first ones of a batch, and which part of all such that is. */
function penalisedPacks({ real }: Batch, penaltyShare: number, share: BatchShare | undefined) {
  const packs = share ? Math.floor(share.samples / share.pack) : lengthOf(real.x.shape, 0);
  const all = Math.max(1, Math.round(penaltyShare * packs));
  const count = share ? dealt(all, share) : all;
  return { count, part: count / all };
}

/** A term at a weight; it is not computed where that is 0. */
function weighted(term: () => Tensor, weight: number): Tensor {
  if (weight === 0) return fill([], 0);
  return weight === 1 ? term() : mul(term(), weight);
}

/**
 * What the generator minimises: the mean of the loss over its fakes, `adversarial`, and the user's terms. Only a loss that looks at the
 * reals has the critic score them.
 */
export function generatorTerms(
  game: CriticSide,
  critic: Applied,
  batch: Batch,
  { noise, share }: TermCircumstances,
): Terms {
  const scores = scoresApart(critic, packed(game, batch), noise);
  return {
    adversarial: weighted(() => mean(game.loss.generator(scores)), share ? shareOfPacks(share) : 1),
    ...ownTerms(game, "generator", batch, share),
  };
}

/** The critic's outputs on packs of reals and of fakes, without noise: as it is used, not trained. */
export function scoresInUse(game: CriticSide, critic: Applied, batch: Batch): Scores {
  return scoresApart(critic, packed(game, batch), {});
}

/** The critic's outputs on samples, `[n, 1]`. A critic of packs judges each as a pack of its copies. */
export function scoresOfEach(game: CriticSide, critic: Applied, { x, condition }: Samples): Tensor {
  return scoresOfSeen(game, critic, { x: seen(game, x), condition });
}

/** As `scoresOfEach`, of samples as the critic sees them (`seen`). */
export function scoresOfSeen({ pack = 1 }: CriticSide, critic: Applied, { x, condition }: Samples): Tensor {
  return critic.apply(copies(x, pack), { condition: condition && copies(condition, pack) });
}

/** What the critic is given of samples. */
export function seen({ view }: Pick<CriticSide, "view">, x: Tensor): Tensor {
  return view ? view(x) : x;
}

/** Samples as the critic sees them, `[batch / pack, pack, ...sample]`; what makes no whole pack is left out. */
function packed({ pack = 1, view }: CriticSide, { real, fake }: Batch): Batch {
  const packs = ({ x, condition }: Samples) => ({
    x: inPacks(seen({ view }, x), pack),
    condition: condition && inPacks(condition, pack),
  });
  return { real: packs(real), fake: packs(fake) };
}

/** One pass over reals and fakes together is quicker than two; batch statistics must not mix them. */
function scoresTogether(game: CriticSide, critic: Applied, packs: Batch, noise: Noises): Scores {
  if (game.critic.network.usesBatchStatistics) return scoresApart(critic, packs, noise);
  const { real, fake } = packs;
  const condition = real.condition && fake.condition && concat([real.condition, fake.condition], 0);
  const both = critic.apply(concat([real.x, fake.x], 0), { condition, noise });
  const n = lengthOf(real.x.shape, 0);
  return { real: slice(both, [0, 0], [n, 1]), fake: slice(both, [n, 0], [2 * n, 1]) };
}

function scoresApart(critic: Applied, { real, fake }: Batch, noise: Noises): Scores {
  return {
    real: critic.apply(real.x, { condition: real.condition, noise: half(noise, 0) }),
    fake: critic.apply(fake.x, { condition: fake.condition, noise: half(noise, 1) }),
  };
}

/** The noise of the reals, half 0, or of the fakes, half 1. */
function half(noise: Noises, which: 0 | 1): Noises {
  return mapTree(noise, (x: Tensor) => {
    const n = lengthOf(x.shape, 0) / 2;
    return rows(x, which * n, (which + 1) * n);
  });
}

function ownTerms(
  { terms = [] }: Pick<Game, "terms">,
  player: PlayerName,
  batch: Batch,
  share: BatchShare | undefined,
): Terms {
  const own = terms.filter((term) => term.player === player);
  const part = share ? shareOfSamples(share) : 1;
  return Object.fromEntries(own.map((term) => [term.name, weighted(() => term.of({ ...batch, share }), part)]));
}

function inPacks(x: Tensor, pack: number): Tensor {
  if (pack === 1) return x;
  const [, ...rest] = x.shape;
  const packs = Math.floor(lengthOf(x.shape, 0) / pack);
  return reshape(firstRows(x, packs * pack), [packs, pack, ...rest]);
}

function copies(x: Tensor, count: number): Tensor {
  if (count === 1) return x;
  const [, ...rest] = x.shape;
  const one = reshape(x, [lengthOf(x.shape, 0), 1, ...rest]);
  return concat(Array<Tensor>(count).fill(one), 1);
}

function firstRows(x: Tensor, count: number): Tensor {
  return count === lengthOf(x.shape, 0) ? x : rows(x, 0, count);
}

function rows(x: Tensor, from: number, to: number): Tensor {
  const [, ...rest] = x.shape;
  return slice(x, [from, ...rest.map(() => 0)], [to, ...rest]);
}
