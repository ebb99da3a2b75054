import { MultiBar, type SingleBar } from "cli-progress";
import { printable } from "../quoting.js";
import type { Evaluation } from "../runs/results.js";
import { tell } from "./output.js";
import { figure } from "./table.js";

/** What a line of progress is about. */
export interface ProgressEvent {
  readonly name: string;
  readonly iteration: number;
  readonly iterations: number;
  readonly evaluation?: Evaluation;
}

export interface ProgressDisplay {
  update(event: ProgressEvent): void;
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
  if (quiet) return { update: () => {}, stop: () => {} };
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
    stop: () => {},
  };
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

/** "85 it/s, 1 min 5 s left". */
function speed({ iteration, iterations, since, from }: Standing): string {
  const perSecond = (1000 * (iteration - from)) / (performance.now() - since);
  if (!(perSecond > 0 && Number.isFinite(perSecond))) return "";
  return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} it/s, ${duration((iterations - iteration) / perSecond)} left`;
}

function figures(evaluation: Evaluation): string {
  const { heldOutEstimate, wassersteinEstimate, settledEstimate, emd, emdFloor, modesCaptured, criticLoss } =
    evaluation;
  const estimate = heldOutEstimate ?? wassersteinEstimate;
  return [
    estimate === null ? `critic loss ${figure(criticLoss)}` : `estimate ${figure(estimate)}`,
    ...(settledEstimate === null ? [] : [`settled ${figure(settledEstimate)}`]),
    ...(emd === null ? [] : [`EMD ${figure(emd)}${emdFloor === null ? "" : ` (floor ${figure(emdFloor)})`}`]),
    ...(modesCaptured === null ? [] : [`modes ${modesCaptured}`]),
  ].join("  ");
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
