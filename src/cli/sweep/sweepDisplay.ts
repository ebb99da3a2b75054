import { mainFigure } from "../../metrics/mainFigure.js";
import type { HasFigures } from "../../metrics/metric.js";
import { printable, uncapitalised } from "../../quoting.js";
import type { PairingProgress } from "../../runs/pairingRun.js";
import type { RunResult } from "../../runs/results.js";
import type { PlannedRun, SweepPlan } from "../../sweeps/sweepPlan.js";
import { figureText } from "../figureText.js";
import { tell } from "../output.js";
import { plainTable } from "../table.js";
import { warn } from "../warn.js";
import { runCount, runText } from "./sweepText.js";

/** Shows on standard error how the runs of a sweep go. */
export interface SweepDisplay {
  update(run: PlannedRun, progress: PairingProgress): void;
  ended(run: PlannedRun, result: RunResult): void;
  /** Tells what a user should know meanwhile, quiet or not. */
  warn(sentence: string): void;
  stop(): void;
}

/** What is known of a run that is under way or has ended. */
interface Standing {
  readonly iteration: string;
  readonly figure: string;
}

const REDRAWN_MILLISECONDS = 100;
const TOLD_MILLISECONDS = 30_000;
/** Where a terminal does not say how many lines it has. */
const USUAL_ROWS = 24;

/**
 * A table of the runs that are under way and of those that ended last, drawn anew as they go on, on a terminal; elsewhere a line for each run
 * that ends, and one every half minute; nothing where `quiet`.
 * @param done runs that have ended before
 */
export function sweepDisplay(plan: SweepPlan, done: number, quiet: boolean): SweepDisplay {
  if (quiet) return { update() {}, ended() {}, warn: (sentence) => warn([sentence]), stop() {} };
  return process.stderr.isTTY ? liveTable(plan, done) : lines(plan, done);
}

function liveTable(plan: SweepPlan, doneBefore: number): SweepDisplay {
  const underWay = new Map<string, Standing>();
  const ended = new Map<string, Standing>();
  let drawn = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  const clear = () => {
    if (drawn > 0) process.stderr.write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  const draw = (isLast = false) => {
    if (!isLast && performance.now() - drawnAt < REDRAWN_MILLISECONDS) return;
    drawnAt = performance.now();
    // Two lines are the head, one says how many there are, and the cursor takes one.
    const room = Math.max(1, (process.stderr.rows ?? USUAL_ROWS) - 4);
    const shown = [...[...ended].slice(-Math.max(0, room - underWay.size)), ...underWay].slice(-room);
    const rows = shown.map(([name, { iteration, figure }]) => [printable(name), iteration, figure]);
    const count = `${doneBefore + ended.size} of ${runCount(plan.runs.length)} done`;
    const text = rows.length === 0 ? count : `${plainTable(["run", "iteration", "figure"], rows)}\n${count}`;
    const width = process.stderr.columns ?? Number.POSITIVE_INFINITY;
    // A line that the terminal breaks in two could not be drawn over.
    const fitting = text.split("\n").map((line) => line.trimEnd().slice(0, width - 1));
    clear();
    process.stderr.write(`${fitting.join("\n")}\n`);
    drawn = fitting.length;
  };
  return {
    update(run, progress) {
      const name = runText(run, plan);
      underWay.set(name, standingOf(progress, underWay.get(name)));
      draw();
    },
    ended(run, result) {
      const name = runText(run, plan);
      underWay.delete(name);
      const iteration = String(result.iterations);
      ended.set(name, { iteration, figure: result.stopped === null ? figureOf(result) : "diverged" });
      draw();
    },
    warn(sentence) {
      clear();
      warn([sentence]);
      draw(true);
    },
    stop: () => draw(true),
  };
}

function lines(plan: SweepPlan, doneBefore: number): SweepDisplay {
  const underWay = new Map<string, Standing>();
  let done = doneBefore;
  let toldAt = performance.now();
  return {
    update(run, progress) {
      const name = runText(run, plan);
      underWay.set(name, standingOf(progress, underWay.get(name)));
      if (performance.now() - toldAt < TOLD_MILLISECONDS) return;
      toldAt = performance.now();
      const standings = [...underWay].map(([of, { iteration, figure }]) => `${of}: ${iteration}  ${figure}`.trimEnd());
      tell(`${done} of ${runCount(plan.runs.length)} done; ${standings.join("; ")}`);
    },
    ended(run, result) {
      const name = runText(run, plan);
      underWay.delete(name);
      done++;
      toldAt = performance.now();
      const outcome =
        result.stopped === null ? `${result.iterations} iterations in ${result.seconds.toFixed(0)} s` : "diverged";
      tell([`${done}/${plan.runs.length}`, name, outcome, figureOf(result)].filter((part) => part !== "").join("  "));
    },
    warn: (sentence) => warn([sentence]),
    stop() {},
  };
}

function standingOf({ doing, iteration, iterations, evaluation }: PairingProgress, before?: Standing): Standing {
  const count = `${iteration}/${iterations}`;
  return {
    iteration: doing === undefined ? count : `${uncapitalised(doing)} ${count}`,
    figure: evaluation ? figureOf(evaluation) : (before?.figure ?? ""),
  };
}

function figureOf(measured: HasFigures): string {
  const figure = mainFigure([measured]);
  const text = figure && figureText(figure, measured);
  return figure && text != null ? `${figure.head} ${text}` : "";
}
