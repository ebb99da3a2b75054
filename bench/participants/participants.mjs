import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{ name: string, command: readonly string[], missing?: () => string | undefined, slow?: boolean,
 *   environment?: Record<string, string>, everyCore?: boolean }} Participant how to start one, why it may be missing, whether a row of
 *   images may take it minutes, variables that it finds, and whether it has all cores
 */

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const inNode = (name, file) => ({ name, command: [process.execPath, here(file)] });

/** The Python of the environment that install.mjs makes. */
export const installedPython = here("../.venv/bin/python");

const EAGER = "torch eager";
const JAX = "JAX jit";

/** The names of the peers that take part unless others are named. */
export const peerNames = [EAGER, "torch.compile", JAX, "tfjs-wasm", "jax-js"];

/** Not a rival: what exact arithmetic would give, beside which the agreement of the others is seen. */
export const REFERENCE = "torch float64";

/** The peer that rows about more than speed compare with. */
export const isEager = (/** @type {Participant} */ { name }) => name === EAGER;

/**
 * Monge, and what it is measured against.
 * @param {string} python a path
 * @param {readonly string[]} names of the peers that are wanted
 * @returns {{ ours: Participant, peers: Participant[], gemm: { ours: Participant, peers: Participant[] } }}
 */
export function participantsWith(python = installedPython, names = peerNames) {
  const missing = () =>
    existsSync(python) ? undefined : "its Python is not there; node bench/participants/install.mjs makes it";
  const inPython = (name, file, ...argv) => ({ name, command: [python, here(file), ...argv], missing });
  const wanted = (peers) => peers.filter(({ name }) => names.includes(name));
  return {
    ours: inNode("Monge", "ours.mjs"),
    peers: wanted([
      inPython(EAGER, "torch_eager.py"),
      inPython(REFERENCE, "torch_eager.py", "--dtype", "float64"),
      inPython("torch.compile", "torch_compile.py"),
      inPython(JAX, "jax_jit.py"),
      { ...inNode("tfjs-wasm", "tfjs.mjs"), slow: true },
      { ...inNode("jax-js", "jaxJs.mjs"), slow: true },
    ]),
    gemm: {
      ours: inNode("Monge", "gemm.mjs"),
      peers: wanted([inPython(EAGER, "torch_gemm.py"), inPython(JAX, "jax_gemm.py")]),
    },
  };
}
