import { catalogue } from "../catalogue.js";
import { highQualityShare, modesCaptured, modesTotal } from "./coverage.js";
import {
  estimatePearson,
  estimateSpearman,
  lateEstimatePearson,
  lateEstimateSpearman,
  settledError,
  settledErrorLargest,
  settledPearson,
  settledSpearman,
} from "./estimateQuality.js";
import { heldOutEstimate, runningEstimate, wassersteinEstimate } from "./estimates.js";
import { debiasedEmd, emd, emdFloor } from "./exactDistances.js";
import { feedback, feedbackFirst, feedbackLast, starvedShare } from "./feedback.js";
import { criticLoss, generatorLoss, value } from "./losses.js";
import { type MetricFacts, type OwnMetric, type Shown, shownByName } from "./metric.js";
import {
  coverage,
  coverageFloor,
  density,
  densityFloor,
  frechetDistance,
  frechetDistanceFloor,
  kernelDistance,
  kernelDistanceFloor,
  nearCopies,
  pictureSpread,
  precision,
  precisionFloor,
  recall,
  recallFloor,
} from "./pictureQuality.js";
import { fakeScoreRange, realScoreRange } from "./scoreRange.js";
import { conditionSlack, criticLag, settledEstimate, settledSlope, settledUpdates } from "./settled.js";
import { slopeMax, slopeMean, slopeP99 } from "./slope.js";
import { tableDetection, tableShape, tableTrend } from "./tableQuality.js";

/**
 * All figures, in the order in which tables have them. What is added here with `metrics.add(...)` is measured from then on, and appears
 * in `results.json`, in tables, in progress, in the report and in the Studio's view of saved runs.
 */
export const metrics = catalogue<Shown>("metric", [
  value,
  wassersteinEstimate,
  heldOutEstimate,
  runningEstimate,
  settledEstimate,
  debiasedEmd,
  emd,
  emdFloor,
  criticLag,
  conditionSlack,
  settledUpdates,
  settledSlope,
  estimatePearson,
  estimateSpearman,
  lateEstimatePearson,
  lateEstimateSpearman,
  settledPearson,
  settledSpearman,
  settledError,
  settledErrorLargest,
  modesCaptured,
  modesTotal,
  highQualityShare,
  feedback,
  feedbackFirst,
  feedbackLast,
  starvedShare,
  slopeMean,
  slopeP99,
  slopeMax,
  realScoreRange,
  fakeScoreRange,
  tableShape,
  tableTrend,
  tableDetection,
  frechetDistance,
  frechetDistanceFloor,
  kernelDistance,
  kernelDistanceFloor,
  precision,
  precisionFloor,
  recall,
  recallFloor,
  density,
  densityFloor,
  coverage,
  coverageFloor,
  nearCopies,
  pictureSpread,
  criticLoss,
  generatorLoss,
]);

/**
 * The catalogue's, and a user's own ones for one piece of work.
 * @throws InputError where two have the same name
 */
export function metricsWith(own: readonly OwnMetric[] = []): readonly Shown[] {
  const all = catalogue("metric", metrics.entries);
  for (const one of own) all.add(one);
  return all.entries;
}

/** All figures that can be shown of results: the catalogue's, then those that only the results explain. */
export function shownIn({ metrics: facts }: { readonly metrics: readonly MetricFacts[] }): readonly Shown[] {
  return [...metrics.entries, ...facts.filter(({ name }) => !metrics.has(name)).map(shownByName)];
}
