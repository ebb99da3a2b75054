import { z } from "zod";
import type { TensorData } from "../engine/index.js";
import type { Model } from "../game/model.js";
import type { PlayerState } from "../game/state.js";
import type { Evaluation } from "../metrics/metric.js";
import { tableDetection } from "../metrics/tableQuality.js";
import type { TrainEvent } from "../training/train.js";

/** A generator as it was when a run was evaluated best: what makes the rows of a table. */
export interface BestGenerator {
  /** Generator updates that it had. */
  readonly iteration: number;
  /** What it was judged by, higher is better; `null` where it was not evaluated. */
  readonly score: number | null;
  readonly generator: PlayerState<TensorData>;
}

export const bestSchema = z.strictObject({ iteration: z.int().min(0), score: z.number().nullable() });

/** What generators are compared by: how hard their rows are to tell from held-out ones; `null` where that was not measured. */
export function scoreOf(evaluation: Evaluation): number | null {
  return tableDetection.of(evaluation);
}

/** The better one of the best generator so far and the one that was evaluated; a tie keeps the former. */
export async function bestAfter(
  best: BestGenerator | null,
  { evaluation, state }: Pick<Extract<TrainEvent, { readonly type: "evaluation" }>, "evaluation" | "state">,
): Promise<BestGenerator | null> {
  const score = scoreOf(evaluation);
  if (score === null || score <= (best?.score ?? Number.NEGATIVE_INFINITY)) return best;
  return { iteration: evaluation.iteration, score, generator: (await state()).generator };
}

/** The generator whose rows get a finish: the best one, or that which a run has come to rest with where none was evaluated. */
export function generatorToFinish(best: BestGenerator | null, { state }: Model, iteration: number): BestGenerator {
  return best && best.score !== null ? best : { iteration, score: null, generator: state.generator };
}
