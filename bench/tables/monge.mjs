// @ts-check
import { fileURLToPath } from "node:url";
import { measured, outputOf } from "./commands.mjs";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const PROBES = [100, 400];

/**
 * Monge, by its command line.
 * @param {string} name
 * @param {string} label
 * @param {readonly string[]} settings
 * @returns {import("./methods.mjs").Method}
 */
export function mongeMethod(name, label, settings) {
  /** @type {import("./methods.mjs").Method["trainCommand"]} */
  const trainCommand = ({ data, work, seed }, amount) => [
    ...[process.execPath, main, "train", `${data}/train.csv`, "--out", `${work}/run`, "--force", "--seed", `${seed}`],
    ...["--quiet", ...settings, ...amount],
  ];
  return {
    name,
    label,
    epochs: true,
    /** So many iterations as two short runs say, which count nowhere: a result depends on the iterations and not on the clock. */
    async amountFor(seconds, place) {
      const [short = 0, long = 0] = PROBES;
      const times = [];
      for (const iterations of PROBES) {
        const taken = await measured(place.python, trainCommand(place, ["--iterations", `${iterations}`]));
        times.push(taken.seconds);
      }
      const [first = 0, second = 0] = times;
      const perIteration = (second - first) / (long - short);
      return ["--iterations", `${Math.max(1, Math.floor(short + (seconds - first) / perIteration))}`];
    },
    trainCommand,
    sampleCommand: ({ work, seed }, rows, out) => [
      ...[process.execPath, main, "sample", `${work}/run`, "-n", `${rows}`, "--seed", `${seed}`, "-o", out],
    ],
    async trainedRows(_, { work }) {
      const { config } = JSON.parse(await outputOf([process.execPath, main, "info", `${work}/run`, "--json"]));
      return config.iterations * config.batch;
    },
  };
}
