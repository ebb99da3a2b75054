import { stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { datasets } from "../data/catalogue.js";
import type { Dataset } from "../data/dataset.js";
import { hasFingerprint } from "../data/fingerprint.js";
import { type OpenOptions, openDataset } from "../data/open.js";
import { fileOfPath } from "../data/sources/source.js";
import { STANDARD_INPUT } from "../data/sources/standardInput.js";
import { InputError } from "../errors.js";
import type { RunSettings } from "./config.js";
import type { RunRecord, SavedRun } from "./runRecord.js";

type Reading =
  | "imageSize"
  | "channels"
  | "background"
  | "skipBroken"
  | "mirror"
  | "labels"
  | "header"
  | "conditional"
  | "as";

/** How the data of a run is opened. */
export function openOptions({
  imageSize,
  channels,
  background,
  skipBroken,
  mirror,
  labels,
  header,
  conditional,
  as,
}: Pick<RunSettings, Reading>): OpenOptions {
  return { size: imageSize, channels, background, skipBroken, mirror, labels, header, conditional, as };
}

/** Where the data of a run is, and the file of its labels, if it has one. */
export type DataFiles = Pick<RunSettings, "data" | "labels">;

/** Those of them that lie elsewhere now. */
type MovedFiles = { readonly [file in keyof DataFiles]?: string | undefined };

/** What a run keeps of where its data is found again from any folder. */
export interface DataPlace extends Pick<RunRecord, "dataPlace" | "labelsPlace"> {
  readonly files: DataFiles;
}

/** What a run in `directory` keeps of where its data, opened from some files, is. */
export function dataPlace(directory: string, { data, labels }: DataFiles, { name }: Dataset): DataPlace {
  const seen = (path: string) => relative(resolve(directory), resolve(path));
  if (datasets.has(name)) return { files: { data: name }, dataPlace: null, labelsPlace: null };
  const labelled = labels === undefined ? {} : { labels: resolve(labels) };
  const labelsPlace = labels === undefined ? null : seen(labels);
  if (data === STANDARD_INPUT) return { files: { data, ...labelled }, dataPlace: null, labelsPlace };
  return { files: { data: resolve(data), ...labelled }, dataPlace: seen(data), labelsPlace };
}

/** The data of a run, and where it was found. */
export interface RunData {
  readonly data: Dataset;
  readonly place: DataPlace;
}

/**
 * Opens the data that a run was trained on, and its labels: where they lie as seen from the run's folder, else where they lay, and wherever
 * their content is the same.
 * @param moved where they lie now, if elsewhere
 * @param onProgress told how many images of a folder have been read, and how many there are
 * @throws InputError where they are not there, or their content is another
 */
export async function openRunData(
  run: SavedRun,
  moved: MovedFiles = {},
  onProgress?: OpenOptions["onProgress"],
): Promise<RunData> {
  const {
    directory,
    config,
    data: { fingerprint, table },
  } = run;
  for (const files of await filesOf(run, moved)) {
    const options = {
      ...openOptions(config),
      ...{ labels: files.labels, onProgress },
      ...(table && { table: { schema: table.schema } }),
    };
    const data = await openDataset(files.data, options);
    if (hasFingerprint(data, fingerprint)) return { data, place: dataPlace(directory, files, data) };
  }
  const given = moved.data ?? moved.labels;
  throw new InputError(
    given === undefined
      ? `${config.data} has changed since the run in ${directory} began: bring the old data back, give the path of a copy with ${resuming(run)} PATH, or start a new run from the weights of this one with --init ${directory}`
      : `${given === STANDARD_INPUT ? "Standard input" : given} is other data than that of the run in ${directory}: start a new run from its weights with --init ${directory}`,
  );
}

/** Where the data of a run and its labels may be, each pair of files that are there. */
async function filesOf(run: SavedRun, moved: MovedFiles): Promise<readonly DataFiles[]> {
  const { directory, config, dataPlace, labelsPlace } = run;
  if (moved.data === undefined && config.data === STANDARD_INPUT)
    throw new InputError(
      `The data of the run in ${directory} came from standard input: give it again with ${resuming(run)} -`,
    );
  const usual = dataPlace === null ? [config.data] : await placesThere([join(directory, dataPlace), config.data]);
  const places = moved.data === undefined ? usual : [moved.data];
  if (places.length === 0)
    throw new InputError(
      `${config.data}, the data of the run in ${directory}, is missing: give its new path with ${resuming(run)} PATH`,
    );
  const labels = moved.labels ?? config.labels;
  if (labels === undefined) return places.map((data) => ({ data }));
  const besides = labelsPlace === null ? [] : [join(directory, labelsPlace)];
  const files = moved.labels === undefined ? await placesThere([...besides, labels]) : [moved.labels];
  if (files.length === 0)
    throw new InputError(
      `${labels}, the labels of the run in ${directory}, is missing: give its new path with monge train --resume ${directory} --labels FILE`,
    );
  return places.flatMap((data) => files.map((labels) => ({ data, labels })));
}

function resuming({ directory }: SavedRun): string {
  return `monge train --resume ${directory} --data`;
}

/** Those of several paths where there is something, each once. */
async function placesThere(paths: readonly string[]): Promise<string[]> {
  const there: string[] = [];
  for (const path of new Set(paths)) {
    const found = await Promise.any([stat(path), stat(fileOfPath(path))]).catch(() => undefined);
    if (found) there.push(path);
  }
  return there;
}
