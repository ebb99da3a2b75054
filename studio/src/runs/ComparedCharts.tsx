import { useMemo } from "preact/hooks";
import { runningEstimate } from "../../../src/report/gaps.js";
import type { Evaluation, RunResult } from "../../../src/runs/results.js";
import { type Curve, type Scale, type SharedTime, TimeChart } from "../charts/index.js";
import { number, percent } from "../language/format.js";
import { language, text } from "../language/index.js";
import type { Term } from "../tour/index.js";
import type { LabelledRun } from "./labels.js";

interface Measure {
  readonly title: string;
  readonly term?: Term;
  readonly scale: Scale;
  readonly mark?: number;
  readonly of: (evaluation: Evaluation, run: RunResult) => number | null;
}

/** One chart for each figure, with a curve for each run. */
export function ComparedCharts({ runs, time }: { readonly runs: readonly LabelledRun[]; readonly time: SharedTime }) {
  const charts = useMemo(
    () => measures(runs).map((measure) => ({ ...measure, curves: curvesOf(runs, measure) })),
    [runs, language.value],
  );
  return (
    <section class="charts" aria-label={text().runs.charts.together}>
      {charts
        .filter(({ curves }) => curves.length > 0)
        .map(({ title, term, scale, mark, curves }) => (
          <TimeChart
            key={title}
            title={title}
            {...(term && { term })}
            scale={scale}
            mark={mark}
            curves={curves}
            time={time}
          />
        ))}
    </section>
  );
}

function measures(runs: readonly LabelledRun[]): readonly Measure[] {
  const { charts, runs: all } = text();
  const words = all.charts;
  const floors = runs.flatMap(({ run }) => run.emdFloor ?? []);
  const floor = floors.reduce((sum, value) => sum + value / floors.length, 0);
  return [
    {
      ...{ title: words.emd, term: "distance", scale: "linear", of: ({ emd }) => emd },
      ...(floors.length > 0 && { mark: floor }),
    },
    { title: words.debiased, term: "debiased", scale: "linear", of: ({ debiasedEmd }) => debiasedEmd },
    {
      title: words.estimate,
      term: "estimate",
      scale: "linear",
      of: runningEstimate,
    },
    { title: words.settled, term: "settled", scale: "linear", of: ({ settledEstimate }) => settledEstimate },
    { title: charts.feedback, term: "feedback", scale: "logarithmic", mark: 1, of: ({ feedback }) => feedback },
    { title: charts.slope, term: "slope", scale: "logarithmic", mark: 1, of: ({ slopeMean }) => slopeMean },
    {
      title: words.modes,
      term: "modes",
      scale: "share",
      of: ({ modesCaptured }, { modesTotal }) => modesCaptured && modesTotal && modesCaptured / modesTotal,
    },
    { title: words.quality, scale: "share", of: ({ highQualityShare }) => highQualityShare },
    { title: words.starved, scale: "share", of: ({ starvedShare }) => starvedShare },
  ];
}

/** Of the runs that have the figure. */
function curvesOf(runs: readonly LabelledRun[], { scale, of }: Measure): readonly Curve[] {
  const format = scale === "share" ? percent : (value: number) => number(value, 3);
  return runs.flatMap(({ run, label, look, mark }) => {
    const values = run.history.map((evaluation) => of(evaluation, run));
    if (values.every((value) => value === null)) return [];
    const iterations = run.history.map(({ iteration }) => iteration);
    const dash = look.dash === "none" ? undefined : look.dash.split(" ").map(Number);
    return [{ label, color: look.color, dash, mark, format, iterations, values }];
  });
}
