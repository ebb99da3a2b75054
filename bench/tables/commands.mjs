// @ts-check
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interruption.abort());

/** Aborted when the benchmark is interrupted; the command that is under way ends then, and no other begins. */
export const interrupted = interruption.signal;

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Runs a command on two cores.
 * @param {string} python
 * @param {readonly string[]} command
 * @returns {Promise<{ output: string, seconds: number, peakMiB: number }>} its standard output, its time from start to end, and the most
 *   resident memory of it or of one of its processes
 */
export async function measured(python, command) {
  const { output, facts } = await run([python, here("measured.py"), ...command]);
  const { seconds, peakMiB } = JSON.parse(facts);
  return { output, seconds, peakMiB };
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
 */
export async function outputOf(command) {
  return (await run(command)).output;
}

/**
 * What a command writes on standard output, and on its fourth stream.
 * @param {readonly string[]} command
 * @returns {Promise<{ output: string, facts: string }>}
 */
async function run([program = "", ...argv]) {
  interrupted.throwIfAborted();
  const child = spawn(program, argv, { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const end = () => child.kill();
  interrupted.addEventListener("abort", end);
  const textOn = (/** @type {number} */ place) =>
    text(/** @type {import("node:stream").Readable} */ (child.stdio[place]));
  const [output, complaints, facts] = [textOn(1), textOn(2), textOn(3)];
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve(status ?? signal));
  }).finally(() => interrupted.removeEventListener("abort", end));
  interrupted.throwIfAborted();
  if (code === 0) return { output: await output, facts: await facts };
  throw new Error(`${argv.slice(0, 3).join(" ")} ended with ${code}: ${(await complaints).trim().split("\n").at(-1)}`);
}
