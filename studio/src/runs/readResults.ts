import { pairingByName } from "../../../src/game/pairings.js";
import type { Results } from "../../../src/runs/results.js";
import { parseResults } from "../../../src/runs/resultsSchema.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";

/** Results, or one sentence on why there are none. */
export type Read = { readonly results: Results } | { readonly problem: string };

const MEGABYTE = 2 ** 20;
/** A hundred runs of a thousand evaluations take half of it. */
const LARGEST = 100;

/** The results in a file that `monge compare` wrote. */
export async function readResultsFile(file: File): Promise<Read> {
  const { problems } = text().runs;
  if (file.size > LARGEST * MEGABYTE) return { problem: problems.large(file.name, whole(LARGEST)) };
  const content = await file.text().catch(() => null);
  if (content === null) return { problem: problems.unreadable(file.name) };
  const value = jsonOf(content);
  return value === undefined ? { problem: problems.json(file.name) } : readResults(value, file.name);
}

/** Results out of plain data; `name` is what they are called in a problem. */
export function readResults(value: unknown, name: string): Read {
  const { problems } = text().runs;
  const parsed = parseResults(value);
  if (!("results" in parsed)) return { problem: problems.results(name, parsed.place || problems.whole) };
  const { results } = parsed;
  const unknown = results.runs.find(({ loss }) => !isPairing(loss));
  return unknown ? { problem: problems.loss(name, unknown.loss) } : { results };
}

function isPairing(name: string): boolean {
  try {
    return pairingByName(name) !== undefined;
  } catch {
    return false;
  }
}

/** `undefined` where a text is no JSON. */
function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
