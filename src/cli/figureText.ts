import { type HasFigures, numberNamed, type Shown } from "../metrics/metric.js";

/** A figure as a terminal shows it, in little room; `null` where the holder does not have it. */
export function figureText(metric: Shown, holder: HasFigures): string | null {
  const { style, digits, outOf, ends } = metric.notation;
  const value = metric.of(holder);
  if (ends) {
    const [first, last] = ends.map((name) => numberNamed(name)(holder));
    if (first != null && last != null) return `${figure(first, digits)} → ${figure(last, digits)}`;
  }
  if (value === null) return null;
  if (typeof value !== "number") return value.map((end) => figure(end, digits)).join("..");
  if (style === "share") return percent(value);
  if (style === "correlation") return figure(value, 2);
  const total = outOf === undefined ? null : numberNamed(outOf)(holder);
  return total === null ? figure(value, digits) : `${figure(value, digits)}/${figure(total, digits)}`;
}

/** A number in three digits, or fewer. */
export function figure(value: number | null, digits = 3): string {
  if (value === null) return "-";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1000 || size < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(digits)));
}

/** A share of one in percent, without decimals. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
