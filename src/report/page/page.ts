import type { Comparison } from "../../runs/results.js";
import type { Family, Figure } from "../figures/figure.js";
import { PICTURES } from "../reportFiles.js";
import type { Group } from "../summary.js";
import { documentOf } from "./document.js";
import { findingsOf, leadOf, titleOf } from "./headline.js";
import { type Html, html } from "./html.js";
import { nameOf } from "./names.js";
import { picture } from "./picture.js";
import { style } from "./style.js";
import { differencesTable, runsTable } from "./tables.js";
import { tilesOf } from "./tiles.js";

/** The families of figures in the places that the page has for them. */
export interface PageFigures {
  /** Before the table of differences: what was learned, and why. */
  readonly before: readonly Family[];
  /** After it: how it went. */
  readonly after: readonly Family[];
}

/** The whole report as one HTML file that needs no other. */
export function pageOf(comparison: Comparison, groups: readonly Group[], { before, after }: PageFigures): string {
  const title = titleOf(groups);
  return documentOf(
    title,
    style,
    html`<header>
  <p class="kicker">Monge · comparison on ${comparison.results.data}</p>
  <h1>${title}</h1>
  <p class="lead">${leadOf(groups, comparison)}</p>
  <ul class="findings">${findingsOf(groups, comparison).map((finding) => html`<li>${finding}</li>`)}</ul>
  ${tilesOf(groups, comparison.results)}
</header>
${before.map(section)}
<section>
  <h2>${groups.length > 1 ? "The differences" : "The loss in words and numbers"}</h2>
  <p class="caption">What the losses are, and what this run measured with each. Distances are in the units that the networks were trained in.</p>
  ${differencesTable(groups, comparison)}
</section>
${after.map(section)}
<section>
  <h2>Every run</h2>
  <p class="caption">The last evaluation of each; the exact numbers of all evaluations are in <code>results.json</code> beside this page.</p>
  ${runsTable(comparison, groups)}
</section>
<footer>Made by Monge. Every figure is in the folder <code>${PICTURES}</code> as PNG and SVG.</footer>`,
  );
}

function section({ title, caption, figures, wide, more }: Family): Html {
  return html`<section>
  <h2>${title}</h2>
  <p class="caption">${caption}</p>
  <div class="row${wide === true && " wide"}">${figures.map(figure)}</div>
  ${more !== undefined && html`<details><summary>${more.title}</summary><div class="row">${more.figures.map(figure)}</div></details>`}
</section>
`;
}

function figure({ name, alt, drawing, look, title }: Figure): Html {
  const files = html`<span class="files"><a href="${PICTURES}/${name}.png">PNG</a> · <a href="${PICTURES}/${name}.svg">SVG</a></span>`;
  return html`<figure><figcaption><span>${look ? html`${nameOf(look)} ${title ?? ""}` : html`<b>${title ?? ""}</b>`}</span>${files}</figcaption>${picture(drawing, alt)}</figure>`;
}
