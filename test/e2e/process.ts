import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Runs the command in a process of its own; `interruptAt` is a text on standard error at which it gets SIGINT. */
export function runProcess(
  cwd: string,
  argv: readonly string[],
  interruptAt?: string,
): Promise<{ code: number | null; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...argv], { cwd });
    let err = "";
    child.stderr.on("data", (text) => {
      const before = err;
      err += text;
      if (interruptAt && err.includes(interruptAt) && !before.includes(interruptAt)) child.kill("SIGINT");
    });
    child.on("close", (code) => resolve({ code, err }));
  });
}
