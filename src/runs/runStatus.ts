import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../files.js";
import { isRunning, processSchema, thisProcess } from "../processIdentity.js";

/** The file that a run or comparison says in how it stands. */
export const STATUS = "status.json";

/** What a run or comparison that is kept in a folder says of itself, for those who follow it from another process. */
const statusSchema = z.strictObject({
  state: z.enum(["training", "finished", "stopped", "diverged"]),
  /** Generator iterations that it is to have in the end: more than its last checkpoint says where it was resumed for more. Of a comparison, all runs' together. */
  iterations: z.int().min(1),
  /** Why it diverged, or ended before its last iteration. */
  message: z.string().nullable(),
  /** Who trains it: a process that was killed has no chance to say so. */
  process: processSchema,
});

export type RunStatus = z.infer<typeof statusSchema>;

/**
 * Writes `directory/status.json` in the name of this process.
 * @throws InputError where it cannot be written
 */
export async function saveStatus(directory: string, status: Omit<RunStatus, "process">): Promise<void> {
  const whole: RunStatus = { ...status, process: thisProcess() };
  await writeFileAtomically(join(directory, STATUS), `${JSON.stringify(whole, null, 2)}\n`);
}

/** Removes `directory/status.json` if it is there. */
export async function removeStatus(directory: string): Promise<void> {
  await rm(join(directory, STATUS), { force: true });
}

/**
 * What the text of a `status.json` says; `null` where it is none. A run that is under way in a process of this machine that is no more
 * has stopped: it was killed.
 */
export function statusOf(text: string): RunStatus | null {
  const status = parsed(text);
  if (status?.state !== "training" || isRunning(status.process) !== false) return status;
  return { ...status, state: "stopped" };
}

function parsed(text: string): RunStatus | null {
  try {
    return statusSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
