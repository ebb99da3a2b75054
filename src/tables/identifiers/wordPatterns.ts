import type { Weighted } from "../schema.js";
import { patternOf } from "./places.js";

const CONSONANTS = "bdfgklmnprstvz";
const VOWELS = "aeiou";
const DIGITS = "0123456789";

/** Texts from which patterns are learned, and patterns that are kept, the most frequent ones. */
const [LEARNED, MOST_PATTERNS] = [20_000, 8];

/** Patterns of words that nobody knows and anybody can say, "Belito" for "Guinea": consonants and vowels in turn, and capitals as texts have them. */
export function wordPatterns(texts: readonly string[]): Weighted[] {
  const stride = Math.ceil(texts.length / LEARNED);
  const weights = new Map<string, number>();
  for (let i = 0; i < texts.length; i += stride) {
    const pattern = patternOf(placesOf(texts[i] ?? ""));
    weights.set(pattern, (weights.get(pattern) ?? 0) + 1);
  }
  const frequent = [...weights].sort(([, a], [, b]) => b - a).slice(0, MOST_PATTERNS);
  return frequent.map(([pattern, weight]) => ({ pattern, weight }));
}

function placesOf(text: string): string[] {
  let letters = 0;
  return [...text].map((character) => {
    if (/\p{M}/u.test(character)) return VOWELS;
    if (!/\p{L}/u.test(character)) {
      letters = 0;
      return /\p{N}/u.test(character) ? DIGITS : character;
    }
    const place = letters++ % 2 === 0 ? CONSONANTS : VOWELS;
    return /\p{Lu}/u.test(character) ? place.toUpperCase() : place;
  });
}
