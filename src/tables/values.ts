import { quoted } from "../quoting.js";

/** The different texts of a column that are values, and those that stand for missing ones. */
export interface Values {
  readonly texts: readonly string[];
  /** How many rows have each of `texts`. */
  readonly counts: Float64Array;
  /** Rows with a value. */
  readonly present: number;
  /** The texts that stand for a missing value, the most frequent first. */
  readonly missing: readonly string[];
  /** What to know of the texts that stand for missing values only because nothing else fits. */
  readonly notes: readonly string[];
}

/** The values among texts of which some stand for missing ones. */
export function withoutMissing(
  texts: readonly string[],
  counts: Float64Array,
  isMissing: (text: string) => boolean,
): Values {
  const [given, absent]: [number[], number[]] = [[], []];
  texts.forEach((text, i) => {
    (isMissing(text) ? absent : given).push(i);
  });
  const count = (i: number) => counts[i] ?? 0;
  const ofGiven = Float64Array.from(given, count);
  return {
    texts: given.map((i) => texts[i] ?? ""),
    counts: ofGiven,
    present: ofGiven.reduce((sum, rows) => sum + rows, 0),
    missing: absent.sort((a, b) => count(b) - count(a)).map((i) => texts[i] ?? ""),
    notes: [],
  };
}

/** Words that may stand for missing values among numbers, days and times, such as "unknown" and "not given". */
const MOST_WORDS = 3;

/**
 * The values without the few words among them, such as "unknown", that `fits` does not take; `null` where others do not fit either, or too
 * little is left. A text with a digit in it is no such word.
 */
export function withoutWords(values: Values, fits: (text: string, i: number) => boolean): Values | null {
  const words = new Set<string>();
  for (const [i, text] of values.texts.entries()) {
    if (fits(text, i)) continue;
    words.add(text);
    if (words.size > MOST_WORDS || /\d/.test(text)) return null;
  }
  if (words.size === 0) return values;
  const rest = withoutMissing(values.texts, values.counts, (text) => words.has(text));
  if (rest.texts.length < 3 * words.size || rest.present < values.present / 2) return null;
  const named = rest.missing.map(quoted).join(", ");
  return {
    ...rest,
    missing: [...values.missing, ...rest.missing],
    notes: [`has ${named}, taken as ${words.size === 1 ? "a missing value" : "missing values"}`],
  };
}
