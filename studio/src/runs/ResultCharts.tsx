import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { shownIn } from "../../../src/metrics/catalogue.js";
import { modesTotal } from "../../../src/metrics/coverage.js";
import type { Results } from "../../../src/runs/results.js";
import { type ChartedRun, createSharedTime, EvaluationCharts, TimeControls } from "../charts/index.js";
import { language, text } from "../language/index.js";
import { opponentOf } from "../settings/opponent.js";
import { ComparedCharts } from "./ComparedCharts.js";
import { type LabelledRun, labelled } from "./labels.js";

/** The charts of one run, or of several over each other until the reader asks for one. */
export function ResultCharts({ results }: { readonly results: Results }) {
  const { runs } = results;
  const metrics = useMemo(() => shownIn(results), [results]);
  const words = text().runs.charts;
  const time = useMemo(createSharedTime, []);
  const chosen = useSignal<string | null>(null);
  const all = useMemo(() => labelled(runs), [runs, language.value]);
  const shown = runs.length === 1 ? all[0] : all.find(({ key }) => key === chosen.value);
  const alone = useMemo(() => (shown ? [chartedRun(shown)] : []), [shown]);
  const last = Math.max(...runs.map(({ iterations }) => iterations));
  return (
    <div class="run-charts">
      <div class="run-charts-controls">
        {runs.length > 1 && (
          <label>
            {words.which}{" "}
            <select
              value={shown?.key ?? ""}
              onChange={({ currentTarget: { value } }) => {
                chosen.value = value;
              }}
            >
              <option value="">{words.together}</option>
              {all.map(({ key, label }) => (
                <option key={key} value={key}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
        <TimeControls time={time} whole={[0, last]} />
      </div>
      {shown ? (
        <EvaluationCharts
          label={shown.label}
          runs={alone}
          modesTotal={modesTotal.of(shown.run)}
          metrics={metrics}
          time={time}
        />
      ) : (
        <ComparedCharts runs={all} metrics={metrics} time={time} />
      )}
      <p class="run-charts-hint">{text().charts.hint}</p>
    </div>
  );
}

function chartedRun({ label, look, mark, run }: LabelledRun): ChartedRun {
  const opponent = text().app.opponents[opponentOf({ loss: look.loss.name })];
  return { label, opponent, color: look.color, mark, evaluations: run.history };
}
