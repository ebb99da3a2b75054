import { InputError } from "../errors.js";
import { someOrAll, whole } from "../settings.js";

/** How much of a penalty is computed, whose second derivatives are what a critic's update costs most. */
export interface PenaltyAmount {
  /**
   * The share of each batch that the penalty is the mean over, above 0 to 1; one sample at least. The mean of fewer is noisier and not
   * biased. Default: 1
   */
  readonly penaltyShare?: number;
  /**
   * Of so many critic updates one has the penalty, at so many times its weight (lazy regularisation, Karras et al. 2020, arXiv:1912.04958,
   * section 3.1), a whole number from 1. Default: 1, each has it.
   */
  readonly penaltyEvery?: number;
}

/** The settings of every penalty that need not be computed whole. */
export const penaltyAmount = {
  penaltyShare: someOrAll.meta({
    title: "Penalty share",
    description: "share of each batch that the gradient penalty is computed on",
    live: true,
  }),
  penaltyEvery: whole(1, 1000).meta({
    title: "Penalty every",
    description: "the gradient penalty is applied in one of n critic updates, at n times its weight",
    live: true,
  }),
};

/** @throws InputError where one of them is out of range */
export function checkedAmount({ penaltyShare = 1, penaltyEvery = 1 }: PenaltyAmount): Required<PenaltyAmount> {
  if (!(penaltyShare > 0 && penaltyShare <= 1))
    throw new InputError(
      `penaltyShare, the share of a batch that the penalty is computed on, must be above 0 and at most 1, not ${penaltyShare}.`,
    );
  if (!(Number.isInteger(penaltyEvery) && penaltyEvery >= 1))
    throw new InputError(
      `penaltyEvery, updates to one with the penalty, must be a whole number from 1, not ${penaltyEvery}.`,
    );
  return { penaltyShare, penaltyEvery };
}
