// @ts-check
import { fileURLToPath } from "node:url";
import { mongeMethod } from "./monge.mjs";

const script = fileURLToPath(new URL("synthesize.py", import.meta.url));

/**
 * @typedef {{ python: string, data: string, work: string, seed: number }} Place the folder of a data set, and one for what is made of it
 * @typedef {readonly string[]} Amount the options that say how long to train; none: as long as the method does by itself
 * @typedef {object} Method
 * @property {string} name
 * @property {string} label
 * @property {boolean} epochs whether it trains for epochs, so that a limit of its time matters
 * @property {(seconds: number, place: Place) => Promise<Amount>} amountFor
 * @property {(place: Place, amount: Amount) => string[]} trainCommand
 * @property {(place: Place, rows: number, out: string) => string[]} sampleCommand
 * @property {(output: string, place: Place) => Promise<number | undefined>} trainedRows how many rows it was trained on, repeated ones
 *   counted again, by what its command printed
 */

/**
 * @param {string} name
 * @param {string} label
 * @param {boolean} epochs
 * @returns {Method}
 */
function pythonMethod(name, label, epochs) {
  return {
    name,
    label,
    epochs,
    amountFor: async (seconds) => ["--seconds", `${seconds}`],
    trainCommand: ({ python, data, work, seed }, amount) => [
      ...[python, script, "fit", "--method", name, "--data", data, "--model", `${work}/model`, "--seed", `${seed}`],
      ...amount,
    ],
    sampleCommand: ({ python, work, seed }, rows, out) => [
      ...[python, script, "sample", "--model", `${work}/model`, "--rows", `${rows}`, "--seed", `${seed}`, "--out", out],
    ],
    trainedRows: async (output) => JSON.parse(output).trainedRows,
  };
}

/** @type {readonly Method[]} */
export const methods = [
  pythonMethod("independent", "independent columns", false),
  pythonMethod("mixture", "mixture of 500 classes", false),
  pythonMethod("ctgan", "CTGAN", true),
  pythonMethod("tvae", "TVAE", true),
  mongeMethod("monge", "Monge", []),
  mongeMethod("monge-prior", "Monge's prior alone", ["--iterations", "1", "--generator-rate", "1e-9"], false),
  mongeMethod("monge-gan", "Monge without its prior", ["--prior", "0"]),
];

/** The yardstick, which is no synthesizer: one half of the training rows judged against the other. */
export const REAL = "real";

export const methodNames = [REAL, ...methods.map(({ name }) => name)];
