import { MARK_PATHS } from "../drawing/marks.js";
import type { Look } from "../looks.js";
import { type Html, html, join } from "./html.js";

/** A pairing's short name with its mark, in its colour. */
export function nameOf({ label, color, mark }: Look): Html {
  return html`<span class="name"><svg viewBox="-5 -5 10 10" aria-hidden="true"><path d="${MARK_PATHS[mark]}" fill="${color}"/></svg>${label}</span>`;
}

/** "A", "A and B", "A, B and C". */
export function listOf(parts: readonly Html[]): Html {
  const [before, last] = [parts.slice(0, -1), parts.slice(-1)];
  return before.length === 0 ? join(last, "") : html`${join(before, ", ")} and ${last}`;
}
