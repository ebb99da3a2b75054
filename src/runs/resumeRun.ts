import { InputError } from "../errors.js";
import { createRng } from "../random.js";
import { changeSettings } from "./changeSettings.js";
import { checkpointsMark } from "./checkpoint.js";
import { batchWarnings, type RunSettings } from "./config.js";
import { checkUnlocked } from "./folderLock.js";
import { checkMemory } from "./memory.js";
import { featureWarnings, withPlacedFeatures } from "./pictureFeatures.js";
import type { NewRunOptions, Run } from "./run.js";
import { type DataFiles, openRunData } from "./runData.js";
import { type CheckpointChoice, loadRun } from "./savedRun.js";
import { unusedSettings } from "./unusedSettings.js";

/**
 * Prepares to go on with the run in `directory` from its last whole checkpoint, or from the one that is chosen: the later one is then
 * removed once it goes on. A run that is at its end already is prepared too, so that what it lacks of its files can be written.
 * @param directory the folder of the run
 * @param settings what it goes on with from here; the others stay. Given `seed`, its further draws are those of that seed. `data` is
 * where its data lies now, and `labels` the file of its labels.
 * @param options which checkpoint, and a function that is told how many images have been read. Default: the newest one that is whole
 * @throws InputError where it has no usable checkpoint, the folder is in use, a setting is given that cannot change or is out of range, or
 * its data is not there or has another content
 */
export async function resumeRun(
  directory: string,
  { data: movedData, labels: movedLabels, ...settings }: Partial<RunSettings> = {},
  { checkpoint, onReading }: CheckpointChoice & Pick<NewRunOptions, "onReading"> = {},
): Promise<Run> {
  await checkUnlocked(directory);
  const mark = await checkpointsMark(directory);
  const saved = await loadRun(directory, { checkpoint });
  const { iteration } = saved.progress;
  const { data, place } = await openRunData(saved, { data: movedData, labels: movedLabels }, onReading);
  const { files, ...places } = place;
  const before = { ...saved.config, ...files };
  const { config, changes } = changeSettings(directory, before, iteration, withPlacedFeatures(settings), data);
  checkMemory(config, data);
  if (iteration > config.iterations) {
    throw new InputError(
      `${directory} is already at iteration ${iteration}; give a larger --iterations to continue, or go back with --checkpoint.`,
    );
  }
  const isUnsaved = checkpoint !== undefined || changes.length > 0 || isMoved(before, saved.config);
  const given = { ...settings, data: config.data, loss: config.loss };
  const reseeded = changes.some(({ setting }) => setting === "seed");
  const rng = reseeded ? createRng(config.seed).state() : saved.progress.rng;
  const record = {
    id: saved.id,
    config,
    data: saved.data,
    ...places,
    begunFrom: saved.begunFrom,
    changes: [...saved.changes, ...changes],
  };
  return {
    directory,
    config,
    record,
    data,
    progress: { ...saved.progress, rng },
    layout: saved.model.layout,
    best: saved.best,
    finish: isUnsaved ? null : saved.finish,
    isNew: false,
    isUnsaved,
    isPriorOpen: false,
    mark,
    warnings: [
      ...saved.warnings,
      ...(data.warnings ?? []),
      ...batchWarnings({ batch: settings.batch ?? before.batch }, data),
      ...unusedSettings(given, config),
      ...featureWarnings(settings, data),
    ],
  };
}

function isMoved(now: DataFiles, before: DataFiles): boolean {
  return now.data !== before.data || now.labels !== before.labels;
}
