import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";

export const processSchema = z.strictObject({
  host: z.string(),
  id: z.int().min(1),
  /** Tells it from another process that gets its id later; `null` where the system has no `/proc`. */
  started: z.string().nullable(),
});

/** Which process of which machine. */
export type ProcessIdentity = z.infer<typeof processSchema>;

/** The process that asks. */
export function thisProcess(): ProcessIdentity {
  return { host: hostname(), id: process.pid, started: startOf(process.pid) };
}

/** Whether a process is still there; `undefined` where it is one of another machine, which cannot be asked. */
export function isRunning({ host, id, started }: ProcessIdentity): boolean | undefined {
  if (host !== hostname()) return undefined;
  try {
    // Signal 0 reaches nobody and tells whether there is anybody to reach.
    process.kill(id, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = startOf(id);
  return now === null || started === null || now === started;
}

/** The boot of the machine and the moment after it at which a process started (man 5 proc); of one that has ended nothing is left but its name. */
function startOf(id: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const text = readFileSync(`/proc/${id}/stat`, "utf8");
    // The second field, the name of the program, may hold blanks and brackets; the third is the state, the twenty-second the start.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return /[ZX]/.test(fields[0]!) ? "ended" : `${boot} ${fields[19]}`;
  } catch {
    return null;
  }
}
