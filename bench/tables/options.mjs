// @ts-check
import { fileURLToPath } from "node:url";
import { chosen, parsed, wholeNumber } from "../commandLine.mjs";
import { methodNames } from "./methods.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

export const dataSets = ["adult", "default", "diamonds"];
export const budgets = ["time", "full"];

export const help = `Makes synthetic tables with Monge and its peers, has them judged by SDMetrics, XGBoost and scikit-learn, and prints a table for
each data set. What a results file has already is not done again.

    npm run bench:tables -- [options]

--data a,b      some of the data sets (default: all): ${dataSets.join(", ")}
--only a,b      some of the methods (default: all): ${methodNames.join(", ")}
--budgets a,b   time: all train for the same seconds; full: for their own number of epochs (default: both)
--seeds n       seeds 0 to n - 1 (default: 3)
--seconds n     how long to train under "time" (default: 600)
--rows n        real rows of each data set, training and test together, for a quick look (default: all)
--sample n      rows that are sampled for their speed, with the first seed; 0: none (default: 1000000)
--json FILE     where results are kept (default: bench/tables/results.json; with --rows, bench/tables/data/results-ROWS.json)
--page FILE     put the tables into this Markdown page, between its markers (default: none)
--tables        only print the tables of what is there
--python FILE   the Python of the peers and the judge (default: that of bench/tables/.venv)
--quiet         no progress on standard error
--help          this text
`;

/**
 * @typedef {{ help: boolean, tables: boolean, quiet: boolean, data: string[], only: string[], budgets: string[], seeds: number, seconds: number,
 *   rows: number | undefined, sample: number, json: string, page: string | undefined, python: string }} Options
 * @param {readonly string[]} argv
 * @returns {Options}
 * @throws {import("../commandLine.mjs").OptionError}
 */
export function readOptions(argv) {
  const {
    data,
    only,
    budgets: named,
    seeds,
    seconds,
    rows,
    sample,
    json,
    page,
    python,
    ...flags
  } = parsed(argv, OPTIONS, "npm run bench:tables --");
  const count = rows === undefined ? undefined : wholeNumber("--rows", rows, 100);
  return {
    ...flags,
    data: chosen("data set", data, dataSets, dataSets),
    only: chosen("method", only, methodNames, methodNames),
    budgets: chosen("budget", named, budgets, budgets),
    seeds: wholeNumber("--seeds", seeds),
    seconds: wholeNumber("--seconds", seconds),
    rows: count,
    sample: wholeNumber("--sample", sample, 0),
    json: json ?? here(count === undefined ? "results.json" : `data/results-${count}.json`),
    page,
    python: python ?? here(".venv/bin/python"),
  };
}

const OPTIONS = /** @type {const} */ ({
  data: { type: "string" },
  only: { type: "string" },
  budgets: { type: "string" },
  seeds: { type: "string", default: "3" },
  seconds: { type: "string", default: "600" },
  rows: { type: "string" },
  sample: { type: "string", default: "1000000" },
  json: { type: "string" },
  page: { type: "string" },
  python: { type: "string" },
  tables: { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
});
