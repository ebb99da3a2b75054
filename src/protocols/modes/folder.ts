import { join } from "node:path";
import { InputError } from "../../errors.js";
import { checkHoldsOnly, readTextFile, writeFileAtomically } from "../../files.js";
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
