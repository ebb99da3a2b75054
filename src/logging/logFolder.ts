import { basename, join, resolve } from "node:path";
import { InputError } from "../errors.js";
import { checkWritable, namesIn } from "../files.js";
import type { LoggedRun } from "./logger.js";

/**
 * The folder that a log of files goes to: the run's own, or one within `target` that is called like the run's.
 * @throws InputError where it cannot be written, or holds logs of another run
 */
export async function logFolder(
  { directory, isNew }: LoggedRun,
  target: string | undefined,
  isLog: (name: string) => boolean,
): Promise<string> {
  const folder = target === undefined ? directory : join(target, basename(resolve(directory)));
  const other = target !== undefined && isNew ? (await namesIn(folder)).find(isLog) : undefined;
  if (other !== undefined)
    throw new InputError(`${join(folder, other)} is the log of another run: remove it, or choose another folder.`);
  await checkWritable(folder);
  return folder;
}
