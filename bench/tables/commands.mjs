// @ts-check
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Runs a command on two cores.
 * @param {string} python
 * @param {readonly string[]} command
 * @returns {Promise<{ output: string, seconds: number, peakMiB: number }>} its standard output, its time from start to end, and the most
 *   resident memory of it or of one of its processes
 */
export async function measured(python, command) {
  const folder = await mkdtemp(join(tmpdir(), "monge-measured-"));
  const file = join(folder, "taken.json");
  try {
    const output = await outputOf([python, here("measured.py"), file, ...command]);
    const { seconds, peakMiB } = JSON.parse(await readFile(file, "utf8"));
    return { output, seconds, peakMiB };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * The standard output of one of the scripts beside this file.
 * @param {string} python
 * @param {string} script
 * @param {readonly string[]} argv
 */
export function runPython(python, script, argv) {
  return outputOf([python, here(script), ...argv]);
}

/**
 * The versions of the packages of requirements.txt.
 * @param {string} python
 * @returns {Promise<Record<string, string>>}
 */
export async function pythonVersions(python) {
  const requirements = await readFile(here("requirements.txt"), "utf8");
  const names = [...requirements.matchAll(/^([\w-]+)==/gm)].map(([, name]) => name);
  const script = "import json, platform, sys; from importlib.metadata import version";
  const versions =
    "json.dumps({'python': platform.python_version(), **{name: version(name) for name in sys.argv[1:]}})";
  return JSON.parse(
    await outputOf([python, "-c", `${script}; print(${versions})`, .../** @type {string[]} */ (names)]),
  );
}

/**
 * What a command prints on standard output.
 * @param {readonly string[]} command
 * @returns {Promise<string>}
 */
export async function outputOf([program = "", ...argv]) {
  const child = spawn(program, argv, { stdio: ["ignore", "pipe", "pipe"] });
  let [output, complaints] = ["", ""];
  child.stdout.on("data", (text) => {
    output += text;
  });
  child.stderr.on("data", (text) => {
    complaints = `${complaints}${text}`.slice(-2000);
  });
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve(status ?? signal));
  });
  if (code === 0) return output;
  throw new Error(`${argv.slice(0, 3).join(" ")} ended with ${code}: ${complaints.trim().split("\n").at(-1)}`);
}
