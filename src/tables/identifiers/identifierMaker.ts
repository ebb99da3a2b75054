import type { Rng } from "../../random.js";
import { greatestCommonDivisor } from "../greatestCommonDivisor.js";
import type { IdentifierForm, Weighted } from "../schema.js";
import { weightedChoice } from "../weightedChoice.js";
import { bloomFilter } from "./bloomFilter.js";
import { placesOf } from "./places.js";

/** The whole numbers, each times this, spread evenly over the numbers from 0 to 1 as to their fractions: the golden section. */
const GOLDEN = 0.6180339887498949;
/** Digits that a counted number which is not padded may grow by, and has room for at least. */
const [MORE_DIGITS, LEAST_DIGITS] = [3, 7];

/**
 * Makes new identifiers of a form: never twice the same, and none of those that the form was learned from. Seeds begin far apart in all that
 * the form has room for, so that files of several seeds have none in common unless they fill much of it: a third for two, a twentieth for
 * ten. Numbers are counted on from the data's with seed 0.
 * @param rng draws which of several patterns comes next
 */
export function identifierMaker(form: IdentifierForm, rng: Rng, seed = 0): () => string {
  if (form.kind === "sequence") {
    let next = form.next + form.step * Math.floor(roomOf(form) * startOf(seed));
    return () => {
      const digits = `${next}`.padStart(form.width, "0");
      next += form.step;
      return form.prefix + digits + form.suffix;
    };
  }
  const known = form.known === undefined ? () => false : bloomFilter(form.known);
  const lengths = new Set(form.patterns.map(({ pattern }) => placesOf(pattern).length));
  const makers = form.patterns.map((pattern) => textMaker(pattern, lengths, rng, seed));
  const choose = weightedChoice(
    form.patterns.map(({ weight }) => weight),
    rng,
  );
  return () => {
    for (;;) {
      const text = makers[choose()]?.() ?? "";
      if (!known(text)) return text;
    }
  };
}

/** Where a seed begins, as a share of all that there is. */
function startOf(seed: number): number {
  return (seed * GOLDEN) % 1;
}

/** How many numbers a sequence may go on for: as long as they have as many digits as are padded, or a few more. */
function roomOf({ next, step, width }: Extract<IdentifierForm, { kind: "sequence" }>): number {
  const digits = `${next}`.length;
  const most = width > 1 ? Math.max(width, digits) : Math.max(LEAST_DIGITS, digits + MORE_DIGITS);
  return Math.max(0, Math.floor((Math.min(10 ** most, EXACT) - next) / step));
}

/** Numbers that are added to one another without rounding. */
const EXACT = 2 ** 52;

/**
 * Texts of a pattern in an order that looks like chance and does not come back: the last places count through all they can be, by steps that
 * have no divisor in common with their number, and those before them are drawn. When all were made, the texts get longer, of a length that
 * none of `lengths` is.
 */
function textMaker({ pattern }: Weighted, lengths: Set<number>, rng: Rng, seed: number): () => string {
  const places = placesOf(pattern).map((place) => [...place]);
  let counting = countingOf(places, seed);
  return () => {
    if (counting.left === 0) {
      const free = places.findLastIndex((place) => place.length > 1);
      const longer = places[free] ?? [..."0123456789"];
      do places.splice(free + 1, 0, longer);
      while (lengths.has(places.length));
      lengths.add(places.length);
      counting = countingOf(places, seed);
    }
    const { from } = counting;
    let rest = counting.next();
    const text = places.map((place, i) => (i < from ? place[rng.integer(place.length)] : ""));
    for (let i = places.length - 1; i >= from; i--) {
      const place = places[i] ?? [];
      text[i] = place[rest % place.length] ?? "";
      rest = Math.floor(rest / place.length);
    }
    return text.join("");
  };
}

interface Counting {
  /** The first of the places that count. */
  readonly from: number;
  /** Texts that are left. */
  left: number;
  next(): number;
}

function countingOf(places: readonly (readonly string[])[], seed: number): Counting {
  let [from, size] = [places.length, 1];
  while (from > 0 && size * (places[from - 1]?.length ?? 1) < EXACT) {
    from--;
    size *= places[from]?.length ?? 1;
  }
  // Steps near the golden section visit all parts of the numbers evenly.
  let step = Math.max(1, Math.floor(size * GOLDEN));
  while (greatestCommonDivisor(step, size) > 1) step++;
  const begun = BigInt(Math.floor(size * startOf(seed)));
  let value = Number((begun * BigInt(step)) % BigInt(size));
  return {
    from,
    left: size,
    next() {
      this.left--;
      value = (value + step) % size;
      return value;
    },
  };
}
