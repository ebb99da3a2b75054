import type { Ranks } from "../parallel/ranks.js";

/** The processes that train together, as one of them sees them. */
export interface TrainingRanks extends Pick<Ranks, "rank" | "size" | "allReduce"> {
  /**
   * Whether batch normalisation goes over the whole batch, at the cost of two sums over the ranks for each layer and pass; otherwise each rank
   * normalises by its part. Default: false.
   */
  readonly syncBatchNorm?: boolean | undefined;
}

/** Whether this process is the first of those that train together, which does what is done once. */
export function isFirst(ranks: TrainingRanks | undefined): boolean {
  return (ranks?.rank ?? 0) === 0;
}

/** Whether a fact holds for any of the ranks. All of them ask at the same point. */
export async function holdsForAny(ranks: TrainingRanks | undefined, fact: boolean): Promise<boolean> {
  if (!ranks) return fact;
  const count = Float32Array.of(fact ? 1 : 0);
  await ranks.allReduce(count);
  return count.some((ranks) => ranks > 0);
}
