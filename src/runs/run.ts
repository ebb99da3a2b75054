import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import type { Dataset } from "../data/dataset.js";
import { fingerprintOf } from "../data/fingerprint.js";
import { openDataset } from "../data/open.js";
import { isTableFile } from "../data/tableFile.js";
import { InputError } from "../errors.js";
import { checkHoldsOnly, namesIn } from "../files.js";
import type { StateLayout } from "../game/state.js";
import type { Finish } from "../synthesis/finishRows.js";
import type { TableChoices } from "../tables/tableChoices.js";
import type { Progress } from "../training/train.js";
import type { BestGenerator } from "./bestGenerator.js";
import { checkpointsMark } from "./checkpoint.js";
import { batchWarnings, type RunSettings, resolveConfig, withinRows } from "./config.js";
import { firstProgress } from "./firstProgress.js";
import { checkUnlocked } from "./folderLock.js";
import { checkMemory } from "./memory.js";
import { networkSettings, refusePreset } from "./networkSettings.js";
import { featureWarnings, withPlacedFeatures } from "./pictureFeatures.js";
import { dataPlace, openOptions } from "./runData.js";
import { describeData, type RunRecord, type SavedRun } from "./runRecord.js";
import { unusedSettings } from "./unusedSettings.js";

/** A run that is kept in a folder, ready to be trained. */
export interface Run {
  /** The folder that it is kept in. */
  readonly directory: string;
  /** All of its settings. */
  readonly config: RunRecord["config"];
  /** What is kept of it besides its state. */
  readonly record: RunRecord;
  /** What it is trained on. */
  readonly data: Dataset;
  /** Where it stands. */
  readonly progress: Progress;
  /** When its training ends at the latest, by `performance.now()` (`withinTime`). Default: when it has all its iterations. */
  readonly endsAt?: number | undefined;
  /** What parameters, slots and buffers are called, and their shapes. */
  readonly layout: StateLayout;
  /** Whether it is a new one. */
  readonly isNew: boolean;
  /** Whether its folder has it in another way: nothing of it yet, with other settings, or from a later checkpoint on. */
  readonly isUnsaved: boolean;
  /** Whether the generator's prior is still to be fitted to the data. */
  readonly isPriorOpen: boolean;
  /** Whose generator makes its samples so far; `null`: none was chosen. */
  readonly best: BestGenerator | null;
  /** What rows of that generator go through; `null` where that is to be computed anew. */
  readonly finish: Finish | null;
  /** Of the checkpoints that the folder held when the run was prepared; `null` where they do not matter. */
  readonly mark: string | null;
  /** What a user should know, such as a damaged checkpoint that was passed over, or a setting without effect. */
  readonly warnings: readonly string[];
}

/** What a new run begins with, and what it may replace. */
export interface NewRunOptions {
  /** Take a folder that is not empty; a run that it holds is replaced once the new one has begun. Default: false. */
  readonly force?: boolean | undefined;
  /** A run whose networks and weights the new one begins with; its optimizers and all else are new. Default: none. */
  readonly init?: SavedRun | undefined;
  /** Told how many images of a folder have been read, and how many there are. */
  readonly onReading?: ((done: number, of: number) => void) | undefined;
  /** What is decided of the columns of a table. Default: all is inferred. */
  readonly table?: TableChoices | undefined;
}

/**
 * Prepares a new run in `directory`. A file of rows is taken as a table, unless the settings say `as: "points"` or `init` was trained on
 * points. Nothing is written yet, and what the folder holds is not touched yet.
 * @param given what you choose; `data` at least
 * @param directory the folder that it is to be kept in
 * @param options whether to replace what the folder holds, and whose weights to begin with
 * @throws InputError where a setting or the data is wrong, the folder is in use, or it is not empty and `force` is not given
 */
export async function newRun(given: RunSettings, directory: string, options: NewRunOptions = {}): Promise<Run> {
  const { init } = options;
  const as = given.as ?? (init ? init.config.as : await usualReading(given.data));
  return preparedRun({ ...given, ...(as && { as }) }, directory, options);
}

/** As `newRun`, with a file of rows taken as points, unless the settings say `as: "table"`. */
export async function preparedRun(
  wanted: RunSettings,
  directory: string,
  { force = false, init, table, onReading }: NewRunOptions = {},
): Promise<Run> {
  const given = withPlacedFeatures(wanted);
  await checkUnlocked(directory);
  if (!force) await checkEmpty(directory);
  const mark = force ? null : await checkpointsMark(directory);
  if (init) refusePreset(given);
  // Weights are made for conditions, or for none.
  const settings = {
    ...(init && { ...networkSettings(init.config), conditional: init.config.conditional }),
    ...given,
  };
  // Weights are made for columns as they were taken.
  const columns = init?.data.table ? { schema: init.data.table.schema, ...table } : table;
  const data = await openDataset(settings.data, { ...openOptions(settings), table: columns, onProgress: onReading });
  const { files, ...places } = dataPlace(directory, settings, data);
  const resolved = { ...resolveConfig(settings, data), ...files };
  const config = init ? resolved : withinRows(resolved, data);
  checkMemory(config, data);
  const { progress, layout } = firstProgress(config, data, init);
  const record = {
    id: randomUUID(),
    config,
    data: describeData(data, fingerprintOf(data)),
    ...places,
    begunFrom: init ? { directory: resolve(init.directory), iteration: init.progress.iteration } : null,
    changes: [],
  };
  const warnings = [
    ...(init?.warnings ?? []),
    ...(data.warnings ?? []),
    ...batchWarnings(settings, data),
    ...unusedSettings(given, config),
    ...featureWarnings(given, data),
  ];
  return {
    directory,
    config,
    record,
    data,
    progress,
    layout,
    best: null,
    finish: null,
    isNew: true,
    isUnsaved: true,
    isPriorOpen: !init && (config.prior ?? 0) > 0,
    mark,
    warnings,
  };
}

/** How a run takes data that nobody says how to take: rows in a file as a table. */
export async function usualReading(nameOrPath: string): Promise<"table" | undefined> {
  return (await isTableFile(nameOrPath)) ? "table" : undefined;
}

async function checkEmpty(directory: string): Promise<void> {
  if ((await namesIn(directory)).includes("checkpoints")) {
    throw new InputError(
      `${directory} already holds a run: give --resume ${directory} to continue it, --force to replace it, or another --out.`,
    );
  }
  await checkHoldsOnly(directory, [], ", or --force to use it anyway");
}
