import { losses } from "../../../src/losses/index.js";
import { type Settings, SIDES, type SideSettings } from "./settings.js";

/** What the network is called that tells reals from fakes: a discriminator answers with a probability, a critic with any real number. */
export type Opponent = "discriminator" | "critic";

export function opponentOf({ loss }: Pick<SideSettings, "loss">): Opponent {
  return losses.get(loss).output === "probability" ? "discriminator" : "critic";
}

/** What both sides' are called together: by their own name where they are alike. */
export function opponentsOf(settings: Settings): Opponent | "opponent" {
  const [left, right] = SIDES.map((side) => opponentOf(settings[side]));
  return left !== undefined && left === right ? left : "opponent";
}
