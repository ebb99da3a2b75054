import { z } from "zod";
import type { TensorData } from "../engine/index.js";
import type { Model } from "../game/model.js";
import type { PlayerState } from "../game/state.js";
import { tableDetection, tableTrend } from "../metrics/tableQuality.js";
import type { TrainEvent } from "../training/train.js";

/** A generator as it was when a run was evaluated best: what makes the rows of a table. */
export interface BestGenerator {
  /** Generator updates that it had. */
  readonly iteration: number;
  /** How hard its rows are to tell from held-out ones, 1 is best; `null` if it was not evaluated. */
  readonly score: number | null;
  /** How alike pairs of columns go together, 1 is best: it decides between generators whose rows are equally hard to tell. */
  readonly trend: number | null;
  readonly generator: PlayerState<TensorData>;
}

export const bestSchema = z.strictObject({
  iteration: z.int().min(0),
  score: z.number().nullable(),
  trend: z.number().nullable().default(null),
});

/** The better one of the best generator so far and the one that was evaluated; of equal ones the latter. */
export async function bestAfter(
  best: BestGenerator | null,
  { evaluation, state }: Pick<Extract<TrainEvent, { readonly type: "evaluation" }>, "evaluation" | "state">,
): Promise<BestGenerator | null> {
  const [score, trend] = [tableDetection.of(evaluation), tableTrend.of(evaluation)];
  if (score === null || (best && isBelow([score, trend], [best.score, best.trend]))) return best;
  return { iteration: evaluation.iteration, score, trend, generator: (await state()).generator };
}

/** Whether the first figures that differ are lower in the first list; what was not measured is lowest. */
function isBelow(some: readonly (number | null)[], others: readonly (number | null)[]): boolean {
  const place = some.findIndex((value, i) => value !== others[i]);
  return place >= 0 && (some[place] ?? Number.NEGATIVE_INFINITY) < (others[place] ?? Number.NEGATIVE_INFINITY);
}

/** The generator whose rows get a finish: the best one, or that which a run has come to rest with where none was evaluated. */
export function generatorToFinish(best: BestGenerator | null, { state }: Model, iteration: number): BestGenerator {
  return best && best.score !== null ? best : { iteration, score: null, trend: null, generator: state.generator };
}
