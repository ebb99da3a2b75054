import { realpath, stat } from "node:fs/promises";
import { InputError } from "../errors.js";
import { systemReason } from "../files.js";
import { loadResults } from "../report/index.js";
import { comparisonIn, finishedComparison, isFinished } from "./comparison.js";
import { comparisonPictures, type KeptPicture, trainingPictures } from "./pictures.js";
import type { RunKind, Standing } from "./protocol.js";
import { trainedRun } from "./trainedRun.js";
import { fileWithin, namesWithin } from "./within.js";

/** A name on the command line, and what stands behind it whenever it is asked. */
export interface NamedRun {
  readonly name: string;
  readonly kind: RunKind;
  /** `null` where it can no longer be read. */
  standing(): Promise<Standing | null>;
  pictures(): Promise<readonly KeptPicture[]>;
}

const WHAT_TO_GIVE = "give a folder of monge train or of monge compare, or a results.json";

/**
 * Opens what names stand for: folders of `monge train` or `monge compare`, or a `results.json`. A name that is given twice counts once.
 * @throws InputError where one of them holds none of these
 */
export async function openNamedRuns(names: readonly string[]): Promise<NamedRun[]> {
  return Promise.all([...new Set(names)].map(openNamedRun));
}

async function openNamedRun(name: string): Promise<NamedRun> {
  const path = await realpath(name).catch((error: unknown) => {
    throw new InputError(`${name} cannot be opened: ${systemReason(error) ?? String(error)}; ${WHAT_TO_GIVE}.`);
  });
  const found = await stat(path);
  if (found.isFile()) {
    await loadResults(path);
    return { name, kind: "comparison", standing: () => finishedComparison(path), pictures: async () => [] };
  }
  if (await trainedRun(path)) {
    return { name, kind: "run", standing: () => trainedRun(path), pictures: () => trainingPictures(path) };
  }
  if ((await namesWithin(path, "checkpoints")).length > 0) {
    throw new InputError(`${name} holds a run, but no checkpoint of it that this version can read; ${WHAT_TO_GIVE}.`);
  }
  const standing = () => comparisonIn(path);
  if (!(await standing())) {
    const results = await fileWithin(path, "results.json");
    if (!results) throw new InputError(`${name} holds no run that this version can read; ${WHAT_TO_GIVE}.`);
    await loadResults(results);
  }
  // Until a comparison is finished, the pictures in its folder are another's.
  const pictures = async () => ((await isFinished(path)) ? comparisonPictures(path) : []);
  return { name, kind: "comparison", standing, pictures };
}
