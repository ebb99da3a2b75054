import { InputError } from "../errors.js";
import { closest } from "../nearest.js";
import { metrics } from "./catalogue.js";
import { emd } from "./exactDistances.js";
import { type HasFigures, numberNamed, type Shown } from "./metric.js";
import { frechetDistance } from "./pictureQuality.js";
import { tableDetection } from "./tableQuality.js";

/** What tells most of a generator in one number: of a table, of points, of pictures. */
const MAIN: readonly Shown[] = [tableDetection, emd, frechetDistance];

/**
 * The figure that settings are compared by: the main one of such data, or where that was not measured the first of the catalogue that
 * tells how near a generator has come; `undefined` where there is none.
 */
export function mainFigure(measured: readonly HasFigures[]): Shown | undefined {
  const has = ({ name }: Shown) => measured.some((one) => numberNamed(name)(one) !== null);
  return [...MAIN, ...metrics.entries.filter(isRanking)].find(has);
}

/**
 * The figure of a name, to compare settings by.
 * @throws InputError where there is none, it has no better and worse, or nothing that was measured has it
 */
export function figureToRankBy(name: string, measured: readonly HasFigures[]): Shown {
  const usable = metrics.entries.filter(
    (metric) => metric.better !== "none" && measured.some((one) => numberNamed(metric.name)(one) !== null),
  );
  const found = usable.find((metric) => metric.name === name);
  if (found) return found;
  const names = usable.map((metric) => metric.name);
  const problem = metrics.has(name) ? "cannot be compared by here" : "is not a figure";
  const remedy =
    names.length === 0
      ? "no run has a figure yet"
      : `did you mean ${closest(name, names)}? There are ${names.join(", ")}`;
  throw new InputError(`"${name}" ${problem}: ${remedy}.`);
}

/** How far a figure is from the best that it could be, by which of two is better: the smaller the better. */
export function shortfall({ better }: Shown, value: number): number {
  if (better === "higher") return -value;
  return typeof better === "object" ? Math.abs(value - better.near) : value;
}

function isRanking({ better, about }: Shown): boolean {
  return better !== "none" && about === "outcome";
}
