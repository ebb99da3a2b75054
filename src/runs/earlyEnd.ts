import type { OwnMetric } from "../metrics/metric.js";
import { patience, reasonToStop, type StopRule, stopWhen } from "../training/stopRules.js";
import type { Progress } from "../training/train.js";
import type { RunConfig } from "./coreSettings.js";

/** What ends a run before its last iteration. */
export function stopRulesOf({
  stopWhen: condition,
  patience: evaluations,
  patienceFigure,
}: Pick<RunConfig, "stopWhen" | "patience" | "patienceFigure">): StopRule[] {
  return [
    ...(condition === "none" ? [] : [stopWhen(condition)]),
    ...(evaluations === 0 ? [] : [patience(evaluations, patienceFigure === "auto" ? undefined : patienceFigure)]),
  ];
}

/** Where a run stands. */
interface Standing {
  readonly config: RunConfig;
  readonly progress: Pick<Progress, "iteration" | "history">;
}

/**
 * Why a run ended before its last iteration; `undefined` where it did not.
 * @param own metrics besides those of the catalogue
 */
export function earlyEnd({ config, progress }: Standing, own?: readonly OwnMetric[]): string | undefined {
  const { iteration, history } = progress;
  const isEvaluated = history.at(-1)?.iteration === iteration;
  if (iteration === 0 || iteration >= config.iterations || !isEvaluated) return undefined;
  return reasonToStop(stopRulesOf(config), history, own);
}

/** Whether a run is at its end. */
export function hasEnded(run: Standing, own?: readonly OwnMetric[]): boolean {
  return run.progress.iteration >= run.config.iterations || earlyEnd(run, own) !== undefined;
}

/** How the end of a run is told that came early. */
export function earlyEndSentence(reason: string, iteration: number, iterations: number): string {
  return `Ended at iteration ${iteration} of ${iterations}: ${reason}.`;
}
