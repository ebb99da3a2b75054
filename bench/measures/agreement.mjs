import { readFileSync } from "node:fs";
import { decodeSafetensors } from "../../dist/runs/safetensors.js";

/**
 * Largest difference of the parameters after the compared steps, as a share of how far these steps moved them: above what rounding alone
 * does (5 % in the largest row, by the peer in float64), and far below what a mistake does.
 */
export const PARAMETER_TOLERANCE = 0.06;
/** Largest difference of a loss, relative where the loss is above 1. */
export const LOSS_TOLERANCE = 1e-3;

/** @typedef {{ parameters: number, losses: number }} Tolerance */

/** @type {Tolerance} */
const USUAL = { parameters: PARAMETER_TOLERANCE, losses: LOSS_TOLERANCE };

/**
 * How far a peer's results after the compared steps are from ours. A parameter whose gradient is nothing but rounding, such as the bias
 * of a unit that is active on a whole batch under the W-loss, is moved by Adam in a direction that is nobody's, so what counts is the
 * distance in the norm over all parameters of a network: |ours - theirs| / |ours - initial|, the larger of the two networks'.
 */
export function agreement(ours, theirs, tolerance = USUAL) {
  const [initial, ourState, theirState] = [
    under(read(ours.problem), "initial/"),
    read(ours.results),
    read(theirs.results),
  ];
  const parameters = Math.max(
    ...["generator", "critic"].map((player) => {
      const names = Object.keys(theirState).filter((name) => name.startsWith(`${player}.`));
      return distance(ourState, theirState, names) / distance(ourState, initial, names);
    }),
  );
  const losses = lossDifference(ours.losses, theirs.losses);
  return { parameters, losses, agrees: parameters <= tolerance.parameters && losses <= tolerance.losses };
}

/** The same of the losses alone, as far as `theirs` go. */
export function agreementOfLosses(ours, theirs) {
  const losses = lossDifference(ours, theirs);
  return { losses, agrees: losses <= LOSS_TOLERANCE };
}

function lossDifference(ours, theirs) {
  const expected = ours.flat();
  return Math.max(...theirs.flat().map((loss, i) => Math.abs(loss - expected[i]) / Math.max(1, Math.abs(expected[i]))));
}

function distance(a, b, names) {
  let sum = 0;
  for (const name of names) {
    const [left, right] = [a[name].data, b[name].data];
    for (let i = 0; i < left.length; i++) sum += (left[i] - right[i]) ** 2;
  }
  return Math.sqrt(sum);
}

function under(tensors, prefix) {
  const found = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

function read(path) {
  return decodeSafetensors(readFileSync(path), path).tensors;
}
