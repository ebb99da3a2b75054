import type { Mark } from "../../../src/catalogue.js";
import { looksOf } from "../../../src/report/looks.js";
import { sideName } from "./pairing.js";
import { type Settings, SIDES, type Side } from "./settings.js";

/** How a side is called and drawn, everywhere on the page. */
export interface SideLook {
  /** "W-GP" */
  readonly label: string;
  /** `#rrggbb` */
  readonly color: string;
  readonly mark: Mark;
}

/** Where the right side has the pairing of the left one. */
const SECOND = "#767676";

/** The looks of both sides: those of their losses in every chart and report, as far as that tells the sides apart. */
export function sideLooks(settings: Settings): Readonly<Record<Side, SideLook>> {
  const [left, right] = looksOf(SIDES.map((side) => sideName(settings[side])));
  if (!left || !right) throw new Error("a look for each side");
  return { left, right: right.color === left.color ? { ...right, color: SECOND } : right };
}
