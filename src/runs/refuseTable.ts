import { InputError } from "../errors.js";
import type { SavedRun } from "./runRecord.js";

/**
 * Refuses a run on a table for what latents alone decide, as they do in runs on points and images.
 * @param what is asked for, in the plural, as it begins a sentence
 * @throws InputError where the run is on a table
 */
export function refuseTable({ directory, data }: SavedRun, what: string): void {
  if (data.kind !== "table") return;
  throw new InputError(
    `${what} are for runs on points and images: ${directory} makes rows of a table, which are drawn cell by cell and not by latents alone.`,
  );
}
