import { numberNamed, type Shown } from "../../metrics/metric.js";
import type { RunResult } from "../../runs/results.js";
import { formatFigure, formatNumber, formatRange } from "../format.js";
import { meanOf, widest } from "../summary.js";
import { type Html, html } from "./html.js";

/**
 * A figure of several runs for a reader: their mean with its standard error, or the widest of their ranges; `null` where none of them has
 * it.
 */
export function figureOf(runs: readonly RunResult[], metric: Shown): Html | null {
  const figures = runs.map(metric.of);
  const range = widest(figures.filter((figure) => typeof figure === "object" && figure !== null));
  if (range) return html`${formatRange(range)}`;
  const spread = meanOf(runs, (run) => {
    const figure = metric.of(run);
    return typeof figure === "number" ? figure : null;
  });
  if (!spread) return null;
  const { outOf } = metric.notation;
  const total = outOf === undefined ? null : (meanOf(runs, numberNamed(outOf))?.mean ?? null);
  return exactly(spread.mean, formatFigure(spread, metric.notation, total));
}

/** A number as a reader wants it, with the number as it is for machines. */
export function exactly(value: number | null, text = formatNumber(value)): Html {
  return value === null ? html`–` : html`<data value="${value}">${text}</data>`;
}
