import type { Shares } from "../../figures/marginals.js";
import { exactly } from "../page/figureOf.js";
import { type Html, html } from "../page/html.js";

/** A share of the rows of both tables. */
export interface PairOfBars extends Shares {
  readonly label: Html | string;
}

/** Pairs of bars with their percentages, the real one first: a table for who cannot see them. */
export function pairsOfBars(rows: readonly PairOfBars[]): Html | null {
  if (rows.length === 0) return null;
  const longest = Math.max(...rows.flatMap(({ real, synthetic }) => [real, synthetic]), Number.MIN_VALUE);
  const line = ({ label, real, synthetic }: PairOfBars) => html`<tr><th scope="row">${label}</th>
    <td class="track" aria-hidden="true">${bar("real", real / longest)}${bar("synthetic", synthetic / longest)}</td>
    <td>${exactly(real, percent(real))}</td><td>${exactly(synthetic, percent(synthetic))}</td></tr>`;
  return html`<table class="bars">
    <thead class="unseen"><tr><th scope="col">Value</th><td></td><th scope="col">Real</th><th scope="col">Synthetic</th></tr></thead>
    <tbody>${rows.map(line)}</tbody></table>`;
}

/** Bars for one number each, the largest first: `share` of the largest. */
export function singleBars(
  rows: readonly { readonly label: Html | string; readonly value: number; readonly text: string }[],
): Html {
  const longest = Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE);
  return html`<table class="bars"><tbody>${rows.map(
    ({ label, value, text }) => html`<tr><th scope="row">${label}</th>
      <td class="track" aria-hidden="true">${bar("synthetic", value / longest)}</td><td>${exactly(value, text)}</td></tr>`,
  )}</tbody></table>`;
}

function bar(side: keyof Shares, share: number): Html {
  return html`<i class="${side}" style="--share:${Math.max(0, share).toFixed(4)}"></i>`;
}

/** A share in percent, with a decimal where it is small; "<0.1 %" of what would be written as 0. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1 %";
  return `${(100 * share).toFixed(share < 0.1 && share > 0 ? 1 : 0)} %`;
}
