import { stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { datasets } from "../data/catalogue.js";
import type { Dataset } from "../data/dataset.js";
import { hasFingerprint } from "../data/fingerprint.js";
import { type OpenOptions, openDataset } from "../data/open.js";
import { STANDARD_INPUT } from "../data/sources/standardInput.js";
import { InputError } from "../errors.js";
import type { RunSettings } from "./config.js";
import type { RunRecord, SavedRun } from "./savedRun.js";

type Reading = "imageSize" | "channels" | "background" | "skipBroken" | "header" | "conditional" | "as";

/** How the data of a run is opened. */
export function openOptions({
  imageSize,
  channels,
  background,
  skipBroken,
  header,
  conditional,
  as,
}: Pick<RunSettings, Reading>): OpenOptions {
  return { size: imageSize, channels, background, skipBroken, header, conditional, as };
}

/** What a run in `directory` keeps of where its data, opened as `nameOrPath`, is found again from any folder. */
export function dataPlace(
  directory: string,
  nameOrPath: string,
  { name }: Dataset,
): { readonly data: string; readonly dataPlace: string | null } {
  if (datasets.has(name)) return { data: name, dataPlace: null };
  if (nameOrPath === STANDARD_INPUT) return { data: nameOrPath, dataPlace: null };
  const data = resolve(nameOrPath);
  return { data, dataPlace: relative(resolve(directory), data) };
}

/** The data of a run, and where it was found. */
export interface RunData {
  readonly data: Dataset;
  readonly place: Pick<RunRecord, "dataPlace"> & { readonly data: string };
}

/**
 * Opens the data that a run was trained on: where it lies as seen from the run's folder, else where it lay, and wherever its content is
 * the same.
 * @param moved where it lies now
 * @throws InputError where it is not there, or its content is another
 */
export async function openRunData(
  { directory, config, data: { fingerprint, table }, dataPlace: place }: SavedRun,
  moved?: string,
): Promise<RunData> {
  const resume = `monge train --resume ${directory} --data`;
  if (moved === undefined && config.data === STANDARD_INPUT)
    throw new InputError(
      `The data of the run in ${directory} came from standard input: give it again with ${resume} -`,
    );
  const places = place === null ? [config.data] : await placesThere([join(directory, place), config.data]);
  if (moved === undefined && places.length === 0)
    throw new InputError(
      `${config.data}, the data of the run in ${directory}, is not there: say where it lies now with ${resume} PATH`,
    );
  for (const path of moved === undefined ? places : [moved]) {
    const data = await openDataset(path, { ...openOptions(config), ...(table && { table: { schema: table.schema } }) });
    if (hasFingerprint(data, fingerprint)) return { data, place: dataPlace(directory, path, data) };
  }
  throw new InputError(
    moved === undefined
      ? `${config.data} has changed since the run in ${directory} began: bring the old data back, say where a copy of it lies with ${resume} PATH, or start a new run from the weights of this one with --init ${directory}`
      : `${moved === STANDARD_INPUT ? "Standard input" : moved} is other data than that of the run in ${directory}: start a new run from its weights with --init ${directory}`,
  );
}

/** Those of several paths where there is something, each once. */
async function placesThere(paths: readonly string[]): Promise<string[]> {
  const there: string[] = [];
  for (const path of new Set(paths)) {
    // An array of several in one file is named after the file.
    const file = path.replace(/(\.npz):[^/\\]+$/i, "$1");
    const found = await Promise.any([stat(path), stat(file)]).catch(() => undefined);
    if (found) there.push(path);
  }
  return there;
}
