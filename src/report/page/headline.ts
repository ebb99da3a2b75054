import { datasets } from "../../data/catalogue.js";
import { modesCaptured, modesTotal } from "../../metrics/coverage.js";
import { runningEstimate } from "../../metrics/estimates.js";
import { debiasedEmd, emd, exceedsFloor } from "../../metrics/exactDistances.js";
import { feedbackFirst, feedbackLast, starvedShare } from "../../metrics/feedback.js";
import { conditionSlack, criticLag, settledEstimate } from "../../metrics/settled.js";
import { UNITS } from "../../metrics/units.js";
import type { Comparison, RunResult } from "../../runs/results.js";
import { disjointFeedback, namedCurves } from "../figures/oneDimensional.js";
import { formatCount, formatModes, formatNumber, formatPercent, formatSpread } from "../format.js";
import { scoresAreDistances } from "../looks.js";
import { floorOf, type Group, meanOf, meanOverSeeds, type Spread } from "../summary.js";
import { type Html, html, join } from "./html.js";
import { listOf, nameOf } from "./names.js";

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
/** With more pairings than this, a sentence names the two ends of their order only. */
const NAMED_AT_MOST = 4;

/** "BCE against W-GP", "BCE, W-clip and W-GP". */
export function titleOf(groups: readonly Group[]): string {
  const labels = groups.map(({ look }) => look.label);
  if (labels.length <= 2) return labels.join(" against ");
  if (labels.length === 3) return `${labels[0]}, ${labels[1]} and ${labels[2]}`;
  return `${NUMBERS[labels.length] ?? labels.length} ways to train a generator`;
}

/** What was compared, in plain words. */
export function leadOf(groups: readonly Group[], { results }: Comparison): Html {
  const summary = datasets.has(results.data) ? ` (${datasets.get(results.data).summary})` : "";
  const data = html`<b>${results.data}</b>${summary}`;
  const iterations = formatCount(Math.max(...results.runs.map((run) => run.iterations)));
  const seeds = new Set(results.runs.map(({ seed }) => seed)).size;
  const trials = seeds > 1 ? html`, each with ${seeds} seeds; figures are means ± standard errors over the seeds` : "";
  const together =
    groups.length > 1
      ? html`${NUMBERS[groups.length] ?? groups.length} generators learned the data set ${data} with networks of the same kind for ${iterations} iterations${trials}. They differ in the opponent that taught them.`
      : html`One generator learned the data set ${data} for ${iterations} iterations${trials}.`;
  const kinds = new Set(groups.map(({ look }) => look.loss.output));
  return html`${together}
    ${kinds.has("probability") && "A discriminator answers with the probability that a sample is real. "}
    ${kinds.has("score") && "A critic answers with a score, any number, that is higher for what looks real."}`;
}

/** What came out, a sentence a finding: all of it computed from the results. */
export function findingsOf(groups: readonly Group[], comparison: Comparison): readonly Html[] {
  return [
    modes(groups),
    stopped(groups),
    distances(groups),
    ...estimates(groups),
    feedback(groups),
    disjoint(comparison, groups),
  ].filter((finding) => finding !== null);
}

function modes(groups: readonly Group[]): Html | null {
  const total = meanOverSeeds(groups, modesTotal.of);
  const found = ranked(groups, modesCaptured.of);
  if (total === null || found.length === 0) return null;
  // Pairings with the same result share a clause.
  const clauses = new Map<string, Html[]>();
  for (const { group, spread } of found.toReversed()) {
    const text = formatModes(spread, total);
    clauses.set(text, [...(clauses.get(text) ?? []), nameOf(group.look)]);
  }
  const sentences = [...clauses].map(
    ([text, names], i) => html`${listOf(names)} ${i === 0 && "captured "}<b>${text}</b>${i === 0 && " modes"}`,
  );
  return html`${join(sentences, "; ")}.`;
}

