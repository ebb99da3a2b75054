import { losses } from "../../../src/losses/index.js";
import { type Opponent, opponentUnder } from "../../../src/losses/loss.js";
import { type Settings, SIDES, type SideSettings } from "./settings.js";

export type { Opponent };

/** What the network of a side is called that tells reals from fakes. */
export function opponentOf({ loss }: Pick<SideSettings, "loss">): Opponent {
  return opponentUnder(losses.get(loss));
}

/** What both sides' are called together: by their own name where they are alike. */
export function opponentsOf(settings: Settings): Opponent | "opponent" {
  const [left, right] = SIDES.map((side) => opponentOf(settings[side]));
  return left !== undefined && left === right ? left : "opponent";
}
