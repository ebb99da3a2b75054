import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { describe } from "vitest";
import type { MpiKind } from "../../src/parallel/mpi/launch.js";

/** What is left of a job. */
export interface Outcome {
  /** The exit code of mpirun, as a shell has it; null where the job took too long. */
  readonly code: number | null;
  /** All that its ranks wrote, and mpirun itself. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface MpirunOptions {
  /** Default: "Open MPI". */
  readonly kind?: MpiKind;
  /** A command that starts mpirun. */
  readonly through?: readonly string[];
  /** Options of mpirun, as which hosts to use. */
  readonly flags?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which the job is ended. Default: 30,000. */
  readonly limit?: number;
}

const launchers: Readonly<Record<MpiKind, { version: RegExp; names: readonly string[]; flags: readonly string[] }>> = {
  "Open MPI": {
    version: /Open MPI|OpenRTE/,
    names: ["mpirun.openmpi", "mpirun"],
    flags: ["--allow-run-as-root", "--oversubscribe"],
  },
  MPICH: { version: /HYDRA/, names: ["mpirun.mpich", "mpirun"], flags: [] },
};

function find(kind: MpiKind): string | undefined {
  const { names, version } = launchers[kind];
  return names.find((name) => version.test(spawnSync(name, ["--version"], { encoding: "utf8" }).stdout ?? ""));
}

const found: Readonly<Record<MpiKind, string | undefined>> = { "Open MPI": find("Open MPI"), MPICH: find("MPICH") };

/** Whether the mpirun of a kind of MPI is installed here. */
export function hasMpi(kind: MpiKind): boolean {
  return found[kind] !== undefined;
}

/** `describe` for tests that need an MPI. Where it is missing they are skipped, and it is said loudly. */
export function describeWithMpi(kind: MpiKind, name: string, tests: () => void): void {
  const install = { "Open MPI": "openmpi-bin", MPICH: "mpich" }[kind];
  if (!hasMpi(kind)) console.warn(`SKIPPED: ${name}. No mpirun of ${kind} was found (apt install ${install}).`);
  describe.skipIf(!hasMpi(kind))(name, tests);
}

/** Runs `node ARGV` as so many ranks of a job, more than there are cores where that is asked for, as root too. */
export function mpirun(size: number, argv: readonly string[], options: MpirunOptions = {}): Promise<Outcome> {
  const { kind = "Open MPI", through = [], flags = [], cwd, env, limit = 30_000 } = options;
  const launcher = found[kind];
  if (launcher === undefined) throw new Error(`no mpirun of ${kind} was found`);
  const started = [launcher, ...launchers[kind].flags, ...flags, "-n", `${size}`, process.execPath, ...argv];
  const [command = launcher, ...rest] = [...through, ...started];
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, {
      cwd,
      // Containers forbid the shared memory that Open MPI tries first, and it says so at length.
      env: { ...process.env, OMPI_MCA_btl_vader_single_copy_mechanism: "none", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // The launcher takes its ranks with it.
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, limit);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (exitCode, signal) => {
      clearTimeout(late);
      const code = signal ? 128 + constants.signals[signal] : exitCode;
      resolve({ code: isLate ? null : code, stdout, stderr });
    });
  });
}
