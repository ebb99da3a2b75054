import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const oursCommand = [process.execPath, here("ours.mjs")];

/** The Python of the environment that install.mjs makes. */
export const installedPython = here("../.venv/bin/python");

/**
 * What Monge is measured against: how to start each, and why it may be missing.
 * @returns {readonly { name: string, command: readonly string[], missing: () => string | undefined }[]}
 */
export function peersWith(python = installedPython) {
  const inPython = (file) => ({
    command: [python, here(file)],
    missing: () => (existsSync(python) ? undefined : "it is not installed: node bench/participants/install.mjs"),
  });
  const inNode = (file) => ({ command: [process.execPath, here(file)], missing: () => undefined });
  return [
    { name: "torch eager", ...inPython("torch_eager.py") },
    { name: "torch.compile", ...inPython("torch_compile.py") },
    { name: "JAX jit", ...inPython("jax_jit.py") },
    { name: "tfjs-wasm", ...inNode("tfjs.mjs") },
    { name: "jax-js", ...inNode("jaxJs.mjs") },
  ];
}
