import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const script = fileURLToPath(new URL("../participants/oursBuild.mjs", import.meta.url));

/**
 * Builds a row's step in a process of its own: seconds to `trace` it and write its model, and to make a `session`; and the `flops` of one
 * iteration's matrix products and convolutions.
 */
export async function buildOurs(row) {
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(row)]);
  return JSON.parse(stdout);
}
