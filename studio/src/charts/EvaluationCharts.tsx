import { useMemo } from "preact/hooks";
import type { Evaluation, Shown } from "../../../src/metrics/metric.js";
import { language, text } from "../language/index.js";
import { evaluationCharts, furtherCharts } from "./evaluationCurves.js";
import { TimeChart } from "./TimeChart.js";
import type { SharedTime } from "./time.js";
import { ValueTable } from "./ValueTable.js";

export interface EvaluationChartsProps {
  /** Which run it is: "Left: BCE". */
  readonly label: string;
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[];
  /** Of the run beside this one, so that both have the same axes where their figures compare. */
  readonly beside?: readonly Evaluation[];
  /** How many modes the data have; `null` where that is not known. */
  readonly modesTotal: number | null;
  /** What is drawn besides. Default: nothing. */
  readonly metrics?: readonly Shown[];
  readonly time: SharedTime;
}

const NONE: readonly Evaluation[] = [];
const NO_OTHERS: readonly Shown[] = [];

/** The charts of one run below each other, with a table of their last values for screen readers. */
export function EvaluationCharts({
  label,
  evaluations,
  beside = NONE,
  modesTotal,
  metrics = NO_OTHERS,
  time,
}: EvaluationChartsProps) {
  const words = text().charts;
  const charts = useMemo(
    () => [...evaluationCharts(evaluations, modesTotal, words), ...furtherCharts(evaluations, metrics)],
    [evaluations, modesTotal, metrics, language.value],
  );
  const others = useMemo(() => evaluationCharts(beside, modesTotal, words), [beside, modesTotal, language.value]);
  return (
    <section class="charts" aria-label={words.of(label)}>
      {charts.map(({ name, title, term, scale, mark, curves }, i) => (
        <TimeChart
          key={name}
          title={title}
          term={term}
          scale={scale}
          mark={mark}
          curves={curves}
          beside={others[i]?.comparable}
          time={time}
        />
      ))}
      {charts.map(({ name, note }) =>
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
