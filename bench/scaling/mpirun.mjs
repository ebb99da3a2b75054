// @ts-check
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Starts a file of this folder as the ranks of an MPI job, and gives what rank 0 prints, as JSON.
 * @param {number} size
 * @param {string} file
 * @param {unknown} task that each rank is given
 */
export async function onRanks(size, file, task) {
  const root = process.getuid?.() === 0 ? ["--allow-run-as-root"] : [];
  const ranks = [process.execPath, fileURLToPath(new URL(file, import.meta.url)), JSON.stringify(task)];
  const child = spawn("mpirun", [...root, "--oversubscribe", "--bind-to", "none", "-n", `${size}`, ...ranks], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece) => {
    text += piece;
  });
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`mpirun ended with code ${code}`);
  return JSON.parse(text);
}
