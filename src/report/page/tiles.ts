import type { RunResult } from "../../runs/results.js";
import { formatModes, formatNumber, formatPercent, formatSpread, UNITS } from "../format.js";
import { runningEstimate } from "../gaps.js";
import { type Group, meanOf, type Spread } from "../summary.js";
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
  const plain = ({ mean }: Spread) => formatNumber(mean);
  const facts: readonly (readonly [name: string, text: string | null])[] = [
    [
      "Distance",
      textOf(
        of(({ emd }) => emd),
        formatSpread,
      ),
    ],
    [
      "its floor",
      textOf(
        of(({ emdFloor }) => emdFloor),
        plain,
      ),
    ],
    ["High quality", share && formatPercent(share)],
    ["Feedback", feedback && formatNumber(feedback.mean)],
    ["Starved", starved && formatPercent(starved)],
    [
      "Slope",
      textOf(
        of(({ slopeMean }) => slopeMean),
        plain,
      ),
    ],
    [
      "Seconds",
      textOf(
        of(({ seconds }) => seconds),
        plain,
      ),
    ],
  ];
  const stopped = runs.some((run) => run.stopped !== null);
  return html`<div class="tile" style="--color:${look.color}">
    <h3>${look.label}</h3>
    <p class="sub">${look.title}${stopped && html` <span class="warning">stopped early</span>`}</p>
    ${big(group)}
    <dl>${facts.map(([name, text]) => text !== null && html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
    ${of(({ emd }) => emd) && html`<p class="unit">Distance and floor in ${UNITS}</p>`}
  </div>`;
}

/** The figure that says most about the run: the modes where they are known, else the critic's own estimate. */
function big(group: Group): Html | null {
  const modes = meanOf(group, (run) => run.modesCaptured);
  if (modes) return html`<p class="big">${formatModes(modes, group.runs[0]!.modesTotal ?? 0)} <small>modes</small></p>`;
  const estimate = meanOf(group, runningEstimate);
  if (estimate) return html`<p class="big">${formatSpread(estimate)} <small>Wasserstein estimate, ${UNITS}</small></p>`;
  const value = meanOf(group, ({ history }) => history.at(-1)!.value);
  return value && html`<p class="big">${formatSpread(value)} <small>value of the game</small></p>`;
}

function textOf<T>(value: T | null, format: (value: T) => string): string | null {
  return value === null ? null : format(value);
}
