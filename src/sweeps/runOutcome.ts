import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../errors.js";
import { readTextFile, writeFileAtomically } from "../files.js";
import type { RunResult } from "../runs/results.js";
import { runResultSchema } from "../runs/resultsSchema.js";

/** Within the folder of a run that has ended: what it came to. */
const RESULT = "result.json";

const fileSchema = z.strictObject({ version: z.literal(1), result: runResultSchema });

/** Writes what a run came to; from then on it is done. */
export async function saveResult(directory: string, result: RunResult): Promise<void> {
  await writeFileAtomically(join(directory, RESULT), `${JSON.stringify({ version: 1, result })}\n`);
}

/**
 * What the run in a folder came to; `undefined` where it has not ended.
 * @throws InputError where the file cannot be read
 */
export async function keptResult(directory: string): Promise<RunResult | undefined> {
  const path = join(directory, RESULT);
  const text = await readTextFile(path);
  if (text === undefined) return undefined;
  try {
    return fileSchema.parse(JSON.parse(text)).result;
  } catch {
    throw new InputError(`${path} is damaged: delete it, and the same command trains what is missing.`);
  }
}
