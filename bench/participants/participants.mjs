import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{ name: string, command: readonly string[], missing?: () => string | undefined }} Participant how to start one, and why it
 *   may be missing
 */

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const inNode = (name, file) => ({ name, command: [process.execPath, here(file)] });

/** The Python of the environment that install.mjs makes. */
export const installedPython = here("../.venv/bin/python");

/**
 * Monge, and what it is measured against.
 * @param {string} python a path
 * @returns {{ ours: Participant, peers: Participant[], gemm: { ours: Participant, peers: Participant[] } }}
 */
export function participantsWith(python = installedPython) {
  const missing = () =>
    existsSync(python) ? undefined : `${python} is not there: node bench/participants/install.mjs makes it`;
  const inPython = (name, file) => ({ name, command: [python, here(file)], missing });
  return {
    ours: inNode("Monge", "ours.mjs"),
    peers: [
      inPython("torch eager", "torch_eager.py"),
      inPython("torch.compile", "torch_compile.py"),
      inPython("JAX jit", "jax_jit.py"),
      inNode("tfjs-wasm", "tfjs.mjs"),
      inNode("jax-js", "jaxJs.mjs"),
    ],
    gemm: { ours: inNode("Monge", "gemm.mjs"), peers: [inPython("torch eager", "torch_gemm.py")] },
  };
}
