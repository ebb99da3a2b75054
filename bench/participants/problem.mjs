import { readFileSync, writeFileSync } from "node:fs";
import { decodeSafetensors, encodeSafetensors } from "../../dist/runs/safetensors.js";

/**
 * A row's problem file: what is trained (`row`, as in rows.mjs), the first values of `generator` and `critic` by name in Monge's layouts,
 * `left`, the left singular vectors of spectral normalisation by weight, and `inputs`, one object a step. Tensors are `{ shape, data }`.
 */
export function readProblem(path) {
  const { tensors, metadata } = decodeSafetensors(readFileSync(path), path);
  const first = (player) =>
    Object.fromEntries(
      Object.entries(under(tensors, `initial/${player}.`)).filter(([name]) => !/^(optimizer|buffer)\./.test(name)),
    );
  const left = Object.entries(under(tensors, "initial/critic.buffer."))
    .filter(([name]) => name.endsWith(".u"))
    .map(([name, u]) => [name.slice(0, -".u".length), u]);
  const inputs = [];
  for (let step = 1; tensors[`input/${step}/real`]; step++) inputs.push(under(tensors, `input/${step}/`));
  const critic = first("critic");
  const kernels = Object.keys(critic).filter((name) => /^conv\d+\.weight$/.test(name));
  return {
    row: JSON.parse(metadata.row),
    generator: first("generator"),
    critic,
    left: Object.fromEntries(left),
    inputs,
    /** How many convolutions a DCGAN has. */
    levels: kernels.length,
    /** How many layers an MLP has. */
    layers: Object.keys(critic).length / 2,
  };
}

/** Writes the parameters, `{ "generator.dense1.weight": { shape, data }, ... }`, for the comparison. */
export function writeResults(path, tensors) {
  writeFileSync(path, encodeSafetensors(tensors));
}

function under(tensors, prefix) {
  const found = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}
