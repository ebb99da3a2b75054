// @ts-check
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFileAtomically } from "../../dist/files.js";
import { OptionError, reporting } from "../commandLine.mjs";
import { machine } from "../machine.mjs";
import { interrupted, measured, pythonVersions, runPython } from "./commands.mjs";
import { methods, REAL } from "./methods.mjs";
import { help, readOptions } from "./options.mjs";
import { pageWith, tableOf } from "./page.mjs";

/**
 * @typedef {import("./page.mjs").Result} Result
 * @typedef {import("./options.mjs").Options} Options
 * @typedef {import("./methods.mjs").Method} Method
 * @typedef {{ target: string, categories: string[], train: number, test: number }} Facts
 * @typedef {{ data: string, method: string, budget: string, seed: number }} Job
 */

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(help);
  const tell = options.quiet ? () => {} : (/** @type {string} */ line) => console.error(line);
  const results = await resultsIn(options.json);
  if (!options.tables) await measureAll(options, results, tell);
  for (const data of options.data) console.log(`## ${data}\n\n${tableOf(results, data)}\n`);
  if (options.page) {
    await writeFileAtomically(options.page, pageWith(await readFile(options.page, "utf8"), results));
  }
}

/**
 * Does what is not in `results` yet, and adds it there and in the file after each job.
 * @param {Options} options
 * @param {Result[]} results
 * @param {(line: string) => void} tell
 */
async function measureAll(options, results, tell) {
  if (!existsSync(options.python)) {
    throw new OptionError(`${options.python} is not there; bench/tables/README.md says how to make its environment.`);
  }
  const folder = await prepared(options);
  const facts = await machine(["onnxruntime-node"]);
  if (facts.machine.loadBefore > 1) {
    tell(`The machine is busy (load ${facts.machine.loadBefore}): what is limited by time gets less of it.`);
  }
  const versions = { ...facts.versions, ...(await pythonVersions(options.python)) };
  const jobs = jobsOf(options).filter((job) => !results.some((result) => sameJob(result, job) && !result.failed));
  for (const [index, job] of jobs.entries()) {
    const what = [job.data, job.method, ...(job.budget ? [job.budget] : []), `seed ${job.seed}`].join(", ");
    const name = `[${index + 1}/${jobs.length}] ${what}`;
    tell(`${name} ...`);
    const result = await measuredJob(job, join(folder, job.data), options);
    const failedBefore = results.findIndex((one) => sameJob(one, job));
    if (failedBefore >= 0) results.splice(failedBefore, 1);
    results.push({ ...job, date: facts.date, machine: facts.machine, versions, ...result });
    await writeFileAtomically(options.json, `${JSON.stringify(results, undefined, 1)}\n`);
    tell(`${name}: ${result.failed ?? summary(result)}`);
  }
}

/** @returns {Job[]} */
function jobsOf(/** @type {Options} */ { data, only, budgets, seeds, seconds }) {
  const seedList = Array.from({ length: seeds }, (_, seed) => seed);
  return seedList.flatMap((seed) =>
    data.flatMap((set) => [
      ...(only.includes(REAL) && seed === 0 ? [{ data: set, method: REAL, budget: "", seed }] : []),
      ...methods
        .filter(({ name }) => only.includes(name))
        .flatMap(({ name, epochs }) =>
          (epochs ? budgets : [""]).map((budget) => ({
            data: set,
            method: name,
            budget: budget === "time" ? `${seconds} s` : budget,
            seed,
          })),
        ),
    ]),
  );
}

function sameJob(/** @type {Job} */ a, /** @type {Job} */ b) {
  return a.data === b.data && a.method === b.method && a.budget === b.budget && a.seed === b.seed;
}

/**
 * Trains, samples as many rows as were trained on, has them judged, and samples for the speed.
 * @param {Job} job
 * @param {string} data the folder of the data set
 * @param {Options} options
 */
async function measuredJob(job, data, options) {
  /** @type {Facts} */
  const facts = JSON.parse(await readFile(join(data, "facts.json"), "utf8"));
  if (job.method === REAL) {
    return { figures: await judged(options.python, data, facts, "half.csv", join(data, "other-half.csv")) };
  }
  const method = /** @type {Method} */ (methods.find(({ name }) => name === job.method));
  const work = await mkdtemp(join(tmpdir(), "monge-bench-"));
  try {
    const place = { python: options.python, data, work, seed: job.seed };
    const amount = job.budget.endsWith(" s") ? await method.amountFor(options.seconds, place) : [];
    const fit = await measured(options.python, method.trainCommand(place, amount));
    const out = join(work, "synthetic.csv");
    await measured(options.python, method.sampleCommand(place, facts.train, out));
    const figures = await judged(options.python, data, facts, "train.csv", out);
    const trainedRows = await method.trainedRows(fit.output, place);
    const fitted = { seconds: fit.seconds, peakMiB: fit.peakMiB, trainedRows };
    if (job.seed !== 0 || options.sample === 0) return { figures, fit: fitted };
    const { seconds, peakMiB } = await measured(options.python, method.sampleCommand(place, options.sample, out));
    return { figures, fit: fitted, sample: { rows: options.sample, seconds, peakMiB } };
  } catch (error) {
    interrupted.throwIfAborted();
    return { failed: error instanceof Error ? error.message : String(error) };
  } finally {
    await rm(work, { recursive: true });
  }
}

/**
 * @param {string} python
 * @param {string} data
 * @param {Facts} facts
 * @param {string} real
 * @param {string} synthetic
 */
async function judged(python, data, { target, categories }, real, synthetic) {
  const figures = await runPython(python, "judge.py", [
    ...["--real", join(data, real), "--test", join(data, "test.csv"), "--synthetic", synthetic],
    ...["--target", target, "--categories", categories.join(",")],
  ]);
  return JSON.parse(figures);
}

/** Where the data sets are, which are made first where they are missing. */
async function prepared(/** @type {Options} */ { python, rows, data }) {
  const folder = fileURLToPath(new URL(rows === undefined ? "data" : `data/rows-${rows}`, import.meta.url));
  const missing = data.filter((name) => !existsSync(join(folder, name, "facts.json")));
  if (missing.length > 0) {
    await mkdir(folder, { recursive: true });
    const limit = rows === undefined ? [] : ["--rows", `${rows}`];
    await runPython(python, "prepare.py", ["--out", folder, "--only", missing.join(","), ...limit]);
  }
  return folder;
}

/** @returns {Promise<Result[]>} */
async function resultsIn(/** @type {string} */ path) {
  return existsSync(path) ? JSON.parse(await readFile(path, "utf8")) : [];
}

function summary(/** @type {Partial<Result>} */ { figures, fit }) {
  const names = ["shape", "trend", "detection", "auc", "r2", "dcrShare"];
  const told = names.flatMap((name) => (figures?.[name] === undefined ? [] : [`${name} ${figures[name].toFixed(3)}`]));
  return [...told, ...(fit ? [`fit ${fit.seconds.toFixed(0)} s`] : [])].join(", ");
}

try {
  await reporting(main);
} catch (error) {
  if (!interrupted.aborted) throw error;
  // What is done is in the file of results.
  process.exitCode = 130;
}
