import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { acceptanceLength } from "../synthesis/trainAcceptance.js";
import type { RunConfig } from "./config.js";

/** An update of the classifier takes about this share of an iteration on as many rows. */
const OF_AN_ITERATION = 0.3;
/** What else there is to do: calibration, and weighing rows. */
const BESIDE = 1.1;

/** Iterations that take about as long as the finish of rows at the end of a run, with networks of the usual size; 0 where there is none. */
export function finishLength({ batch, resample = false }: RunConfig, { codec, fields, size }: Dataset): number {
  if (codec.kind !== "tableRows" || !resample) return 0;
  const classifier = acceptanceLength({ rows: size, width: sizeOf(fields.sample.shape) });
  return BESIDE * OF_AN_ITERATION * classifier.updates * (classifier.batch / batch);
}