function distances(groups: readonly Group[]): Html | null {
  const found = ranked(groups, emd.of);
  const nearest = found[0];
  if (!nearest) return null;
  const floor = floorOf(groups);
  const isNear = ({ spread }: Ranked) => !exceedsFloor(spread.mean - nearest.spread.mean, floor ?? 0);
  const [near, far] = [found.filter(isNear), found.filter((one) => !isNear(one))];
  const names = listOf(near.map(({ group }) => nameOf(group.look)));
  const values = listOf(near.map(({ spread }) => html`<b>${formatSpread(spread)}</b>`));
  const kind = near.length > 1 ? "exact Earth mover's distances" : "an exact Earth mover's distance";
  const order =
    near.length > 1 ? ", which differ by less than real samples do" : found.length > 2 && ", the nearest of all";
  const farthest = far.at(-1);
  const factor = (farthest?.spread.mean ?? 0) / nearest.spread.mean;
  const times = factor >= 1.5 && Number.isFinite(factor) ? `, ${formatFactor(factor)} times as far` : "";
  return html`The samples of ${names} end at ${kind} of ${values} from the data${order}${farthest !== undefined && html`; those of ${nameOf(farthest.group.look)} at <b>${formatSpread(farthest.spread)}</b>${times}`} (${UNITS}).${floor !== null && html` Two real samples of that size are <b>${formatNumber(floor)}</b> apart, the floor of every such distance.`}`;
}

/** What critics say of the distance, one finding a critic where there is an exact one. */
function estimates(groups: readonly Group[]): readonly Html[] {
  const critics = groups.flatMap((group) => {
    const running = meanOf(group.runs, runningEstimate.of);
    return running ? [{ group, running }] : [];
  });
  if (critics.length === 0 || critics.length > NAMED_AT_MOST) return [];
  if (groups.some(({ runs }) => runs.some((run) => emd.of(run) !== null))) {
    return critics.map(({ group, running }) => besideExact(group, running, floorOf(groups)));
  }
  const clauses = critics.map(({ group, running }) => {
    const first = meanOf(group.runs, ({ history }) => (history[0] ? runningEstimate.of(history[0]) : null));
    return html`${nameOf(group.look)} from ${formatNumber(first?.mean ?? null)} to <b>${formatSpread(running)}</b>`;
  });
  return [
    html`A critic's estimate of the Earth mover's distance between real and generated samples (${UNITS}): ${join(clauses, "; ")}.`,
  ];
}

/** A critic's number, once settled too, beside the exact one, and what lies between them: a fault only where that exceeds the floor. */
function besideExact(group: Group, running: Spread, floor: number | null): Html {
  const exact = meanOf(group.runs, emd.of);
  const debiased = meanOf(group.runs, debiasedEmd.of);
  const settled = meanOf(group.runs, settledEstimate.of);
  const once = settled && html`, and once settled <b>${formatSpread(settled)}</b>,`;
  const where = debiased
    ? html`the exact one is ${formatSpread(debiased)} debiased (${formatSpread(exact)} plain${floor !== null && `, floor ${formatNumber(floor)}`})`
    : html`it is ${formatSpread(exact)}`;
  const off = debiased && running.mean - debiased.mean;
  return html`The critic of ${nameOf(group.look)} estimates that distance at <b>${formatSpread(running)}</b>${once} where ${where}.${off !== null && gaps(group, off, floor)}`;
}

/** What lies between a critic's number and the exact one, in words. */
function gaps(group: Group, off: number, floor: number | null): Html {
  if (!scoresAreDistances(group.look))
    return html` Its condition allows some other slope than 1, and its estimate has that scale.`;
  const [lag, slack] = [meanOf(group.runs, criticLag.of), meanOf(group.runs, conditionSlack.of)];
  if (!lag || !slack) {
    return exceedsFloor(off, floor)
      ? html` The two differ by ${formatNumber(Math.abs(off))}.`
      : html` They differ by less than the floor, and chance may be all of it.`;
  }
  const chance = (gap: Spread) => !exceedsFloor(gap.mean, floor) && ", below the floor and perhaps chance";
  return html` The critic's lag, running to settled, is ${formatSpread(lag)}${chance(lag)}; its condition's slack, debiased exact to settled, is ${formatSpread(slack)}${chance(slack)}.`;
}

