import { InputError } from "../errors.js";
import { readTextFile } from "../files.js";
import type { Results } from "../runs/results.js";
import { parseResults } from "../runs/resultsSchema.js";

/** Results as the text of `results.json`: two spaces of indentation, `null` for what is not finite. */
export function resultsText(results: Results): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

/**
 * The results in a file that `monge compare` wrote.
 * @param path of a `results.json`
 * @throws InputError where it cannot be read, has more than 100 MB, is no JSON, or does not hold results of a version that is known, with the first place
 * that is wrong
 */
export async function loadResults(path: string): Promise<Results> {
  const text = await readTextFile(path);
  if (text === undefined) throw new InputError(`There is no file ${path}; give a results.json of monge compare.`);
  const parsed = parseResults(jsonOf(text, path));
  if ("results" in parsed) return parsed.results;
  const place = parsed.place === "" ? "as a whole" : `at ${parsed.place}`;
  throw new InputError(`${path} is not a results.json of monge compare: ${place}, ${parsed.problem}.`);
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message.replaceAll(/\s+/g, " ");
    throw new InputError(`${path} is not JSON: ${reason}; give a results.json of monge compare.`);
  }
}
