import { COVERAGE_SAMPLES, highQualityShare, modesCaptured } from "../../../src/metrics/coverage.js";
import { runningEstimate } from "../../../src/metrics/estimates.js";
import { debiasedEmd, emdFloor } from "../../../src/metrics/exactDistances.js";
import { starvedShare } from "../../../src/metrics/feedback.js";
import { value } from "../../../src/metrics/losses.js";
import type { Evaluation, Shown } from "../../../src/metrics/metric.js";
import { settledEstimate } from "../../../src/metrics/settled.js";
import { number, percent, whole } from "../language/format.js";
import { opponentOf } from "../settings/opponent.js";
import type { SideSettings } from "../settings/settings.js";

type Read = (evaluation: Evaluation, side: SideSettings) => string | null;

const written =
  (metric: Shown<number>, write: (figure: number) => string): Read =>
  (evaluation) => {
    const figure = metric.of(evaluation);
    return figure === null ? null : write(figure);
  };

/** As charts write them. */
const figured = (figure: number) => number(figure, 3);

/** Figures of a side that a lesson is about, as its panel shows them while it trains; `null` where a side has no such figure. */
export const LESSON_FIGURES = {
  bce: (evaluation, side) =>
    opponentOf(side) === "discriminator" ? written(value, (figure) => figured(-figure))(evaluation, side) : null,
  value: written(value, figured),
  modes: written(modesCaptured, whole),
  good: written(highQualityShare, (share) => whole(share * COVERAGE_SAMPLES)),
  distance: written(debiasedEmd, figured),
  estimate: written(runningEstimate, figured),
  settled: written(settledEstimate, figured),
  floor: written(emdFloor, figured),
  starved: written(starvedShare, percent),
} as const satisfies Readonly<Record<string, Read>>;

export type LessonFigure = keyof typeof LESSON_FIGURES;
