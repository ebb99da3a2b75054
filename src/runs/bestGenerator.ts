import { z } from "zod";
import type { TensorData } from "../engine/index.js";
import type { PlayerState } from "../game/state.js";
import type { Evaluation } from "../metrics/metric.js";
import { tableDetection } from "../metrics/tableQuality.js";

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
