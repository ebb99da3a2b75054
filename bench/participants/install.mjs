// Makes bench/.venv, where the participants written in Python live: node bench/participants/install.mjs [--python python3]
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installedPython as python } from "./participants.mjs";

const { values: options } = parseArgs({ options: { python: { type: "string", default: "python3" } } });
const packages = ["torch==2.13.0", "jax[cpu]==0.10.2", "POT==0.9.7.post1", "numpy"];

const run = (program, ...argv) => execFileSync(program, argv, { stdio: "inherit" });
run(options.python, "-m", "venv", fileURLToPath(new URL("../.venv", import.meta.url)));
run(python, "-m", "pip", "install", ...packages);
run(
  python,
  "-c",
  "import torch, jax, ot; print('torch', torch.__version__, 'jax', jax.__version__, 'POT', ot.__version__)",
);
