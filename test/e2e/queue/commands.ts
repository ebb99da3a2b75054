import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../../lib/cli/main.js", import.meta.url));

/** A command in a process of its own. */
export interface Started {
  readonly child: ChildProcess;
  /** What it has written on standard error and standard output so far. */
  err(): string;
  out(): string;
  /** Its exit code; `null` where it was killed. */
  readonly ended: Promise<number | null>;
  /** Resolves once standard error has a text. */
  said(text: string | RegExp): Promise<void>;
}

/** Starts `monge` in a folder. */
export function startMonge(
  cwd: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Started {
  const env = { ...process.env, MONGE_CACHE: `${cwd}/cache`, ...environment };
  const child = spawn(process.execPath, [main, ...argv], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  const ended = once(child, "close").then(([code]): number | null => code);
  const has = (text: string | RegExp) => (typeof text === "string" ? err.includes(text) : text.test(err));
  return {
    ...{ child, ended, err: () => err, out: () => out },
    async said(text) {
      while (!has(text)) {
        if (child.exitCode !== null) throw new Error(`it ended without saying ${text}: ${err}`);
        await once(child.stderr, "data");
      }
    },
  };
}

/** Sixty points, of which six are held out: exact distances between them take no time. */
export const FEW_POINTS = `a,b\n${Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${i % 7}`).join("\n")}\n`;

/** Options of runs that take next to no time, on `FEW_POINTS` in points.csv. */
export const TINY =
  "--data points.csv --as points --width 8 --depth 1 --batch 16 --iterations 2 --evaluate-every 2 --settle 0".split(
    " ",
  );
