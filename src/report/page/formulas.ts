import katex from "katex";
import { type Html, html, raw } from "./html.js";

/** A formula in TeX as MathML, which browsers set without a font or a script; nothing where there is none. */
export function formula(tex: string | undefined): Html | null {
  if (tex === undefined) return null;
  // The HTML parser knows what a math element is without its namespace.
  const markup = katex.renderToString(tex, { output: "mathml", throwOnError: false }).replace(/ xmlns="[^"]*"/, "");
  return html`<span class="formula">${raw(markup)}</span>`;
}