function feedback(groups: readonly Group[]): Html | null {
  const order = ranked(groups, feedbackLast.of);
  const shown = order.length > NAMED_AT_MOST ? [...order.slice(0, 1), ...order.slice(-1)] : order;
  const clauses = shown.flatMap(({ group, spread: last }) => {
    const first = meanOf(group.runs, feedbackFirst.of);
    if (!first) return [];
    const change = changeOf(first.mean, last.mean);
    return [html`${nameOf(group.look)} ${formatNumber(first.mean)} to <b>${formatNumber(last.mean)}</b>${change}`];
  });
  if (clauses.length === 0) return null;
  const ends = order.length > shown.length ? ", least and most" : "";
  return html`Generator feedback, the pull that a generated sample feels, from the first to the last tenth of the run${ends}: ${join(clauses, "; ")}.${starved(groups)}`;
}

/** Who is hidden by a mean over all samples. */
function starved(groups: readonly Group[]): Html | null {
  const order = ranked(groups, starvedShare.of).filter(({ spread }) => spread.mean >= 0.01);
  if (order.length === 0) return null;
  const clauses = order
    .toReversed()
    .map(({ group, spread }) => html`<b>${formatPercent(spread)}</b> of those of ${nameOf(group.look)}`);
  return html` That is a mean over all samples, and some feel next to nothing, below 0.001, at the end: ${join(clauses, ", ")}.`;
}

function changeOf(first: number, last: number): string {
  const factor = first / last;
  if (!Number.isFinite(factor) || (factor < 2 && factor > 0.5)) return "";
  return factor >= 2 ? `, 1/${formatFactor(factor)} of it` : `, ${formatFactor(1 / factor)} times as much`;
}

function disjoint({ oneDimensional }: Comparison, groups: readonly Group[]): Html | null {
  if (!oneDimensional) return null;
  const values = disjointFeedback(oneDimensional);
  const clauses = namedCurves(oneDimensional, groups).map(({ look, ran, drawnWith }, i) => {
    const aside = ran ? drawnWith && `, there with the ${drawnWith},` : ", which is not among the runs,";
    return html`${nameOf(look)}${aside} leaves <b>${formatNumber(values[i] ?? null)}</b>`;
  });
  return html`Between two Gaussians on a line that have nothing in common, of that pull ${join(clauses, " and ")}.`;
}

function stopped(groups: readonly Group[]): Html | null {
  const clauses = groups.flatMap(({ look, runs }) => {
    const reasons = runs.flatMap((run) => run.stopped ?? []);
    const [first] = reasons;
    if (first === undefined) return [];
    return [html`${reasons.length} of ${runs.length} runs of ${nameOf(look)} stopped early. ${first}`];
  });
  return clauses.length === 0 ? null : html`<span class="warning">Stopped:</span> ${join(clauses, " ")}`;
}

interface Ranked {
  readonly group: Group;
  readonly spread: Spread;
}

/** Those groups that have a figure, by its mean, lowest first. */
function ranked(groups: readonly Group[], figure: (run: RunResult) => number | null): Ranked[] {
  return groups
    .flatMap((group) => {
      const spread = meanOf(group.runs, figure);
      return spread ? [{ group, spread }] : [];
    })
    .sort((a, b) => a.spread.mean - b.spread.mean);
}

function formatFactor(factor: number): string {
  if (factor >= 1e5) return formatNumber(factor);
  return factor >= 10 ? formatCount(Number(factor.toPrecision(2))) : factor.toFixed(1);
}
