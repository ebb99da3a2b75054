import { rm } from "node:fs/promises";
import type { Dataset } from "../data/dataset.js";
import { hasFingerprint } from "../data/fingerprint.js";
import { InputError } from "../errors.js";
import { namesIn } from "../files.js";
import type { RunConfig } from "./config.js";
import { checkUnlocked } from "./folderLock.js";
import { resumeRun } from "./resumeRun.js";
import { preparedRun, type Run } from "./run.js";
import type { SavedRun } from "./runRecord.js";
import { loadRun } from "./savedRun.js";

/** How the folder of a run is called among those of other losses and seeds. */
export function runName({ loss, seed }: Pick<RunConfig, "loss" | "seed">): string {
  return `${loss}-seed-${seed}`;
}

/**
 * The run that a folder keeps; `undefined` where it keeps none.
 * @throws InputError where it is one of other settings or data than these, or cannot be read
 */
export async function keptRun(directory: string, config: RunConfig, data: Dataset): Promise<SavedRun | undefined> {
  if (!(await namesIn(directory)).includes("checkpoints")) return undefined;
  const saved = await loadRun(directory);
  const other = otherThan(saved, config, data);
  if (other === undefined) return saved;
  throw new InputError(
    `${directory} keeps a run of other settings (${other}): give another --out, or the settings of that run.`,
  );
}

/**
 * Removes what the folder of a run keeps where it is of other settings or data than these, or cannot be read.
 * @throws InputError where another process works in it
 */
export async function removeOther(directory: string, config: RunConfig, data: Dataset): Promise<void> {
  const isThis = await keptRun(directory, config, data).then(
    () => true,
    () => false,
  );
  if (!isThis) await removeRun(directory);
}

/**
 * Removes the folder of a run, if it is one.
 * @throws InputError where another process works in it
 */
export async function removeRun(directory: string): Promise<void> {
  if (!(await namesIn(directory)).includes("checkpoints")) return;
  await checkUnlocked(directory);
  await rm(directory, { recursive: true, force: true });
}

/**
 * Prepares to train a run in its folder: from where it stands, or from its beginning where the folder keeps none.
 * @throws InputError as `keptRun`, `newRun` and `resumeRun` do
 */
export async function runToKeep(directory: string, config: RunConfig, data: Dataset): Promise<Run> {
  return (await keptRun(directory, config, data)) ? await resumeRun(directory) : await preparedRun(config, directory);
}

/** What says where the data lies. */
const PLACES: readonly string[] = ["data", "labels"];

/** The first setting that differs, in words. Where the data lies is none: a run knows its data by its content. */
export function otherSetting(found: RunConfig, wanted: RunConfig): string | undefined {
  const names = Object.keys({ ...found, ...wanted }) as (keyof RunConfig)[];
  const text = (config: RunConfig, name: keyof RunConfig) => JSON.stringify(config[name]) ?? "none";
  const other = names.find((name) => !PLACES.includes(name) && text(found, name) !== text(wanted, name));
  return other && `${other} is ${text(found, other)} there and ${text(wanted, other)} here`;
}

function otherThan({ config, data }: SavedRun, wanted: RunConfig, wantedData: Dataset): string | undefined {
  const sameData = hasFingerprint(wantedData, data.fingerprint);
  return otherSetting(config, wanted) ?? (sameData ? undefined : "its data is not the same");
}
