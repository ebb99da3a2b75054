import { readFileSync } from "node:fs";
import { decodeSafetensors } from "../dist/training/safetensors.js";

/** Largest difference of the parameters after the compared steps, as a share of how far these steps moved them. */
export const PARAMETER_TOLERANCE = 0.02;
/** Largest difference of a loss, relative where the loss is above 1. */
export const LOSS_TOLERANCE = 1e-3;

/**
 * How far a participant's results are from ours. A parameter whose gradient is nothing but rounding, such as the last bias of a critic
 * under the W-loss, is moved by Adam in a direction that is nobody's, so what counts is the distance in the norm over all parameters of
 * a network: |ours - theirs| / |ours - initial|, the larger of the two networks'.
 */
export function agreement(problemFile, ours, theirs) {
  const { tensors: problem } = read(problemFile);
  const { tensors: ourState } = read(ours.results);
  const { tensors: theirState } = read(theirs.results);
  const parameters = Math.max(
    ...["generator", "critic"].map((player) => {
      const names = Object.keys(problem).flatMap((name) => {
        const short = name.replace("initial/", "");
        return name.startsWith(`initial/${player}.`) && !short.includes(".optimizer.") ? [short] : [];
      });
      const initial = Object.fromEntries(names.map((name) => [name, problem[`initial/${name}`]]));
      return distance(ourState, theirState, names) / distance(ourState, initial, names);
    }),
  );
  const losses = Math.max(
    ...ours.losses.flat().map((loss, i) => Math.abs(loss - theirs.losses.flat()[i]) / Math.max(1, Math.abs(loss))),
  );
  return { parameters, losses, agrees: parameters <= PARAMETER_TOLERANCE && losses <= LOSS_TOLERANCE };
}

function distance(a, b, names) {
  let sum = 0;
  for (const name of names) {
    const [left, right] = [a[name].data, b[name].data];
    for (let i = 0; i < left.length; i++) sum += (left[i] - right[i]) ** 2;
  }
  return Math.sqrt(sum);
}

function read(path) {
  return decodeSafetensors(readFileSync(path), path);
}
