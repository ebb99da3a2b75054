import type { SharedRows } from "../networks/network.js";

/** Which of the ranks that share each batch. The batch is dealt to them as cards are, pack after pack. */
export interface Seat {
  /** 0 to `ranks - 1` */
  readonly rank: number;
  readonly ranks: number;
  /** Whether batch normalisation goes over the whole batch, instead of over the part of each rank. Default: false. */
  readonly syncBatchNorm?: boolean | undefined;
}

/** What a rank has of a batch. */
export interface BatchShare extends Seat {
  /** Samples of the whole batch. */
  readonly samples: number;
  /** Samples of a pack. */
  readonly pack: number;
}

/** How many of the first `count` things are a rank's, where they are dealt one by one. */
export function dealt(count: number, { rank, ranks }: Seat): number {
  return Math.max(0, Math.ceil((count - rank) / ranks));
}

/** How many of the first `count` samples of a batch are a rank's. What makes no whole pack goes to the rank whose turn it is. */
export function samplesDealt(count: number, pack: number, seat: Seat): number {
  const packs = Math.floor(count / pack);
  const isNext = packs % seat.ranks === seat.rank;
  return dealt(packs, seat) * pack + (isNext ? count % pack : 0);
}

/** How much of a batch's samples a rank has. */
export function shareOfSamples(share: BatchShare): number {
  return samplesDealt(share.samples, share.pack, share) / share.samples;
}

/** How much of a batch's whole packs a rank has. */
export function shareOfPacks(share: BatchShare): number {
  const packs = Math.floor(share.samples / share.pack);
  return dealt(packs, share) / packs;
}

/** What a network is told of the rows that it is applied to. */
export function sharedRows(share: BatchShare, of: (share: BatchShare) => number): SharedRows {
  return { share: of(share), syncBatchNorm: share.syncBatchNorm === true };
}
