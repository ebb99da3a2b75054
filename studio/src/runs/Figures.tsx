import type { Shown } from "../../../src/metrics/metric.js";
import type { RunResult } from "../../../src/runs/results.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { metricWords } from "../language/metricWords.js";
import { figureText, written } from "./figureText.js";
import { labelled } from "./labels.js";

interface Column {
  readonly head: string;
  readonly cell: (run: RunResult) => string | null;
}

interface FiguresProps {
  readonly runs: readonly RunResult[];
  /** What can be shown of them. */
  readonly metrics: readonly Shown[];
}

/** The figures of each run at its last evaluation: a run a row. A column that applies to no run is left out. */
export function Figures({ runs, metrics }: FiguresProps) {
  const words = text().runs.figures;
  const rows = labelled(runs);
  const shown = metrics.filter(
    (metric) => metric.places.includes("studioTable") && runs.some((run) => figureText(metric, run) !== null),
  );
  const columns: readonly Column[] = [
    { head: words.seed, cell: ({ seed }) => String(seed) },
    { head: words.iterations, cell: ({ iterations }) => whole(iterations) },
    ...shown.map((metric) => ({
      head: metricWords(metric).label,
      cell: (run: RunResult) => figureText(metric, run),
    })),
    { head: words.seconds, cell: ({ seconds }) => written(seconds, 2) },
  ];
  const explained = shown.map(metricWords).map(({ label, summary }) => words.explained(label, summary));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="run-figures" tabIndex={0} aria-label={words.title}>
      <table>
        <caption>{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.loss}</th>
            {columns.map(({ head }) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, look, run }) => (
            <tr key={key}>
              <th scope="row">
                <i style={{ background: look.color }} /> {name}
              </th>
              {columns.map(({ head, cell }) => (
                <td key={head}>{cell(run) ?? "–"}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="run-note">{explained.join(" ")}</p>
    </section>
  );
}
