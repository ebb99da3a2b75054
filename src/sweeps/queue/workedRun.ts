import { mkdtemp, rm, rmdir } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { cacheFolder } from "../../cacheFolder.js";
import { datasets } from "../../data/catalogue.js";
import { makeFolder } from "../../files.js";
import { inThread } from "../../parallel/threads.js";
import type { RunConfig } from "../../runs/config.js";
import { checkUnlocked } from "../../runs/folderLock.js";
import type { PairingProgress } from "../../runs/pairingRun.js";
import { type RunOutcome, trainingWork } from "../trainPlanned.js";

/** Where data lies on the machine of a worker. */
export interface DataPlaces {
  /** The one file or folder that runs are trained on. Default: where the sweep has it. */
  readonly data?: string | undefined;
  /** A folder that has what runs are trained on under its own name. Default: where the sweep has it. */
  readonly dataRoot?: string | undefined;
}

export interface WorkedRunOptions {
  readonly threads: number;
  readonly modules: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PairingProgress) => void;
}

/** A configuration whose data is where this machine has it. */
export function placedHere(config: RunConfig, { data, dataRoot }: DataPlaces): RunConfig {
  if (datasets.has(config.data)) return config;
  const below = (path: string) => (dataRoot === undefined ? path : join(dataRoot, basename(path)));
  const labels = config.labels === undefined ? {} : { labels: below(config.labels) };
  return { ...config, ...labels, data: data ?? below(config.data) };
}

/**
 * A folder for a run of a sweep, the same whenever this machine works on it, so that a run that was given back goes on from its checkpoint;
 * another where a process works in that one.
 */
export async function workingFolder(sweep: string, run: string): Promise<string> {
  const folder = join(cacheFolder() ?? join(tmpdir(), "monge"), "workers", hostname(), sweep, run);
  const isFree = await checkUnlocked(folder).then(
    () => true,
    () => false,
  );
  if (isFree) return folder;
  await makeFolder(dirname(folder));
  return await mkdtemp(`${folder}-`);
}

/** Trains a run in a thread of its own, in a folder that keeps it. */
export function workOn(
  config: RunConfig,
  fingerprint: string | null,
  directory: string,
  { threads, modules, signal, onProgress }: WorkedRunOptions,
): Promise<RunOutcome> {
  return inThread(trainingWork, { config, fingerprint, directory, threads, modules }, { signal, onProgress });
}

/** Removes the folder of a run that is no longer needed, and that of its sweep where nothing else is in it. */
export async function removeWork(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await rmdir(dirname(directory)).catch(() => {});
}
