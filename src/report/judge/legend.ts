import { type Html, html } from "../page/html.js";
import { type Side, sideNames } from "./gauge.js";

/** What the marks and colours of the pictures below stand for. */
export function markLegend(sides: readonly Side[], names: Partial<Record<Side, string>> = {}): Html {
  return html`<p class="legend">${sides.map((side) => html`<span><i class="swatch ${side}" aria-hidden="true"></i>${names[side] ?? sideNames[side]}</span>`)}</p>`;
}
