import Table from "cli-table3";
import { pairingByName } from "../game/pairings.js";
import { shownIn } from "../metrics/catalogue.js";
import { estimatePearson, lateEstimatePearson, settledError, settledPearson } from "../metrics/estimateQuality.js";
import { emdFloor, exceedsFloor } from "../metrics/exactDistances.js";
import { starvedShare } from "../metrics/feedback.js";
import type { Shown } from "../metrics/metric.js";
import { conditionSlack, criticLag, settledEstimate } from "../metrics/settled.js";
import { capitalised, printable, uncapitalised } from "../quoting.js";
import { featuresSentence } from "../runs/pictureFeatures.js";
import type { Results, RunResult } from "../runs/results.js";
import { figure, figureText, percent } from "./figureText.js";

/** A column of a table of runs, or of runs together. A figure that one does not have is `null`. */
export interface Column<Row = RunResult> {
  readonly head: string;
  readonly cell: (row: Row) => string | null;
}

const LOSS: Column = { head: "loss", cell: ({ loss }) => loss };
const OUTCOME: Column = { head: "loss", cell: ({ loss, stopped }) => (stopped === null ? loss : `${loss} (diverged)`) };
const SEED: Column = { head: "seed", cell: ({ seed }) => String(seed) };
const SECONDS: Column = { head: "s", cell: ({ seconds }) => seconds.toFixed(0) };

/** No upright lines: they would take a tenth of a line. */
const UPRIGHT = ["left", "right", "middle", "top-left", "top-mid", "top-right", "left-mid", "mid-mid", "right-mid"];
const CHARACTERS = Object.fromEntries(
  [...UPRIGHT, "bottom-left", "bottom-mid", "bottom-right"].map((name) => [name, ""]),
);

/**
 * The figures of a comparison in tables of at most 80 columns, a run a line, those of a loss together: first how near the generators have
 * come, then what the two networks were to each other. A column that no run has a figure for is left out.
 */
export function resultsTable(results: Results): string {
  const losses = [...new Set(results.runs.map(({ loss }) => loss))];
  const runs = losses.flatMap((loss) => results.runs.filter((one) => one.loss === loss));
  const columns = (about: Shown["about"]) =>
    tabulated(results)
      .filter((metric) => metric.about === about)
      .map((metric): Column => ({ head: printable(metric.head), cell: (run) => figureText(metric, run) }));
  return [
    ...tablesOf([OUTCOME, SEED], columns("outcome"), runs),
    ...tablesOf([LOSS, SEED], [...columns("training"), SECONDS], runs),
  ].join("\n");
}

/** What stands in the tables: the figures that some run has. */
export function tabulated(results: Results): Shown[] {
  return shownIn(results).filter(
    (metric) => metric.places.includes("table") && results.runs.some((run) => figureText(metric, run) !== null),
  );
}

/** As many columns in each table as a terminal has room for. */
export function tablesOf<Row>(
  names: readonly Column<Row>[],
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string[] {
  for (let count = columns.length; count > 1; count--) {
    const table = tableOf([...names, ...columns.slice(0, count)], rows);
    if (widthOf(table) > TERMINAL) continue;
    return count === columns.length ? [table] : [table, ...tablesOf(names, columns.slice(count), rows)];
  }
  return [
    tableOf([...names, ...columns.slice(0, 1)], rows),
    ...(columns.length > 1 ? tablesOf(names, columns.slice(1), rows) : []),
  ];
}

function widthOf(table: string): number {
  return Math.max(...table.split("\n").map((line) => line.trimEnd().length));
}

function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return plainTable(
    columns.map(({ head }) => head),
    rows.map((row) => columns.map(({ cell }) => cell(row) ?? "-")),
  );
}

/** What the columns of these runs mean. */
export function resultsLegend(results: Results): string {
  const shown = tabulated(results);
  const inUnits = (unit: string) =>
    shown
      .filter((metric) => metric.unit === unit)
      .map(({ head }) => head)
      .join(", ");
  const units = [...new Set(shown.flatMap(({ unit }) => unit ?? []))];
  const explained = (about: Shown["about"]) =>
    shown
      .filter((metric) => metric.about === about)
      .map(
        ({ head, summary, notation }) => `${head}${notation.ends ? ", first → last" : ""}: ${uncapitalised(summary)}`,
      );
  return [
    ...explained("outcome"),
    [...explained("training"), "s: seconds."].join(" "),
    ...units.map((unit) => `In ${unit}: ${inUnits(unit)}.`),
    ...(results.features === undefined ? [] : [featuresSentence(results.features)]),
  ]
    .map((line) => wrapped(printable(line)))
    .join("\n");
}

