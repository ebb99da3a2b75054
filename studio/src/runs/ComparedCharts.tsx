import { useMemo } from "preact/hooks";
import type { Shown } from "../../../src/metrics/metric.js";
import { type Curve, type MetricChart, metricCharts, type SharedTime, TimeChart } from "../charts/index.js";
import { language, text } from "../language/index.js";
import type { LabelledRun } from "./labels.js";

interface ComparedChartsProps {
  readonly runs: readonly LabelledRun[];
  /** What can be shown of them. */
  readonly metrics: readonly Shown[];
  readonly time: SharedTime;
}

/** One chart for each figure, with a curve for each run. */
export function ComparedCharts({ runs, metrics, time }: ComparedChartsProps) {
  const charts = useMemo(
    () =>
      metricCharts(
        metrics,
        runs.map(({ run }) => run),
      ).map((chart) => ({ ...chart, curves: curvesOf(runs, chart) })),
    [runs, metrics, language.value],
  );
  return (
    <section class="charts" aria-label={text().runs.charts.together}>
      {charts
        .filter(({ curves }) => curves.length > 0)
        .map(({ name, title, term, scale, mark, curves }) => (
          <TimeChart key={name} title={title} term={term} scale={scale} mark={mark} curves={curves} time={time} />
        ))}
    </section>
  );
}

/** Of the runs that have the figure. */
function curvesOf(runs: readonly LabelledRun[], { of, format }: MetricChart): readonly Curve[] {
  return runs.flatMap(({ run, label, look, mark }) => {
    const values = run.history.map(of);
    if (values.every((value) => value === null)) return [];
    const iterations = run.history.map(({ iteration }) => iteration);
    const dash = look.dash === "none" ? undefined : look.dash.split(" ").map(Number);
    return [{ label, color: look.color, dash, mark, format, iterations, values }];
  });
}
