// @ts-check
import { fileURLToPath } from "node:url";
import { outputOf } from "./commands.mjs";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/**
 * Monge, by its command line.
 * @param {string} name
 * @param {string} label
 * @param {readonly string[]} settings
 * @param {boolean} [epochs] whether it trains at all. Default: it does.
 * @returns {import("./methods.mjs").Method}
 */
export function mongeMethod(name, label, settings, epochs = true) {
  /** @type {import("./methods.mjs").Method["trainCommand"]} */
  const trainCommand = ({ data, work, seed }, amount) => [
    ...[process.execPath, main, "train", `${data}/train.csv`, "--out", `${work}/run`, "--force", "--seed", `${seed}`],
    ...["--quiet", ...settings, ...amount],
  ];
  return {
    name,
    label,
    epochs,
    amountFor: async (seconds) => ["--time-limit", `${seconds}`, "--iterations", "1000000"],
    trainCommand,
    sampleCommand: ({ work, seed }, rows, out) => [
      ...[process.execPath, main, "sample", `${work}/run`, "-n", `${rows}`, "--seed", `${seed}`, "-o", out],
    ],
    async trainedRows(_, { work }) {
      if (!epochs) return undefined;
      const { config } = JSON.parse(await outputOf([process.execPath, main, "info", `${work}/run`, "--json"]));
      return config.iterations * config.batch;
    },
  };
}
