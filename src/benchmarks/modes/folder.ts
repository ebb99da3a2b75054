import { join } from "node:path";
import { InputError } from "../../errors.js";
import { checkHoldsOnly, readTextFile, writeFileAtomically } from "../../files.js";
import type { RunConfig } from "../../training/config.js";
import { type ModesResults, modesResultsSchema } from "./results.js";
import { modesReport } from "./summary.js";

const RESULTS = "results.json";

/**
 * The trials that a folder holds; `undefined` where it holds none.
 * @throws InputError where its results cannot be read or are of something else, or it holds other files and no results
 */
export async function readResults(folder: string): Promise<ModesResults | undefined> {
  const path = join(folder, RESULTS);
  const text = await readTextFile(path);
  if (text === undefined) {
    await checkHoldsOnly(folder, []);
    return undefined;
  }
  const parsed = modesResultsSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new InputError(`${path} holds no results of monge benchmark modes of this version; give another --out.`);
}

/** Writes `results.json`, whole or not at all. */
export async function writeResults(folder: string, results: ModesResults): Promise<void> {
  await writeFileAtomically(join(folder, RESULTS), `${JSON.stringify(modesReport(results), null, 2)}\n`);
}

/** How a trial's files in the folder are called. */
export function trialName({ loss, seed }: Pick<RunConfig, "loss" | "seed">): string {
  return `${loss}-seed-${seed}`;
}

/**
 * @param place what holds the trial that was begun with `found`
 * @throws InputError where a trial was begun with other settings than are asked for
 */
export function checkSameSettings(place: string, found: RunConfig, wanted: RunConfig): void {
  const names = Object.keys({ ...found, ...wanted }) as (keyof RunConfig)[];
  const text = (config: RunConfig, name: keyof RunConfig) => JSON.stringify(config[name]) ?? "none";
  const other = names.find((name) => text(found, name) !== text(wanted, name));
  if (other === undefined) return;
  throw new InputError(
    `${place} holds trials of other settings (${other} is ${text(found, other)} there and ${text(wanted, other)} here): ` +
      "give another --out, or the settings of that folder.",
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
