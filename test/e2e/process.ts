import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../lib/cli/main.js", import.meta.url));

/** Starts the command in a process of its own. `output` is a file that stands in for the pipe of its standard output. */
export function spawnMonge(cwd: string, argv: readonly string[], output?: string): ChildProcessWithoutNullStreams {
  const stdout = output === undefined ? "pipe" : openSync(output, "w");
  // The types know of pipes only; whoever gives a file does not read `stdout`.
  return spawn(process.execPath, [main, ...argv], {
    cwd,
    stdio: ["pipe", stdout, "pipe"],
  }) as ChildProcessWithoutNullStreams;
}

/** Runs the command in a process of its own; `interruptAt` is a text on standard error at which it gets SIGINT. */
export function runProcess(
  cwd: string,
  argv: readonly string[],
  interruptAt?: string,
): Promise<{ code: number | null; err: string }> {
  return new Promise((resolve) => {
    const child = spawnMonge(cwd, argv);
    let err = "";
    child.stderr.on("data", (text) => {
      const before = err;
      err += text;
      if (interruptAt && err.includes(interruptAt) && !before.includes(interruptAt)) child.kill("SIGINT");
    });
    child.on("close", (code) => resolve({ code, err }));
  });
}
