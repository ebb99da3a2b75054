import { escapeMarkup } from "../drawing/drawing.js";

/** Markup that is safe to stand in a page as it is. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | null | false | readonly Part[];

/** A template of markup: what is put into it is escaped unless it is `Html` itself; `null` and `false` leave nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return raw(strings.map((string, i) => string + markupOf(parts[i] ?? null)).join(""));
}

/** Markup from elsewhere that is known to be safe. */
export function raw(markup: string): Html {
  return { markup };
}

/** Parts with something between each two. */
export function join(parts: readonly Html[], separator: string): Html {
  return raw(parts.map(({ markup }) => markup).join(separator));
}

function markupOf(part: Part): string {
  if (part === null || part === false) return "";
  if (typeof part === "string" || typeof part === "number") return escapeMarkup(String(part));
  if ("markup" in part) return part.markup;
  return part.map(markupOf).join("");
}
