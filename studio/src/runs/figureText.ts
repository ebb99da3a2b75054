import { type HasFigures, numberNamed, type Shown } from "../../../src/metrics/metric.js";
import { number, percent, whole } from "../language/format.js";
import { text } from "../language/index.js";

/** A figure in the language of the page; `null` where the holder does not have it. */
export function figureText(metric: Shown, holder: HasFigures): string | null {
  const words = text().runs.figures;
  const { style, digits, outOf, ends } = metric.notation;
  const value = metric.of(holder);
  if (ends) {
    const [first, last] = ends.map((name) => numberNamed(name)(holder));
    if (first != null && last != null) return words.change(written(first, digits), written(last, digits));
  }
  if (value === null) return null;
  if (typeof value !== "number") return words.range(written(value[0], digits), written(value[1], digits));
  if (style === "share") return percent(value);
  const total = outOf === undefined ? null : numberNamed(outOf)(holder);
  if (total !== null) return text().charts.modesOf(value, total);
  return outOf === undefined ? written(value, digits) : whole(value);
}

/** A number in so many digits, or a word for one that is not finite. */
export function written(value: number, digits = 3): string {
  return Number.isFinite(value) ? number(value, digits) : text().runs.figures.infinite;
}
