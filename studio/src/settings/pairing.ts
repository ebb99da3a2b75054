import { pairings } from "../../../src/game/pairings.js";
import { CONSTRAINTS, LOSSES, type SideSettings } from "./settings.js";

/** A side as the command line names it: "w-gp", or "hinge+sn" where it has no name of its own. */
export function pairingName({ loss, constraint }: SideSettings): string {
  const known = Object.entries(pairings).find(([, pair]) => pair.loss === loss && pair.constraint === constraint);
  return known?.[0] ?? `${loss}+${constraint}`;
}

/** The side of a name; `null` where the page has none of that name. */
export function sideByName(name: string): SideSettings | null {
  for (const loss of LOSSES) {
    for (const constraint of CONSTRAINTS) {
      const side = { loss, constraint };
      if (pairingName(side) === name || `${loss}+${constraint}` === name) return side;
    }
  }
  return null;
}

/** Whether a critic has an estimate that can settle: one of the W-loss that something holds. */
export function settles({ loss, constraint }: SideSettings): boolean {
  return loss === "wasserstein" && constraint !== "none";
}

/** What a pairing does not mean, which a reader may expect it to; it trains all the same. */
export type PairingDoubt = "unbounded" | "clipped" | "noDistance";

export function pairingDoubt({ loss, constraint }: SideSettings): PairingDoubt | null {
  if (loss === "wasserstein") return constraint === "none" ? "unbounded" : constraint === "clip" ? "clipped" : null;
  return constraint === "none" ? null : "noDistance";
}
