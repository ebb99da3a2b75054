import { highQualityShare, modesCaptured } from "../../../src/metrics/coverage.js";
import { runningEstimate } from "../../../src/metrics/estimates.js";
import { debiasedEmd, emd, emdFloor } from "../../../src/metrics/exactDistances.js";
import { feedback } from "../../../src/metrics/feedback.js";
import { criticLoss, generatorLoss } from "../../../src/metrics/losses.js";
import type { Evaluation, Shown } from "../../../src/metrics/metric.js";
import { settledEstimate } from "../../../src/metrics/settled.js";
import { slopeMean, slopeP99 } from "../../../src/metrics/slope.js";
import { number, percent } from "../language/format.js";
import type { Dictionary } from "../language/index.js";
import type { Term } from "../tour/term.js";
import type { Scale } from "./axis.js";
import type { Curve } from "./curve.js";
import { metricCharts } from "./metricChart.js";

/** A chart of a run's evaluations. */
export interface EvaluationChart {
  readonly name: string;
  readonly title: string;
  readonly term?: Term | undefined;
  readonly scale: Scale;
  readonly mark?: number | undefined;
  readonly curves: readonly Curve[];
  /** How to read it, below all charts, so that those of two runs stay beside each other. */
  readonly note?: string | undefined;
  /** Those that can be held against the same of another run. */
  readonly comparable: readonly Curve[];
}

const DASHED = [6, 4];
const DOTTED = [2, 3];

/** The charts of one run: losses, distance, feedback, slope and, where the modes are known, modes. */
export function evaluationCharts(
  evaluations: readonly Evaluation[],
  modesTotal: number | null,
  words: Dictionary["charts"],
): readonly EvaluationChart[] {
  const iterations = evaluations.map(({ iteration }) => iteration);
  const curve = (
    label: string,
    color: string,
    read: (evaluation: Evaluation) => number | null,
    { dash, dots, format = (value) => number(value, 3) }: Partial<Pick<Curve, "dash" | "dots" | "format">> = {},
  ): Curve => ({ label, color, dash, dots, format, iterations, values: evaluations.map(read) });
  const has = (read: (evaluation: Evaluation) => number | null) => evaluations.some((one) => read(one) !== null);

  const distance = curve(words.emd, "--chart-first", emd.of, { dash: DOTTED });
  const debiased = curve(words.debiased, "--chart-first", debiasedEmd.of);
  const floor = curve(words.floor, "--muted", emdFloor.of, { dash: DOTTED });
  const estimated = has(runningEstimate.of);
  const exact = has(debiasedEmd.of) ? [debiased, distance] : [{ ...distance, dash: undefined }];
  const distances = [
    ...exact,
    ...(has(emdFloor.of) ? [floor] : []),
    ...(estimated ? [curve(words.estimate, "--chart-second", runningEstimate.of, { dash: DASHED })] : []),
    ...(has(settledEstimate.of) ? [curve(words.settled, "--chart-second", settledEstimate.of, { dots: true })] : []),
  ];
  const pull = [curve(words.feedbackMean, "--chart-first", feedback.of)];
  const slope = [
    curve(words.slopeMean, "--chart-first", slopeMean.of),
    curve(words.slopeMost, "--chart-second", slopeP99.of, { dash: DOTTED }),
  ];
  const charts: EvaluationChart[] = [
    {
      name: "losses",
      title: words.losses,
      term: "value",
      scale: "linear",
      curves: [
        curve(words.criticLoss, "--chart-first", criticLoss.of),
        curve(words.generatorLoss, "--chart-second", generatorLoss.of, { dash: DASHED }),
      ],
      comparable: [],
    },
    {
      name: "distance",
      title: words.distance,
      term: estimated ? "estimate" : "distance",
      scale: "linear",
      curves: distances,
      note: has(settledEstimate.of) ? words.gaps : undefined,
      comparable: exact,
    },
    {
      name: "feedback",
      title: words.feedback,
      term: "feedback",
      scale: "logarithmic",
      mark: 1,
      curves: pull,
      comparable: pull,
    },
    { name: "slope", title: words.slope, term: "slope", scale: "linear", mark: 1, curves: slope, comparable: [] },
  ];
  if (modesTotal === null) return charts;
  const ofTotal = (share: number) => words.modesOf(Math.round(share * modesTotal), modesTotal);
  const captured = (one: Evaluation) => {
    const count = modesCaptured.of(one);
    return count && count / modesTotal;
  };
  const modes = [
    curve(words.modesCaptured, "--chart-first", captured, { format: ofTotal }),
    curve(words.quality, "--chart-second", highQualityShare.of, { dash: DASHED, format: percent }),
  ];
  return [
    ...charts,
    { name: "modes", title: words.modes, term: "modes", scale: "share", curves: modes, comparable: modes },
  ];
}

/** What the charts above show of a run, and what they leave to others. */
const DRAWN: readonly Shown[] = [
  ...[emd, debiasedEmd, emdFloor, runningEstimate, settledEstimate],
  ...[feedback, slopeMean, slopeP99, modesCaptured, highQualityShare, criticLoss, generatorLoss],
];

/** A chart of each further metric that the page draws and some evaluation has. */
export function furtherCharts(
  evaluations: readonly Evaluation[],
  metrics: readonly Shown[],
): readonly EvaluationChart[] {
  const drawn = new Set(DRAWN.map(({ name }) => name));
  const further = metrics.filter(({ name }) => !drawn.has(name));
  const iterations = evaluations.map(({ iteration }) => iteration);
  return metricCharts(further, evaluations).flatMap(({ of, format, ...chart }) => {
    const values = evaluations.map(of);
    if (values.every((value) => value === null)) return [];
    const curve: Curve = { label: chart.title, color: "--chart-first", format, iterations, values };
    return [{ ...chart, curves: [curve], comparable: [] }];
  });
}
