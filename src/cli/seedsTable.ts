import type { Shown } from "../metrics/metric.js";
import { printable } from "../quoting.js";
import type { Results, RunResult } from "../runs/results.js";
import { figure, percent } from "./figureText.js";
import { type Column, tablesOf, tabulated } from "./table.js";

/** The runs of one loss. */
interface Group {
  readonly loss: string;
  readonly runs: readonly RunResult[];
}

/**
 * How near the generators have come, as means over seeds ± the sample deviation, a loss a line; `undefined` where no loss has several
 * seeds.
 */
export function seedsTable(results: Results): string | undefined {
  const losses = [...new Set(results.runs.map(({ loss }) => loss))];
  const groups = losses.map((loss): Group => ({ loss, runs: results.runs.filter((run) => run.loss === loss) }));
  if (groups.every(({ runs }) => runs.length === 1)) return undefined;
  const columns = tabulated(results)
    .filter(({ about }) => about === "outcome")
    .map((metric): Column<Group> => ({ head: printable(metric.head), cell: ({ runs }) => spreadText(metric, runs) }))
    .filter(({ cell }) => groups.some((group) => cell(group) !== null));
  const names: readonly Column<Group>[] = [
    { head: "loss", cell: ({ loss }) => loss },
    { head: "seeds", cell: ({ runs }) => String(runs.length) },
  ];
  return tablesOf(names, columns, groups).join("\n");
}

/** "0.912 ± 0.004", or the figure alone where one run has it. */
function spreadText(metric: Shown, runs: readonly RunResult[]): string | null {
  const values = runs.map(metric.of).filter((value) => typeof value === "number");
  const n = values.length;
  const [first] = values;
  if (first === undefined) return null;
  const text = metric.notation.style === "share" ? percent : figure;
  // Equal values have no deviation, not one of rounding.
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / n;
  if (n === 1) return text(mean);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${text(mean)} ± ${text(Number(Math.sqrt(squares / (n - 1)).toPrecision(2)))}`;
}
