import { InputError } from "../../errors.js";

/** Characters that a pattern has a meaning for, outside and inside of brackets. */
const SPECIAL = /[\\[\]{}]/g;
const SPECIAL_INSIDE = /[\\\]^-]/g;
const PIECE = /\[((?:\\.|[^\\\]])+)\](?:\{(\d+)\})?|(?:\\(.)|([^\\[\]{}]))(?:\{(\d+)\})?/gsu;
const RANGE = /(?:\\(.)|([^\\]))(?:-(?:\\(.)|([^\\])))?/gsu;

/**
 * The characters that can stand at each place of the texts of a pattern: a part of regular expressions, with literal characters, sets in
 * brackets and repetitions in braces, as in "[A-Z]{2}-[0-9]{6}".
 * @throws InputError where the pattern has something else
 */
export function placesOf(pattern: string): string[] {
  const places: string[] = [];
  let end = 0;
  for (const { 0: piece, 1: set, 2: times, 3: escaped, 4: plain, 5: again, index } of pattern.matchAll(PIECE)) {
    if (index !== end) break;
    end = index + piece.length;
    const characters = set === undefined ? (escaped ?? plain ?? "") : charactersOf(set);
    for (let time = Number(times ?? again ?? 1); time > 0; time--) places.push(characters);
  }
  if (end !== pattern.length)
    throw new InputError(`"${pattern}" is not the pattern of an identifier, such as "[A-Z]{2}-[0-9]{6}".`);
  return places;
}

/** The pattern of such places; the inverse of `placesOf`. */
export function patternOf(places: readonly string[]): string {
  let pattern = "";
  for (let i = 0; i < places.length; ) {
    const place = places[i] ?? "";
    let end = i + 1;
    while (places[end] === place) end++;
    const piece = [...place].length === 1 ? place.replace(SPECIAL, "\\$&") : `[${setOf(place)}]`;
    pattern += end - i > 1 ? `${piece}{${end - i}}` : piece;
    i = end;
  }
  return pattern;
}

function charactersOf(set: string): string {
  const codes = [...set.matchAll(RANGE)].flatMap(([, escapedFrom, from, escapedTo, to]) => {
    const first = (escapedFrom ?? from ?? "").codePointAt(0) ?? 0;
    const last = (escapedTo ?? to)?.codePointAt(0) ?? first;
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  return String.fromCodePoint(...codes);
}

/** Characters between brackets, runs of more than two as a range. */
function setOf(characters: string): string {
  const codes = [...characters].map((character) => character.codePointAt(0) ?? 0).sort((a, b) => a - b);
  const shown = (code: number) => String.fromCodePoint(code).replace(SPECIAL_INSIDE, "\\$&");
  let set = "";
  for (let i = 0; i < codes.length; ) {
    const first = codes[i] ?? 0;
    let run = 1;
    while (codes[i + run] === first + run) run++;
    set +=
      run > 2
        ? `${shown(first)}-${shown(first + run - 1)}`
        : codes
            .slice(i, i + run)
            .map(shown)
            .join("");
    i += run;
  }
  return set;
}
