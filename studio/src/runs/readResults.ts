import { pairingByName } from "../../../src/game/pairings.js";
import type { Results } from "../../../src/runs/results.js";
import { parseResults } from "../../../src/runs/resultsSchema.js";
import { whole } from "../language/format.js";
import type { Dictionary } from "../language/index.js";

/** One sentence on what is wrong, in the words of a language. */
export type Problem = (words: Dictionary) => string;

/** Results, or why there are none. */
export type Read = { readonly results: Results } | { readonly problem: Problem };

const MEGABYTE = 2 ** 20;
/** A hundred runs of a thousand evaluations take half of it. */
const LARGEST = 100;

/** The results in a file that `monge compare` wrote. */
export async function readResultsFile(file: File): Promise<Read> {
  if (file.size > LARGEST * MEGABYTE) return { problem: ({ runs }) => runs.problems.large(file.name, whole(LARGEST)) };
  const content = await file.text().catch(() => null);
  if (content === null) return { problem: ({ runs }) => runs.problems.unreadable(file.name) };
  const value = jsonOf(content);
  return value === undefined ? { problem: ({ runs }) => runs.problems.json(file.name) } : readResults(value, file.name);
}

/** Results out of plain data; `name` is what they are called in a problem. */
export function readResults(value: unknown, name: string): Read {
  const parsed = parseResults(value);
  if (!("results" in parsed)) {
    return { problem: ({ runs: { problems } }) => problems.results(name, parsed.place || problems.whole) };
  }
  const { results } = parsed;
  const unknown = results.runs.find(({ loss }) => !isPairing(loss));
  return unknown ? { problem: ({ runs }) => runs.problems.loss(name, unknown.loss) } : { results };
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
