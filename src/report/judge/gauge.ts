import type { Figure, Figures } from "../../judge/results.js";
import { exactly } from "../page/figureOf.js";
import { type Html, html } from "../page/html.js";

/** What a mark on a gauge stands for. */
export type Side = keyof Figures;

/** What each side is called, everywhere on the page. */
export const sideNames: Readonly<Record<Side, string>> = {
  synthetic: "synthetic",
  independent: "independent columns",
  real: "real rows",
};

const SIDES = ["synthetic", "independent", "real"] as const;

export interface Scale {
  readonly from: number;
  readonly to: number;
}

/** A figure of the synthetic table and of both yardsticks on one line, with the interval of the first. */
export function gauge(figures: Figures, { from, to }: Scale): Html {
  const { synthetic } = figures;
  const [low, high] = [place(synthetic.low, from, to), place(synthetic.high, from, to)];
  const marks = SIDES.toReversed().map(
    (side) => html`<i class="mark ${side}" style="--at:${place(figures[side].value, from, to)}"></i>`,
  );
  return html`<div class="gauge" aria-hidden="true"><i class="interval" style="--from:${low};--to:${high}"></i>${marks}</div>`;
}

/** The three figures in words, each with the mark that it has on a gauge. */
export function gaugeKey(figures: Figures, format: (value: number) => string): Html {
  const rows = SIDES.slice(1).map(
    (side) =>
      html`<dt><i class="mark ${side}" aria-hidden="true"></i>${sideNames[side]}</dt><dd>${exactly(figures[side].value, format(figures[side].value))}</dd>`,
  );
  return html`<dl class="key">${rows}</dl>`;
}

export interface GaugeRow {
  readonly label: string;
  readonly figures: Figures;
  /** A value to compare with: a line across the row, and what it is. */
  readonly reference?: { readonly at: number; readonly text: string };
}

/** Several figures of one kind, each side of each in a line of its own, with its interval and its number. */
export function gaugeRows(rows: readonly GaugeRow[], { from, to }: Scale, format: (value: number) => string): Html {
  const line = (row: GaugeRow, side: Side) => {
    const figure = row.figures[side];
    const [low, at, high] = [figure.low, figure.value, figure.high].map((value) => place(value, from, to));
    return html`<tr class="${side}"><th scope="row">${sideNames[side]}</th>
      <td class="track" aria-hidden="true">${row.reference !== undefined && html`<i class="reference" style="--at:${place(row.reference.at, from, to)}"></i>`}<i class="fill" style="--to:${at ?? 0}"></i><i class="interval" style="--from:${low ?? 0};--to:${high ?? 0}"></i></td>
      <td>${exactly(figure.value, format(figure.value))} <small>${intervalText(figure, format)}</small></td></tr>`;
  };
  return html`<table class="gauges">${rows.map(
    (
      row,
    ) => html`<tbody><tr><th scope="rowgroup" colspan="3">${row.label}${row.reference !== undefined && html` <small>${row.reference.text}: ${format(row.reference.at)}</small>`}</th></tr>
      ${SIDES.map((side) => line(row, side))}</tbody>`,
  )}</table>`;
}

/** "0.812 to 0.840", nothing of an interval without width. */
export function intervalText({ low, high }: Figure, format: (value: number) => string): string {
  return low === high ? "" : `${format(low)} to ${format(high)}`;
}

/** Where a value lies from 0 to 1; at an end where it lies beyond. */
function place(value: number, from: number, to: number): string {
  const share = to > from ? (value - from) / (to - from) : 0;
  return Math.min(1, Math.max(0, share)).toFixed(4);
}
