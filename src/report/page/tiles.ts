import { shownIn } from "../../metrics/catalogue.js";
import { modesCaptured, modesTotal } from "../../metrics/coverage.js";
import { runningEstimate } from "../../metrics/estimates.js";
import { value } from "../../metrics/losses.js";
import type { Shown } from "../../metrics/metric.js";
import { UNITS } from "../../metrics/units.js";
import { uncapitalised } from "../../quoting.js";
import type { Results } from "../../runs/results.js";
import { formatModes, formatNumber, formatSpread } from "../format.js";
import { type Group, meanOf } from "../summary.js";
import { figureOf } from "./figureOf.js";
import { type Html, html } from "./html.js";
import { listOf, nameOf } from "./names.js";

/** Each pairing in a few numbers. */
export function tilesOf(groups: readonly Group[], results: Results): Html {
  const metrics = shownIn(results).filter(({ places }) => places.includes("tiles"));
  return html`<div class="tiles">${groups.map((group) => tile(group, metrics))}</div>`;
}

function tile(group: Group, metrics: readonly Shown[]): Html {
  const { look, runs } = group;
  const known = metrics.flatMap((metric) => {
    const figure = figureOf(runs, metric);
    return figure ? [{ ...metric, figure }] : [];
  });
  const seconds = meanOf(runs, (run) => run.seconds);
  const units = [...new Set(known.flatMap(({ unit }) => unit ?? []))].map((unit) => {
    const labels = known.flatMap((one) => (one.unit === unit ? html`${uncapitalised(one.label)}` : []));
    return html`<p class="unit">In ${unit}: ${listOf(labels)}</p>`;
  });
  const stopped = runs.some((run) => run.stopped !== null);
  return html`<div class="tile" style="--color:${look.color}">
    <h3>${nameOf(look)}</h3>
    <p class="sub">${look.title}${stopped && html` <span class="warning">stopped early</span>`}</p>
    ${big(group)}
    <dl>${known.map(({ label, figure }) => html`<dt>${label}</dt><dd>${figure}</dd>`)}${seconds && html`<dt>Seconds</dt><dd>${formatNumber(seconds.mean)}</dd>`}</dl>
    ${units}
  </div>`;
}

/** The figure that says most about the run: the modes where they are known, else the critic's own estimate. */
function big({ runs }: Group): Html | null {
  const [modes, total] = [meanOf(runs, modesCaptured.of), meanOf(runs, modesTotal.of)];
  if (modes && total) return html`<p class="big">${formatModes(modes, total.mean)} <small>modes</small></p>`;
  const estimate = meanOf(runs, runningEstimate.of);
  if (estimate) return html`<p class="big">${formatSpread(estimate)} <small>Wasserstein estimate, ${UNITS}</small></p>`;
  const reached = meanOf(runs, value.of);
  return reached && html`<p class="big">${formatSpread(reached)} <small>value of the game</small></p>`;
}
