import type { Rng } from "../../random.js";
import { greatestCommonDivisor } from "../greatestCommonDivisor.js";
import type { IdentifierForm, PlacePattern } from "../schema.js";
import { weightedChoice } from "../weightedChoice.js";
import { bloomFilter } from "./bloomFilter.js";
import { placesOf } from "./places.js";

/** Makes new identifiers of a form: never twice the same, and none of those that the form was learned from. */
export function identifierMaker(form: IdentifierForm, rng: Rng): () => string {
  if (form.kind === "sequence") {
    let { next } = form;
    return () => {
      const digits = `${next}`.padStart(form.width, "0");
      next += form.step;
      return form.prefix + digits + form.suffix;
    };
  }
  const known = form.known === undefined ? () => false : bloomFilter(form.known);
  const lengths = new Set(form.patterns.map(({ pattern }) => placesOf(pattern).length));
  const makers = form.patterns.map((pattern) => textMaker(pattern, lengths, rng));
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

/** Numbers that are added to one another without rounding. */
const EXACT = 2 ** 52;

/**
 * Texts of a pattern in an order that looks like chance and does not come back: the last places count through all they can be, by steps that
 * have no divisor in common with their number, and those before them are drawn. When all were made, the texts get longer, of a length that
 * none of `lengths` is.
 */
function textMaker({ pattern }: PlacePattern, lengths: Set<number>, rng: Rng): () => string {
  const places = placesOf(pattern).map((place) => [...place]);
  let counting = countingOf(places, rng);
  return () => {
    if (counting.left === 0) {
      const free = places.findLastIndex((place) => place.length > 1);
      const longer = places[free] ?? [..."0123456789"];
      do places.splice(free + 1, 0, longer);
      while (lengths.has(places.length));
      lengths.add(places.length);
      counting = countingOf(places, rng);
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

function countingOf(places: readonly (readonly string[])[], rng: Rng): Counting {
  let [from, size] = [places.length, 1];
  while (from > 0 && size * (places[from - 1]?.length ?? 1) < EXACT) {
    from--;
    size *= places[from]?.length ?? 1;
  }
  let value = Math.floor(rng.uniform() * size);
  // Steps near the golden section visit all parts of the numbers evenly.
  let step = Math.max(1, Math.floor(size * 0.6180339887498949));
  while (greatestCommonDivisor(step, size) > 1) step++;
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
