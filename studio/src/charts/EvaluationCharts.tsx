import { useMemo } from "preact/hooks";
import type { Shown } from "../../../src/metrics/metric.js";
import { language, text } from "../language/index.js";
import { type ChartedRun, evaluationCharts, furtherCharts } from "./evaluationCurves.js";
import { TimeChart } from "./TimeChart.js";
import type { SharedTime } from "./time.js";
import { ValueTable } from "./ValueTable.js";

export interface EvaluationChartsProps {
  /** Whose charts they are. */
  readonly label: string;
  /** Of the same data: their curves lie over each other. */
  readonly runs: readonly ChartedRun[];
  /** How many modes the data have; `null` where that is not known. */
  readonly modesTotal: number | null;
  /** What is drawn of a single run besides. Default: nothing. */
  readonly metrics?: readonly Shown[];
  /** How many are shown, the most telling first. Default: all. */
  readonly most?: number;
  readonly time: SharedTime;
}

const NO_OTHERS: readonly Shown[] = [];

/** The charts of runs below each other, with a table of their last values for screen readers. */
export function EvaluationCharts({
  label,
  runs,
  modesTotal,
  metrics = NO_OTHERS,
  most = Infinity,
  time,
}: EvaluationChartsProps) {
  const words = text().charts;
  const charts = useMemo(() => {
    const [run] = runs;
    const further = run && metrics.length > 0 ? furtherCharts(run, metrics) : [];
    return [...evaluationCharts(runs, modesTotal, words), ...further];
  }, [runs, modesTotal, metrics, language.value]);
  const shown = charts.slice(0, most);
  return (
    <section class="charts" aria-label={words.of(label)}>
      {shown.map(({ name, note: _, ...chart }) => (
        <TimeChart key={name} {...chart} time={time} />
      ))}
      {shown.map(({ name, note }) =>
        note ? (
          <p key={name} class="chart-note">
            {note}
          </p>
        ) : null,
      )}
      <ValueTable caption={words.table(label)} charts={charts} />
    </section>
  );
}