/**
 * What the tables have no room for, a paragraph each: by how much the critic lags and its condition is slack, how well estimates follow
 * the exact distance, and how many samples starve.
 */
export function resultsNotes(runs: readonly RunResult[]): string[] {
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  const note = (text: (run: RunResult) => string | null, sentence: (list: string) => string) => {
    const found = runs.flatMap((run) => {
      const value = text(run);
      return value === null ? [] : [`${seeds > 1 ? `${run.loss} (seed ${run.seed})` : run.loss} ${value}`];
    });
    return found.length > 0 ? [wrapped(sentence(found.join(", ")))] : [];
  };
  return [
    ...note(
      (run) => besideFloor(criticLag.of(run), run),
      (list) => `The critic's lag behind its generator, settled - running: ${list}.`,
    ),
    ...note(
      (run) => besideFloor(conditionSlack.of(run), run),
      (list) => `The slack of its condition, settled - debiased: ${list}.${scaleOf(runs)}`,
    ),
    ...note(
      (run) => {
        const [correlation, error] = [settledPearson.of(run), settledError.of(run)];
        const off = error !== null && !hasOwnScale(run) ? ` (off by ${percent(error)} above the floor)` : "";
        return correlation === null ? null : `${figure(correlation, 2)}${off}`;
      },
      (list) => `Correlation (Pearson) of settled and debiased over the run: ${list}.`,
    ),
    ...note(
      (run) => {
        const [all, late] = [estimatePearson.of(run), lateEstimatePearson.of(run)];
        return all === null ? null : `${figure(all, 2)}${late === null ? "" : ` (second half ${figure(late, 2)})`}`;
      },
      (list) => `Correlation (Pearson) of running and EMD over the run: ${list}.`,
    ),
    ...note(
      (run) => figureText(starvedShare, run),
      (list) => `Samples that starve at the end, with feedback below 0.001: ${list}.`,
    ),
  ];
}

/** A gap between two distances, and whether it may be chance. */
function besideFloor(gap: number | null, run: RunResult): string | null {
  if (gap === null) return null;
  return `${figure(gap, 2)}${exceedsFloor(gap, emdFloor.of(run)) ? "" : " (less than the floor)"}`;
}

/** Some constraints hold slopes below some number, not below 1, so that estimates have a scale of their own. */
function hasOwnScale({ loss }: RunResult): boolean {
  return pairingByName(loss).constraint.slope === "some";
}

function scaleOf(runs: readonly RunResult[]): string {
  const scaled = runs.filter((run) => hasOwnScale(run) && settledEstimate.of(run) !== null).map(({ loss }) => loss);
  const sentences = [...new Set(scaled)].map((loss) => {
    const { title } = pairingByName(loss).constraint;
    return ` (${capitalised(title)} does not hold slopes at 1: ${loss} has a scale of its own.)`;
  });
  return sentences.join("");
}

/** The columns of a terminal that everything printed fits into. */
export const TERMINAL = 80;
/** What a table of two columns takes besides their content: three upright lines, and a space on either side of each content. */
const FRAME = 3 + 4;

/**
 * A table with a line below its heads.
 * @param widths of the columns, within which cells are broken into lines. Default: as wide as their cells
 */
export function plainTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  widths?: readonly number[],
): string {
  const style = { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 1 };
  const wrapping = widths && { colWidths: widths.map((width) => width + 1), wordWrap: true };
  const table = new Table({ head: [...heads], style, chars: CHARACTERS, ...wrapping });
  for (const row of rows) table.push([...row]);
  return table.toString();
}

/** Names and values, one a line; long values go on below. */
export function factsTable(rows: readonly (readonly [string, string])[]): string {
  // A name with a line end in it would break the table.
  const facts = rows.map(([name, value]) => [printable(name), printable(value)] as const);
  const names = Math.max(...facts.map(([name]) => name.length));
  const values = Math.min(Math.max(...facts.map(([, value]) => value.length)), TERMINAL - FRAME - names);
  const table = new Table({ colWidths: [names + 2, values + 2], style: { head: [], border: [], compact: true } });
  for (const [name, content] of facts) {
    const wrapOnWordBoundary = content.split(" ").every((word) => word.length <= values);
    table.push([name, { content, wordWrap: true, wrapOnWordBoundary }]);
  }
  return table.toString();
}

/** Text in lines that fit into a terminal, broken at spaces. */
export function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= TERMINAL) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines.join("\n");
}
