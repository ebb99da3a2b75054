import { quoted } from "../quoting.js";
import { momentCandidates } from "./moments/momentCandidates.js";
import { momentParser } from "./moments/momentPattern.js";
import { isNumberIn } from "./numberReading.js";
import type { Values } from "./values.js";

/** Texts that are looked at first, of which half have to fit. */
const FEW = 20;
/** The share of rows that has to fit for the others to be told. */
const NEARLY_ALL = 0.9;
/** Fewer rows than this are few enough to be seen by eye. */
const LEAST = 20;

/**
 * What to know of a column of texts nearly all of which are numbers, or days and times: what the others are such as; `undefined` for other
 * columns. One wrong day, such as "2021-02-31", makes all days of a column texts.
 */
export function noteOfOddTexts(values: Values): string | undefined {
  if (values.present < LEAST) return undefined;
  return noteOf(values, "numbers", isNumberIn(values.texts)) ?? noteOf(values, "days or times", saysMoment);
}

function saysMoment(text: string): boolean {
  return momentCandidates(text).some((format) => !Number.isNaN(momentParser(format)(text)));
}

function noteOf({ texts, counts, present }: Values, what: string, fits: (text: string) => boolean): string | undefined {
  const few = texts.slice(0, FEW);
  if (few.filter(fits).length < few.length / 2) return undefined;
  const odd = [...texts.keys()].filter((i) => !fits(texts[i] ?? ""));
  const rows = odd.reduce((sum, i) => sum + (counts[i] ?? 0), 0);
  if (rows === 0 || rows > (1 - NEARLY_ALL) * present) return undefined;
  const some = odd
    .slice(0, 3)
    .map((i) => quoted(texts[i] ?? ""))
    .join(", ");
  const [has, them] = rows === 1 ? ["1 row that holds", "it"] : [`${rows.toLocaleString("en")} rows that hold`, "them"];
  return `would be ${what} but for ${has} something else, such as ${some}: correct ${them}, or leave ${them} empty`;
}
