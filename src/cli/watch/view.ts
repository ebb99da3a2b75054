import { pairingByName } from "../../game/pairings.js";
import { opponentUnder } from "../../losses/loss.js";
import { metrics } from "../../metrics/catalogue.js";
import { criticLoss, generatorLoss } from "../../metrics/losses.js";
import type { Evaluation, Shown } from "../../metrics/metric.js";
import { printable } from "../../quoting.js";
import type { RunConfig } from "../../runs/config.js";
import type { RunState } from "../../studioServer/protocol.js";
import { figureText } from "../figureText.js";
import { besideReference, duration } from "../progress.js";
import { sparkline } from "./sparkline.js";

/** How a run stands, as its folder tells. */
export interface Watched {
  readonly name: string;
  readonly state: RunState;
  readonly settings: RunConfig;
  readonly iterations: number;
  readonly history: readonly Evaluation[];
  /** Why it diverged, or ended before its last iteration. */
  readonly message: string | null;
  /** Seconds since its last evaluation. */
  readonly since: number;
}

/** Evaluations that the rate is told by. */
const RECENT = 5;
const [BAR, NARROWEST] = [24, 8];

/** The lines of a run that is watched, for a terminal of so many columns. */
export function viewOf(run: Watched, columns: number): string[] {
  const { name, settings, state, history, message } = run;
  const { loss, data, seed } = settings;
  const last = history.at(-1);
  const lines = [
    `${name}: ${loss} on ${data}, seed ${seed}, ${state === "training" ? "in training" : state}`,
    progressLine(run),
    "",
    ...(last ? chartLines(run, last, columns) : ["It has not been evaluated yet."]),
    ...(message === null ? [] : ["", message]),
  ];
  return lines.map((line) => Array.from(printable(line)).slice(0, columns).join(""));
}

/** An evaluation as a line of text. */
export function lineOf(run: Watched, evaluation: Evaluation): string {
  const figures = shownOf(run).flatMap(({ label, metric }) => {
    const text = figureText(metric, evaluation);
    return text === null ? [] : [`${label} ${text}`];
  });
  return printable([`${evaluation.iteration}/${run.iterations}`, ...figures].join("  "));
}

/** "[=========>     ] about 3200 of 6000  85 it/s, 33 s left". */
function progressLine({ state, iterations, history, since }: Watched): string {
  const last = history.at(-1)?.iteration ?? 0;
  const rate = rateOf(history);
  const isTraining = state === "training";
  const reckoned = isTraining && rate !== undefined ? Math.min(iterations, Math.floor(last + rate * since)) : last;
  const done = Math.round((BAR * reckoned) / iterations);
  const bar = `[${"=".repeat(done)}${" ".repeat(BAR - done)}]`;
  const speed = rate === undefined ? "" : `  ${rate.toFixed(rate < 10 ? 1 : 0)} it/s`;
  const left = isTraining && rate !== undefined ? `, ${duration((iterations - reckoned) / rate)} left` : "";
  return `${bar} ${reckoned > last ? "about " : ""}${reckoned} of ${iterations}${speed}${left}`;
}

/** Iterations a second over the last evaluations, which are part of it; `undefined` before there are two. */
function rateOf(history: readonly Evaluation[]): number | undefined {
  const [first, last] = [history.slice(-RECENT)[0], history.at(-1)];
  if (!first || !last) return undefined;
  const rate = (last.iteration - first.iteration) / (last.seconds - first.seconds);
  return rate > 0 && Number.isFinite(rate) ? rate : undefined;
}

/** A line for each figure: its name, how it went, and what it is. */
function chartLines(run: Watched, last: Evaluation, columns: number): string[] {
  const rows = shownOf(run).map(({ label, metric }) => ({
    label,
    values: run.history.map((one) => numberOf(metric, one)),
    text: `${figureText(metric, last) ?? "-"}${besideReference(metric, last)}`,
  }));
  const [labels, texts] = [rows.map(({ label }) => label.length), rows.map(({ text }) => text.length)];
  const room = Math.max(NARROWEST, columns - Math.max(...labels) - Math.max(...texts) - 4);
  const width = Math.min(room, run.history.length);
  return [
    `Evaluation at iteration ${last.iteration}:`,
    ...rows.map(
      ({ label, values, text }) =>
        `${label.padEnd(Math.max(...labels))}  ${sparkline(values, width).padEnd(width)}  ${text}`,
    ),
  ];
}

interface ShownFigure {
  readonly label: string;
  readonly metric: Shown;
}

/** The figures that are shown, by what they are called: both losses, and what progress tells. */
function shownOf({ settings, history }: Watched): ShownFigure[] {
  const opponent = opponentUnder(pairingByName(settings.loss).loss);
  const told = metrics.entries.filter(({ places }) => places.includes("progress"));
  return [
    { label: `${opponent} loss`, metric: criticLoss },
    { label: "generator loss", metric: generatorLoss },
    ...told.map((metric) => ({ label: metric.head, metric })),
  ].filter(({ metric }) => history.some((one) => metric.of(one) !== null));
}

function numberOf(metric: Shown, evaluation: Evaluation): number {
  const value = metric.of(evaluation);
  return typeof value === "number" ? value : Number.NaN;
}
