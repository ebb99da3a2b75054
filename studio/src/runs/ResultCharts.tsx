import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { RunResult } from "../../../src/results.js";
import { createSharedTime, EvaluationCharts, TimeControls } from "../charts/index.js";
import { text } from "../language/index.js";
import { ComparedCharts } from "./ComparedCharts.js";
import { labelled } from "./labels.js";

/** The charts of one run, or of several over each other until the reader asks for one. */
export function ResultCharts({ runs }: { readonly runs: readonly RunResult[] }) {
  const words = text().runs.charts;
  const time = useMemo(createSharedTime, []);
  const one = useSignal<number | null>(null);
  const all = labelled(runs);
  const alone = runs.length === 1 ? 0 : one.value;
  const shown = alone === null ? undefined : all[alone];
  const last = Math.max(...runs.map(({ iterations }) => iterations));
  return (
    <div class="run-charts">
      <div class="run-charts-controls">
        {runs.length > 1 && (
          <label>
            {words.which}{" "}
            <select
              value={one.value ?? ""}
              onChange={({ currentTarget: { value } }) => {
                one.value = value === "" ? null : Number(value);
              }}
            >
              <option value="">{words.together}</option>
              {all.map(({ label }, index) => (
                <option key={label} value={index}>
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
          evaluations={shown.run.history}
          modesTotal={shown.run.modesTotal}
          time={time}
        />
      ) : (
        <ComparedCharts runs={all} time={time} />
      )}
      <p class="run-charts-hint">{text().charts.hint}</p>
    </div>
  );
}
