import type { RunResult } from "../../results.js";
import { formatModes, formatNumber, formatPercent, formatSpread } from "../format.js";
import { type Group, meanOf } from "../summary.js";
import { type Html, html } from "./html.js";

/** Each pairing in a few numbers. */
export function tilesOf(groups: readonly Group[]): Html {
  return html`<div class="tiles">${groups.map(tile)}</div>`;
}

function tile(group: Group): Html {
  const { look, runs } = group;
  const of = (figure: (run: RunResult) => number | null) => meanOf(group, figure);
  const feedback = of((run) => run.feedbackLast);
  const starved = of((run) => run.starvedShare);
  const share = of((run) => run.highQualityShare);
  const facts: [string, string | null][] = [
    [
      "Distance",
      textOf(
        of(({ emd }) => emd),
        formatSpread,
      ),
    ],
    ["High quality", share && formatPercent(share)],
    ["Feedback", feedback && formatNumber(feedback.mean)],
    ["Starved", starved && formatPercent(starved)],
    [
      "Slope",
      textOf(
        of(({ slopeMean }) => slopeMean),
        ({ mean }) => formatNumber(mean),
      ),
    ],
    [
      "Seconds",
      textOf(
        of(({ seconds }) => seconds),
        ({ mean }) => formatNumber(mean),
      ),
    ],
  ];
  const stopped = runs.some((run) => run.stopped !== null);
  return html`<div class="tile" style="--color:${look.color}">
    <h3>${look.label}</h3>
    <p class="sub">${look.title}${stopped && html` <span class="warning">stopped early</span>`}</p>
    ${big(group)}
    <dl>${facts.map(([name, text]) => text !== null && html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
  </div>`;
}

/** The figure that says most about the run: the modes where they are known, else the critic's own estimate. */
function big(group: Group): Html | null {
  const modes = meanOf(group, (run) => run.modesCaptured);
  if (modes) return html`<p class="big">${formatModes(modes, group.runs[0]!.modesTotal ?? 0)} <small>modes</small></p>`;
  const estimate = meanOf(group, (run) => run.heldOutEstimate ?? run.wassersteinEstimate);
  if (estimate) return html`<p class="big">${formatSpread(estimate)} <small>Wasserstein estimate</small></p>`;
  const value = meanOf(group, ({ history }) => history.at(-1)!.value);
  return value && html`<p class="big">${formatSpread(value)} <small>value of the game</small></p>`;
}

function textOf<T>(value: T | null, format: (value: T) => string): string | null {
  return value === null ? null : format(value);
}
