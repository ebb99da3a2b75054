import { pairingByName, pairingName } from "../../../src/game/pairings.js";
import { constraints } from "../../../src/lipschitz/index.js";
import { losses } from "../../../src/losses/index.js";
import type { SideSettings } from "./settings.js";

/** A side as the command line names it: "w-gp", or "bce+gp" where it has no short name. */
export function sideName({ loss, constraint }: SideSettings): string {
  return pairingName(loss, constraint);
}

/** The side of a name; `null` where there is none of that name. */
export function sideByName(name: string): SideSettings | null {
  try {
    const { loss, constraint } = pairingByName(name);
    return { loss: loss.name, constraint: constraint.name };
  } catch {
    return null;
  }
}

/** Whether a critic has an estimate that can settle: of a loss that estimates the distance, under a condition on the slope. */
export function settles({ loss, constraint }: SideSettings): boolean {
  return losses.get(loss).estimatesDistance && constraints.get(constraint).slope !== "free";
}

/** What a pairing does not mean, which a reader may expect it to; it trains all the same. */
export type PairingDoubt = "unbounded" | "clipped" | "noDistance";

export function pairingDoubt({ loss, constraint }: SideSettings): PairingDoubt | null {
  const { slope } = constraints.get(constraint);
  if (!losses.get(loss).estimatesDistance) return slope === "free" ? null : "noDistance";
  return slope === "free" ? "unbounded" : slope === "some" ? "clipped" : null;
}
