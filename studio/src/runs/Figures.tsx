import { runningEstimate } from "../../../src/report/gaps.js";
import type { RunResult } from "../../../src/runs/results.js";
import { number, percent, whole } from "../language/format.js";
import { text } from "../language/index.js";
import { labelled } from "./labels.js";

type Column = keyof ReturnType<typeof cellsOf>;

/** The figures of each run at its last evaluation, as the command line prints them: a run a row. */
export function Figures({ runs }: { readonly runs: readonly RunResult[] }) {
  const words = text().runs.figures;
  const rows = labelled(runs).map(({ run, key, name, look }) => ({ key, name, look, cells: cellsOf(run) }));
  // A column that applies to no run is left out.
  const columns = (Object.keys(rows[0]!.cells) as Column[]).filter((name) => rows.some(({ cells }) => cells[name]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="run-figures" tabIndex={0} aria-label={words.title}>
      <table>
        <caption>{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.loss}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {words[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, look, cells }) => (
            <tr key={key}>
              <th scope="row">
                <i style={{ background: look.color }} /> {name}
              </th>
              {columns.map((column) => (
                <td key={column}>{cells[column] ?? "–"}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="run-note">{words.note}</p>
    </section>
  );
}

function cellsOf(run: RunResult) {
  const words = text().runs.figures;
  const figure = (value: number | null, digits = 3) =>
    value === null ? null : Number.isFinite(value) ? number(value, digits) : words.infinite;
  const share = (value: number | null) => (value === null ? null : percent(value));
  const range = ([low, high]: readonly [number, number]) => words.range(figure(low, 2)!, figure(high, 2)!);
  const { modesCaptured: modes, modesTotal } = run;
  return {
    seed: String(run.seed),
    iterations: whole(run.iterations),
    estimate: figure(runningEstimate(run)),
    settled: figure(run.settledEstimate),
    emd: figure(run.emd),
    floor: figure(run.emdFloor),
    debiased: figure(run.debiasedEmd),
    modes: modes === null ? null : modesTotal === null ? whole(modes) : text().charts.modesOf(modes, modesTotal),
    quality: share(run.highQualityShare),
    feedback: words.change(figure(run.feedbackFirst, 2)!, figure(run.feedbackLast, 2)!),
    starved: share(run.starvedShare),
    slope: figure(run.slopeMean, 2),
    real: range(run.realScoreRange),
    fake: range(run.fakeScoreRange),
    seconds: figure(run.seconds, 2),
  };
}
