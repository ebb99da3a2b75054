// @ts-check
// How many rows a second are trained on, Monge beside CTGAN, in turns: npm run build && node bench/tables/rate.mjs [--data adult] [--rounds 3]
//
// Each trains twice in a round, briefly and longer, each time in a process of its own: what the longer training takes more is the time of the
// rows that it has seen more. Loading, preparing the data, and what is fitted before or after it cancel out.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chosen, OptionError, parsed, reporting, wholeNumber } from "../commandLine.mjs";
import { inMarkdown } from "../report.mjs";
import { median } from "../statistics.mjs";
import { measured, runPython } from "./commands.mjs";
import { methods } from "./methods.mjs";
import { dataSets } from "./options.mjs";

/** @typedef {readonly [brief: readonly string[], longer: readonly string[]]} Amounts options of a method's command */

/** @type {Amounts} */
const SECONDS = [
  ["--seconds", "25"],
  ["--seconds", "50"],
];
/** @type {Amounts} */
const ITERATIONS = [
  ["--evaluate-every", "1000000", "--iterations", "200"],
  ["--evaluate-every", "1000000", "--iterations", "800"],
];
const PEER = "ctgan";
/** @type {ReadonlyMap<string, Amounts>} */
const amountsOf = new Map([
  [PEER, SECONDS],
  ["monge", ITERATIONS],
  ["monge-gan", ITERATIONS],
]);

await reporting(async () => {
  const options = { data: { type: "string" }, rounds: { type: "string", default: "3" } };
  const { data, rounds } = parsed(process.argv.slice(2), /** @type {const} */ (options), "node bench/tables/rate.mjs");
  const sets = chosen("data set", data, dataSets, ["adult"]);
  const count = wholeNumber("--rounds", rounds);
  const python = fileURLToPath(new URL(".venv/bin/python", import.meta.url));
  if (!existsSync(python))
    throw new OptionError(`${python} is not there; bench/tables/README.md says how to make its environment.`);
  const folder = fileURLToPath(new URL("data", import.meta.url));
  const lines = [];
  for (const set of sets) {
    if (!existsSync(join(folder, set, "facts.json")))
      await runPython(python, "prepare.py", ["--out", folder, "--only", set]);
    const contestants = methods
      .filter(({ name }) => amountsOf.has(name))
      .map((method) => ({ ...method, rates: /** @type {number[]} */ ([]) }));
    for (let round = 0; round < count; round++)
      for (const method of contestants) method.rates.push(await rateOf(method, join(folder, set), python));
    const ofPeer = median(contestants.find(({ name }) => name === PEER)?.rates ?? []);
    for (const { label, rates } of contestants) {
      const rate = median(rates);
      lines.push([
        `${set}: ${label}`,
        `${Math.round(rate)}`,
        (rate / ofPeer).toFixed(2),
        rates.map(Math.round).join(", "),
      ]);
    }
  }
  console.log(inMarkdown([["", "rows/s", "by CTGAN's", "of each round"], ...lines]));
});

/**
 * Rows a second of a method, by the difference of two trainings.
 * @param {import("./methods.mjs").Method} method
 * @param {string} data
 * @param {string} python
 */
async function rateOf(method, data, python) {
  const [briefly, long] = /** @type {Amounts} */ (amountsOf.get(method.name));
  const work = await mkdtemp(join(tmpdir(), "monge-rate-"));
  try {
    const place = { python, data, work, seed: 0 };
    const train = async (/** @type {readonly string[]} */ amount) => {
      const { output, seconds } = await measured(python, method.trainCommand(place, amount));
      return { seconds, rows: (await method.trainedRows(output, place)) ?? 0 };
    };
    const brief = await train(briefly);
    const longer = await train(long);
    return (longer.rows - brief.rows) / (longer.seconds - brief.seconds);
  } finally {
    await rm(work, { recursive: true });
  }
}
