import type { Mark } from "../../../src/catalogue.js";
import { highQualityShare, modesCaptured } from "../../../src/metrics/coverage.js";
import { runningEstimate } from "../../../src/metrics/estimates.js";
import { debiasedEmd, emd, emdFloor } from "../../../src/metrics/exactDistances.js";
import { feedback, starvedShare } from "../../../src/metrics/feedback.js";
import { criticLoss, generatorLoss } from "../../../src/metrics/losses.js";
import type { Evaluation, Shown } from "../../../src/metrics/metric.js";
import { settledEstimate } from "../../../src/metrics/settled.js";
import { slopeMean, slopeP99 } from "../../../src/metrics/slope.js";
import { number, percent } from "../language/format.js";
import type { Dictionary } from "../language/index.js";
import type { Term } from "../lessons/term.js";
import type { Scale } from "./axis.js";
import type { Curve } from "./curve.js";
import { metricCharts } from "./metricChart.js";

/** A run whose evaluations are drawn. */
export interface ChartedRun {
  /** "W-GP" */
  readonly label: string;
  /** What its opponent is called. */
  readonly opponent: string;
  readonly color: string;
  readonly mark?: Mark | undefined;
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[];
}

/** A chart of evaluations, of one run or of several over each other. */
export interface EvaluationChart {
  readonly name: string;
  readonly title: string;
  readonly term?: Term | undefined;
  readonly scale: Scale;
  readonly mark?: number | undefined;
  /** What its axis ends at, where figures go beyond. */
  readonly most?: number | undefined;
  readonly curves: readonly Curve[];
  /** How to read it, below all charts. */
  readonly note?: string | undefined;
}

const DASHED = [6, 4];
const DOTTED = [2, 3];

/** Several runs are seen as far from the data as this many times where the farthest began; one that strays farther leaves the chart. */
const FARTHEST = 1.25;

type Read = (evaluation: Evaluation) => number | null;

/** The charts of runs on the same data: distance, fakes without feedback, feedback, losses, slope and, where the modes are known, modes. */
export function evaluationCharts(
  runs: readonly ChartedRun[],
  modesTotal: number | null,
  words: Dictionary["charts"],
): readonly EvaluationChart[] {
  const several = runs.length > 1;
  const has = (read: Read) => runs.some(({ evaluations }) => evaluations.some((one) => read(one) !== null));
  type Look = Partial<Pick<Curve, "color" | "dash" | "dots" | "hollow" | "format">>;
  const curve = (run: ChartedRun, label: string, read: Read, look: Look = {}): Curve => ({
    label: several ? words.ofRun(run.label, label) : label,
    color: run.color,
    mark: several ? run.mark : undefined,
    format: (value) => number(value, 3),
    iterations: run.evaluations.map(({ iteration }) => iteration),
    values: run.evaluations.map(read),
    ...look,
  });
  /** A curve of each run that has such a figure. */
  const curves = (label: string, read: Read, look?: Look) =>
    runs
      .filter(({ evaluations }) => evaluations.some((one) => read(one) !== null))
      .map((run) => curve(run, label, read, look));
  const always = (label: string, read: Read, look?: Look) => runs.map((run) => curve(run, label, read, look));

  const estimated = has(runningEstimate.of);
  const debiased = has(debiasedEmd.of);
  const start = Math.max(...runs.map(({ evaluations: [first] }) => (first && emd.of(first)) ?? 0));
  const ofTotal = (share: number) => words.modesOf(Math.round(share * (modesTotal ?? 0)), modesTotal ?? 0);
  const captured: Read = (one) => {
    const count = modesCaptured.of(one);
    return count && count / (modesTotal ?? 1);
  };
  return [
    {
      name: "distance",
      title: words.distance,
      term: estimated ? "estimate" : "distance",
      scale: "linear",
      most: several && start > 0 ? FARTHEST * start : undefined,
      curves: [
        ...(debiased ? always(words.debiased, debiasedEmd.of) : always(words.emd, emd.of)),
        ...(debiased && !several ? always(words.emd, emd.of, { dash: DOTTED }) : []),
        ...(several ? [] : curves(words.floor, emdFloor.of, { color: "--muted", dash: DOTTED })),
        ...curves(words.estimate, runningEstimate.of, { dash: DASHED, hollow: true }),
        ...curves(words.settled, settledEstimate.of, { dots: true, hollow: true }),
      ],
      note: has(settledEstimate.of) ? words.gaps : undefined,
    },
    {
      name: "starved",
      title: words.starved,
      term: "starved",
      scale: "share",
      curves: always(words.starvedShare, starvedShare.of, { format: percent }),
    },
    {
      name: "feedback",
      title: words.feedback,
      term: "feedback",
      scale: "logarithmic",
      mark: 1,
      curves: always(words.feedbackMean, feedback.of),
    },
    {
      name: "losses",
      title: words.losses,
      term: "value",
      scale: "linear",
      curves: runs.flatMap((run) => [
        curve(run, run.opponent, criticLoss.of),
        curve(run, words.generatorLoss, generatorLoss.of, { dash: DASHED }),
      ]),
    },
    {
      name: "slope",
      title: words.slope,
      term: "slope",
      scale: "linear",
      mark: 1,
      curves: [...always(words.slopeMean, slopeMean.of), ...always(words.slopeMost, slopeP99.of, { dash: DOTTED })],
    },
    ...(modesTotal === null
      ? []
      : [
          {
            name: "modes",
            title: words.modes,
            term: "modes",
            scale: "share",
            curves: [
              ...always(words.modesCaptured, captured, { format: ofTotal }),
              ...always(words.quality, highQualityShare.of, { dash: DASHED, format: percent }),
            ],
          } as const,
        ]),
  ];
}

/** What the charts above show of a run, and what they leave to others. */
const DRAWN: readonly Shown[] = [
  ...[emd, debiasedEmd, emdFloor, runningEstimate, settledEstimate],
  ...[feedback, starvedShare, slopeMean, slopeP99, modesCaptured, highQualityShare, criticLoss, generatorLoss],
];

/** A chart of each further metric that the page draws and some evaluation of the run has. */
export function furtherCharts(
  { evaluations, color }: ChartedRun,
  metrics: readonly Shown[],
): readonly EvaluationChart[] {
  const drawn = new Set(DRAWN.map(({ name }) => name));
  const further = metrics.filter(({ name }) => !drawn.has(name));
  const iterations = evaluations.map(({ iteration }) => iteration);
  return metricCharts(further, evaluations).flatMap(({ of, format, ...chart }) => {
    const values = evaluations.map(of);
    if (values.every((value) => value === null)) return [];
    return [{ ...chart, curves: [{ label: chart.title, color, format, iterations, values }] }];
  });
}
