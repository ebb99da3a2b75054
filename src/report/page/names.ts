import type { Look } from "../looks.js";
import { type Html, html, join } from "./html.js";

/** A pairing's short name with its colour. */
export function nameOf({ label, color }: Look): Html {
  return html`<span class="name" style="--color:${color}">${label}</span>`;
}

/** "A", "A and B", "A, B and C". */
export function listOf(parts: readonly Html[]): Html {
  const [before, last] = [parts.slice(0, -1), parts.slice(-1)];
  return before.length === 0 ? join(last, "") : html`${join(before, ", ")} and ${last}`;
}
