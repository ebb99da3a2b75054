import { printable } from "../../quoting.js";
import { type Html, html } from "../page/html.js";

/** A name or text from a table, in two lines at most; all of it stands in its tooltip. */
export function dataText(text: string): Html {
  const shown = printable(text);
  return html`<span class="data" title="${shown}">${shown}</span>`;
}
