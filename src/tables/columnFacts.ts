import type { CellColumn } from "./cellTable.js";
import { isMissing, isMissingNumber } from "./missing.js";
import { type MomentReading, readMoments } from "./moments/momentReading.js";
import { type NumberReading, readNumbers } from "./numberReading.js";
import { mayNamePeople, type PersonalKind, personalKind } from "./personal.js";
import { type Values, withoutMissing } from "./values.js";

/** What recognising a column's type looks at. Costly facts are found when they are first asked for, and once. */
export interface ColumnFacts {
  readonly name: string;
  /** The name with a space where a capital begins a word: "createdAt" is "created At". */
  readonly spaced: string;
  readonly rows: number;
  /** The values if the column has texts: only one token, "" where there is one, stands for missing values; others are texts like any. */
  readonly asTexts: Values;
  /** The values if the column has something else than texts: all that can stand for a missing value does. */
  readonly asNumbers: Values;
  /** The numbers that they are, or `null` where they are none. */
  numbers(): NumberReading | null;
  /** The days, times of day or moments that they are, or `null`. */
  moments(): MomentReading | null;
  /** Whom or what the texts are about that are not to be copied, or `null`. */
  personal(): PersonalKind | null;
  /** Whether they may be names of people, though it is not sure enough to count as personal. */
  mayNamePeople(): boolean;
}

export function columnFacts({ name, texts, codes }: CellColumn): ColumnFacts {
  const counts = new Float64Array(texts.length);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  const asNumbers = withoutMissing(texts, counts, isMissingNumber);
  const asTexts = withoutMissing(texts, counts, isTheMissing(texts, counts));
  const spaced = name.replace(/([a-z])([A-Z])/g, "$1 $2");
  return {
    name,
    spaced,
    rows: codes.length,
    asTexts,
    asNumbers,
    numbers: once(() => readNumbers(asNumbers)),
    moments: once(() => readMoments(asNumbers)),
    personal: once(() => personalKind(spaced, asTexts)),
    mayNamePeople: once(() => mayNamePeople(spaced, asTexts)),
  };
}

/** Whether a text is the one that stands for missing values among texts: blank ones, or the most frequent of the conventional. */
function isTheMissing(texts: readonly string[], counts: Float64Array): (text: string) => boolean {
  if (texts.some((text) => text.trim() === "")) return (text) => text.trim() === "";
  let most = -1;
  texts.forEach((text, i) => {
    if (isMissing(text) && (counts[i] ?? 0) > (counts[most] ?? 0)) most = i;
  });
  return (text) => text === texts[most];
}

function once<T>(find: () => T): () => T {
  let found: { value: T } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
