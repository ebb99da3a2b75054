import { dirname } from "node:path";
import { it } from "vitest";

/** The versions of Node that the package must run on, beside those between them. */
const MAJORS = [20, 22, 24];

/**
 * `it` on each of these versions but the one that runs the tests, with the folder of its executable, which NODE_22, say, names. Where one is missing
 * it is skipped, and it is said loudly.
 */
export function itOnOtherNodes(name: string, test: (folder: string, major: number) => Promise<void>): void {
  for (const major of MAJORS.filter((one) => !process.versions.node.startsWith(`${one}.`))) {
    const path = process.env[`NODE_${major}`];
    if (path === undefined)
      console.warn(`SKIPPED: ${name}, on Node ${major}. Name its executable in NODE_${major}; .ci/run installs it.`);
    it.skipIf(path === undefined)(`${name}, on Node ${major}`, () => test(dirname(path ?? ""), major));
  }
}
