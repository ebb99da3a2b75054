import { InputError } from "../errors.js";
import { whole } from "../settings.js";

/** The setting of every penalty that may be left out of most updates. */
export const penaltyEvery = whole(1, 1000).meta({
  title: "Penalty every",
  description: "one in so many critic updates has the gradient penalty, at so many times its weight",
  live: true,
});

/** @throws InputError where it is no whole number from 1 */
export function checkPenaltyEvery(updates: number): void {
  if (Number.isInteger(updates) && updates >= 1) return;
  throw new InputError(`penaltyEvery, updates to one with the penalty, must be a whole number from 1, not ${updates}.`);
}
