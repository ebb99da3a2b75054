import { looksOf } from "../../../src/report/looks.js";
import type { Mark } from "../charts/marks.js";
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
  const [left, right] = looksOf(SIDES.map((side) => sideName(settings[side]))).map(
    ({ label, color, loss }): SideLook => ({ label, color, mark: loss.mark ?? "cross" }),
  );
  if (!left || !right) throw new Error("a look for each side");
  const color = right.color === left.color ? SECOND : right.color;
  return { left, right: { ...right, color, mark: right.mark === left.mark ? "triangle" : right.mark } };
}
