import { MultiBar, type SingleBar } from "cli-progress";
import type { Evaluation } from "../results.js";

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

/**
 * Shows how runs go on standard error: a bar for each on a terminal, a plain line for each evaluation elsewhere, nothing where `quiet`.
 * @param from the iteration that a resumed run begins with
 */
export function progressDisplay(quiet: boolean, from = 0): ProgressDisplay {
  if (quiet) return { update: () => {}, stop: () => {} };
  return process.stderr.isTTY ? bars(from) : lines();
}

function bars(from: number): ProgressDisplay {
  const format = "{name} [{bar}] {value}/{total}  {rate} it/s  {left} left  {figures}";
  const multi = new MultiBar({
    format,
    hideCursor: true,
    clearOnComplete: false,
    stopOnComplete: false,
    autopadding: true,
  });
  const began = new Map<string, number>();
  const shown = new Map<string, SingleBar>();
  return {
    update({ name, iteration, iterations, evaluation }) {
      const start = began.get(name) ?? performance.now();
      began.set(name, start);
      const bar =
        shown.get(name) ??
        multi.create(iterations, iteration, { name: name.padEnd(10), rate: "-", left: "-", figures: "" });
      shown.set(name, bar);
      const perSecond = (1000 * (iteration - from)) / (performance.now() - start);
      const known = Number.isFinite(perSecond) && perSecond > 0;
      bar.update(iteration, {
        rate: known ? perSecond.toFixed(perSecond < 10 ? 1 : 0) : "-",
        left: known ? duration((iterations - iteration) / perSecond) : "-",
        ...(evaluation && { figures: figures(evaluation) }),
      });
    },
    stop: () => multi.stop(),
  };
}

function lines(): ProgressDisplay {
  return {
    update({ name, iteration, iterations, evaluation }) {
      if (!evaluation) return;
      const seconds = `${evaluation.seconds.toFixed(1)} s`;
      process.stderr.write(`${name}  ${iteration}/${iterations}  ${seconds}  ${figures(evaluation)}\n`);
    },
    stop: () => {},
  };
}

function figures({ heldOutEstimate, emd, modesCaptured, criticLoss }: Evaluation): string {
  return [
    heldOutEstimate === null ? `critic loss ${criticLoss.toFixed(3)}` : `estimate ${heldOutEstimate.toFixed(3)}`,
    ...(emd === null ? [] : [`EMD ${emd.toFixed(3)}`]),
    ...(modesCaptured === null ? [] : [`modes ${modesCaptured}`]),
  ].join("  ");
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
