// @ts-check
import { methods, REAL } from "./methods.mjs";
import { reported } from "./reported.mjs";

/**
 * @typedef {object} Result what came of one training
 * @property {string} data
 * @property {string} method
 * @property {string} budget "600 s", "full", or "" for methods that have one way to be trained
 * @property {number} seed
 * @property {string} [date]
 * @property {object} [machine]
 * @property {Record<string, string>} [versions]
 * @property {string} [failed] why there are no figures
 * @property {Record<string, any>} [figures] what judge.py prints
 * @property {{ seconds: number, peakMiB: number, trainedRows?: number }} [fit]
 * @property {{ rows: number, seconds: number, peakMiB: number }} [sample]
 * @typedef {(result: Result) => number | undefined} Reading
 * @typedef {{ title: string, of: Reading, format: (value: number) => string, spread?: boolean }} Column
 */

const score = (/** @type {number} */ value) => value.toFixed(3);
const whole = (/** @type {number} */ value) => Number(value.toPrecision(3)).toLocaleString("en");
const hundredths = (/** @type {number} */ value) => (100 * value).toFixed(2);
const figure =
  (/** @type {string} */ name) =>
  (/** @type {Result} */ { figures }) =>
    figures?.[name] ?? undefined;

/** @type {readonly Column[]} */
const columns = [
  { title: "shape", of: figure("shape"), format: score },
  { title: "trend", of: figure("trend"), format: score },
  { title: "strong pairs", of: figure("strongTrend"), format: score },
  { title: "detection", of: figure("detection"), format: score },
  { title: "logistic", of: figure("logisticDetection"), format: score },
  { title: "AUC", of: figure("auc"), format: score },
  { title: "F1", of: figure("f1"), format: score },
  { title: "R²", of: figure("r2"), format: score },
  { title: "DCR share", of: figure("dcrShare"), format: score },
  { title: "copies, %", of: ({ figures }) => figures && figures.copies - figures.repeats, format: hundredths },
  { title: "fit, s", of: ({ fit }) => fit?.seconds, format: whole, spread: false },
  { title: "rows/s", of: ({ fit }) => fit?.trainedRows && fit.trainedRows / fit.seconds, format: whole, spread: false },
  { title: "sampled rows/s", of: ({ sample }) => sample && sample.rows / sample.seconds, format: whole, spread: false },
  { title: "memory, MiB", of: ({ fit }) => fit?.peakMiB, format: whole, spread: false },
];

/**
 * A data set's table in Markdown: a row for each method and budget, mean ± deviation of scores over its seeds, then what papers report.
 * @param {readonly Result[]} results
 * @param {string} data
 */
export function tableOf(results, data) {
  const rows = labelled.flatMap(({ name, label }) => {
    const own = results.filter((result) => result.data === data && result.method === name);
    return [...new Set(own.map(({ budget }) => budget))].map((budget) => ({
      label: rowLabel(label, budget),
      results: own.filter((result) => result.budget === budget),
    }));
  });
  const shown = columns.filter(({ of }) => rows.some((row) => row.results.some((result) => of(result) !== undefined)));
  const lines = rows.map((row) => [row.label, ...shown.map((column) => cell(column, row.results))]);
  const reports = (reported[data] ?? []).map(({ source, figures }) => [
    `*reported:* ${source}`,
    ...shown.map(({ title, format }) => (figures[title] === undefined ? "" : format(figures[title]))),
  ]);
  const head = ["", ...shown.map(({ title }) => title)];
  return [head, head.map(() => "---"), ...lines, ...reports].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

const labelled = [{ name: REAL, label: "real rows, half against half" }, ...methods];

function rowLabel(/** @type {string} */ label, /** @type {string} */ budget) {
  if (budget === "") return label;
  return budget === "full" ? `${label}, all epochs` : `${label}, ${budget}`;
}

/** @param {Column} column @param {readonly Result[]} results */
function cell({ of, format, spread = true }, results) {
  if (results.every(({ failed }) => failed)) return "failed";
  const values = results.map(of).filter((value) => value !== undefined);
  if (values.length === 0) return "";
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1 || !spread) return format(mean);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${format(mean)} ± ${format(Math.sqrt(squares / (values.length - 1)))}`;
}

/**
 * A page with the tables between its markers `<!-- table NAME -->` and `<!-- end -->` made anew.
 * @param {string} markdown
 * @param {readonly Result[]} results
 */
export function pageWith(markdown, results) {
  return markdown.replace(
    /(<!-- table (\w+) -->\n).*?(<!-- end -->)/gs,
    (_, start, data, end) => `${start}\n${tableOf(results, data)}\n\n${end}`,
  );
}
