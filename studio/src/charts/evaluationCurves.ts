import { runningEstimate } from "../../../src/report/gaps.js";
import type { Evaluation } from "../../../src/runs/results.js";
import { number, percent } from "../language/format.js";
import type { Dictionary } from "../language/index.js";
import type { Term } from "../tour/term.js";
import type { Scale } from "./axis.js";
import type { Curve } from "./curve.js";

/** A chart of a run's evaluations. */
export interface EvaluationChart {
  readonly name: "losses" | "distance" | "feedback" | "slope" | "modes";
  readonly title: string;
  readonly term: Term;
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

  const emd = curve(words.emd, "--chart-first", (one) => one.emd, { dash: DOTTED });
  const debiased = curve(words.debiased, "--chart-first", (one) => one.debiasedEmd);
  const floor = curve(words.floor, "--muted", (one) => one.emdFloor, { dash: DOTTED });
  const estimated = has(({ wassersteinEstimate }) => wassersteinEstimate);
  const exact = has(({ debiasedEmd }) => debiasedEmd) ? [debiased, emd] : [{ ...emd, dash: undefined }];
  const distances = [
    ...exact,
    ...(has(({ emdFloor }) => emdFloor) ? [floor] : []),
    ...(estimated ? [curve(words.estimate, "--chart-second", runningEstimate, { dash: DASHED })] : []),
    ...(has(({ settledEstimate }) => settledEstimate)
      ? [curve(words.settled, "--chart-second", (one) => one.settledEstimate, { dots: true })]
      : []),
  ];
  const feedback = [curve(words.feedbackMean, "--chart-first", (one) => one.feedback)];
  const slope = [
    curve(words.slopeMean, "--chart-first", (one) => one.slopeMean),
    curve(words.slopeMost, "--chart-second", (one) => one.slopeP99, { dash: DOTTED }),
  ];
  const charts: EvaluationChart[] = [
    {
      name: "losses",
      title: words.losses,
      term: "value",
      scale: "linear",
      curves: [
        curve(words.criticLoss, "--chart-first", (one) => one.criticLoss),
        curve(words.generatorLoss, "--chart-second", (one) => one.generatorLoss, { dash: DASHED }),
      ],
      comparable: [],
    },
    {
      name: "distance",
      title: words.distance,
      term: estimated ? "estimate" : "distance",
      scale: "linear",
      curves: distances,
      note: has(({ settledEstimate }) => settledEstimate) ? words.gaps : undefined,
      comparable: exact,
    },
    {
      name: "feedback",
      title: words.feedback,
      term: "feedback",
      scale: "logarithmic",
      mark: 1,
      curves: feedback,
      comparable: feedback,
    },
    { name: "slope", title: words.slope, term: "slope", scale: "linear", mark: 1, curves: slope, comparable: [] },
  ];
  if (modesTotal === null) return charts;
  const ofTotal = (share: number) => words.modesOf(Math.round(share * modesTotal), modesTotal);
  const captured = ({ modesCaptured }: Evaluation) => modesCaptured && modesCaptured / modesTotal;
  const modes = [
    curve(words.modesCaptured, "--chart-first", captured, { format: ofTotal }),
    curve(words.quality, "--chart-second", (one) => one.highQualityShare, { dash: DASHED, format: percent }),
  ];
  return [
    ...charts,
    { name: "modes", title: words.modes, term: "modes", scale: "share", curves: modes, comparable: modes },
  ];
}
