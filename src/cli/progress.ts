import { MultiBar, type SingleBar } from "cli-progress";
import { metrics } from "../metrics/catalogue.js";
import { runningEstimate } from "../metrics/estimates.js";
import { criticLoss } from "../metrics/losses.js";
import { type Evaluation, numberNamed, type Shown } from "../metrics/metric.js";
import { printable } from "../quoting.js";
import { figure, figureText } from "./figureText.js";
import { tell } from "./output.js";
import { warn } from "./warn.js";

/** What a line of progress is about. */
export interface ProgressEvent {
  readonly name: string;
  readonly iteration: number;
  readonly iterations: number;
  readonly evaluation?: Evaluation;
  /** What comes after the last iteration takes about as long as so many: the time left is told with it. Default: 0. */
  readonly more?: number;
  /** What comes after the last iteration, of which it is not known how long it takes: "4000 iterations". */
  readonly next?: string;
}

export interface ProgressDisplay {
  update(event: ProgressEvent): void;
  /** Tells what a user should know meanwhile, quiet or not. */
  warn(sentence: string): void;
  stop(): void;
}

/** Where a run stands, and what of it is known. */
interface Standing extends ProgressEvent {
  /** When it was first heard of, and at which iteration. */
  readonly since: number;
  readonly from: number;
}

/**
 * Shows how runs go on standard error: a bar for each on a terminal, plain lines elsewhere, nothing where `quiet`.
 */
export function progressDisplay(quiet: boolean): ProgressDisplay {
  if (quiet) return { update: () => {}, warn: warned, stop: () => {} };
  return process.stderr.isTTY ? bars() : lines();
}

function bars(): ProgressDisplay {
  const multi = new MultiBar({
    format: "{name} [{bar}] {value}/{total}  {speed}  {figures}",
    barsize: 20,
    hideCursor: false,
    autopadding: true,
  });
  const shown = new Map<string, SingleBar>();
  const standings = followed();
  const makeRoom = () => {
    // Bars beyond the screen's height could not be redrawn.
    if (shown.size < (process.stderr.rows ?? 24) - 2) return;
    const finished = [...shown].find(([, bar]) => bar.getProgress() >= 1);
    if (!finished) return;
    multi.remove(finished[1]);
    shown.delete(finished[0]);
  };
  return {
    update(event) {
      const standing = standings(event);
      const { name, iteration, iterations, evaluation } = standing;
      const text = {
        name: printable(name).padEnd(8),
        speed: speed(standing),
        figures: evaluation ? figures(evaluation) : "",
      };
      const bar = shown.get(name);
      if (bar) return bar.update(iteration, text);
      makeRoom();
      shown.set(name, multi.create(iterations, iteration, text));
    },
    warn: (sentence) => multi.log(`monge: ${printable(sentence)}\n`),
    stop: () => multi.stop(),
  };
}

/** Evaluations are told unless they come thicker than twenty a run; where there are none, a line comes about each tenth of a run. */
function lines(): ProgressDisplay {
  const standings = followed();
  const told = new Map<string, number>();
  return {
    update(event) {
      const standing = standings(event);
      const { name, iteration, iterations, evaluation } = event;
      const untold = iteration - (told.get(name) ?? Number.NEGATIVE_INFINITY);
      if (evaluation ? untold < iterations / 20 : untold <= iterations / 10) return;
      told.set(name, iteration);
      const parts = [name, `${iteration}/${iterations}`, speed(standing), evaluation ? figures(evaluation) : ""];
      tell(parts.filter((part) => part !== "").join("  "));
    },
    warn: warned,
    stop: () => {},
  };
}

function warned(sentence: string): void {
  warn([sentence]);
}

/** Remembers of each run where it began and its latest evaluation. */
function followed(): (event: ProgressEvent) => Standing {
  const standings = new Map<string, Standing>();
  return (event) => {
    const before = standings.get(event.name) ?? { since: performance.now(), from: event.iteration };
    const standing = { ...before, ...event };
    standings.set(event.name, standing);
    return standing;
  };
}

/** "85 it/s, 1 min 5 s left", with what comes after it "85 it/s, 2 min 0 s left in all", "5 it/s, 20 s left, then 4000 iterations". */
function speed({ iteration, iterations, since, from, more = 0, next }: Standing): string {
  const perSecond = (1000 * (iteration - from)) / (performance.now() - since);
  if (!(perSecond > 0 && Number.isFinite(perSecond))) return "";
  const left = duration((iterations - iteration + more) / perSecond);
  const after = [more > 0 ? " in all" : "", next === undefined ? "" : `, then ${next}`].join("");
  return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} it/s, ${left} left${after}`;
}

function figures(evaluation: Evaluation): string {
  const shown = metrics.entries.filter(({ places }) => places.includes("progress"));
  // A critic that estimates nothing is told by its loss.
  const all = runningEstimate.of(evaluation) === null ? [criticLoss, ...shown] : shown;
  return all
    .flatMap((metric) => {
      const text = figureText(metric, evaluation);
      return text === null ? [] : [`${metric.head} ${text}${besideReference(metric, evaluation)}`];
    })
    .join("  ");
}

/** " (floor 0.1)" after a figure that is compared with another; how much a share is tells by itself whether it is large. */
export function besideReference({ chart: { reference }, notation }: Shown, evaluation: Evaluation): string {
  if (typeof reference?.at !== "string" || reference.at === notation.outOf || notation.style === "share") return "";
  const compared = numberNamed(reference.at)(evaluation);
  return compared === null ? "" : ` (${reference.text} ${figure(compared)})`;
}

/** "1 min 5 s" */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
