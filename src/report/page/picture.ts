import type { Drawing } from "../drawing/drawing.js";
import { type Html, html, raw } from "./html.js";

/** A drawing in a page, with what it shows for those who do not see it. */
export function picture({ svg }: Drawing, alt: string): Html {
  // The HTML parser knows what an svg element is without its namespace; parts of an image have no names of their own.
  const plain = svg.replace(/ (?:xmlns|aria-[a-z]+)="[^"]*"/g, "");
  return raw(plain.replace("<svg ", html`<svg role="img" aria-label="${alt}" `.markup));
}
