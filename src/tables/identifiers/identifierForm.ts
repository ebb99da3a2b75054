import { greatestCommonDivisor } from "../greatestCommonDivisor.js";
import type { IdentifierForm, Weighted } from "../schema.js";
import { bloomFilterOf } from "./bloomFilter.js";
import { patternOf, placesOf } from "./places.js";

/** Lengths of texts for which there is a pattern each, the most frequent ones. */
const MOST_LENGTHS = 8;
/** Texts from which patterns are learned; of this many of one length, what never stands at a place is not put there. */
const [LEARNED, MANY] = [20_000, 200];
/** A place with one character in so many texts always has it. */
const FEW = 5;
/** So many possible texts for each of the data's need no filter: a copy among a million new ones is as likely as one in a million. */
const SPARSE = 2 ** 40;

const CLASSES = ["0123456789", "abcdef", "ABCDEF", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] as const;

/** Numbers counted on: where they lie close together, with what is before and after all of them. */
export function sequenceOf(texts: readonly string[]): Extract<IdentifierForm, { kind: "sequence" }> | null {
  const prefix = shared(texts, (text, i) => text[i]).replace(/\d+$/, "");
  const suffix = [...shared(texts, (text, i) => text[text.length - 1 - i])].reverse().join("").replace(/^.*\d/, "");
  const digits = texts.map((text) => text.slice(prefix.length, text.length - suffix.length));
  if (!digits.every((text) => /^\d{1,15}$/.test(text))) return null;
  const numbers = digits.map(Number);
  const [low, high] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
  const step = numbers.reduce((common, number) => greatestCommonDivisor(common, number - low), 0) || 1;
  const padded = digits.some((text) => /^0\d/.test(text));
  const width = digits.reduce((least, text) => Math.min(least, text.length), Infinity);
  if ((high - low) / step + 1 > 2 * texts.length) return null;
  return { kind: "sequence", prefix, suffix, width: padded ? width : 1, next: high + step, step };
}

/** Texts of the same lengths with the same kinds of characters at each place. */
export function patternsOf(texts: readonly string[]): Extract<IdentifierForm, { kind: "patterns" }> {
  const stride = Math.ceil(texts.length / LEARNED);
  const groups = new Map<number, string[][]>();
  for (let i = 0; i < texts.length; i += stride) {
    const characters = [...(texts[i] ?? "")];
    const group = groups.get(characters.length);
    if (group) group.push(characters);
    else groups.set(characters.length, [characters]);
  }
  const used = [...groups.values()].sort((a, b) => b.length - a.length).slice(0, MOST_LENGTHS);
  const letters = new Set(used.flat(2));
  return formOfPatterns(
    used.map((group) => ({ pattern: patternOf(placesIn(group, letters)), weight: group.length })),
    texts,
  );
}

/** The form of patterns that texts were found to have: none of these is made again. */
export function formOfPatterns(
  patterns: Weighted[],
  texts: readonly string[],
): Extract<IdentifierForm, { kind: "patterns" }> {
  const sparse = patterns.every(({ pattern }) => sizeOf(placesOf(pattern)) > texts.length * SPARSE);
  return { kind: "patterns", patterns, ...(sparse ? {} : { known: bloomFilterOf(texts) }) };
}

/** How many texts have such places. */
export function sizeOf(places: readonly string[]): number {
  return places.reduce((size, place) => size * [...place].length, 1);
}

function placesIn(group: readonly string[][], letters: ReadonlySet<string>): string[] {
  return Array.from({ length: group[0]?.length ?? 0 }, (_, place) => {
    const seen = new Set(group.map((characters) => characters[place] ?? ""));
    if (group.length >= MANY || (group.length >= FEW && seen.size === 1)) return [...seen].sort().join("");
    const alike = new Set([...seen].flatMap((character) => [...classOf(character, letters)]));
    if (place === 0 && !seen.has("0")) alike.delete("0");
    return [...alike].sort().join("");
  });
}

/** What may stand where a character stands: any digit for a digit, and for a letter one of its case, to "f" where all are hexadecimal. */
function classOf(character: string, letters: ReadonlySet<string>): string {
  const fits = (characters: string) => {
    if (!characters.includes(character)) return false;
    const all = characters.length === 6 ? (characters[0] === "a" ? /[g-z]/ : /[G-Z]/) : null;
    return !all || ![...letters].some((letter) => all.test(letter));
  };
  return CLASSES.find(fits) ?? character;
}

/** What all texts have in common, character by character. */
function shared(texts: readonly string[], at: (text: string, i: number) => string | undefined): string {
  const [first = ""] = texts;
  let length = first.length;
  for (const text of texts) {
    let same = 0;
    while (same < length && at(text, same) === at(first, same)) same++;
    length = same;
  }
  return Array.from({ length }, (_, i) => at(first, i) ?? "").join("");
}
