import type { MomentFormat } from "../schema.js";
import { MONTHS, WEEKDAYS } from "./momentFields.js";

/** What a text can be taken apart into: a clock, digits, a word, or a single other character. */
const TOKEN = /(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)|(\d+)|([ap]\.m\.|\p{L}+)|([^\d\p{L}])/giu;

/** Minutes ahead of UTC of zones that are written by name. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ["UTC", 0],
  ["GMT", 0],
  ["WET", 0],
  ["CET", 60],
  ["CEST", 120],
  ["EST", -300],
  ["EDT", -240],
  ["CST", -360],
  ["CDT", -300],
  ["MST", -420],
  ["MDT", -360],
  ["PST", -480],
  ["PDT", -420],
]);

/** An offset from UTC at the end, behind a clock. */
const OFFSET = /(?<=(?::\d{2}(?:[.,]\d{1,9})?|T\d{4}(?:\d{2})?)\s?)([-+])(\d{2})(:?)(\d{2})?$/;
const ORDINAL = /^(?:st|nd|rd|th)$/;
/** The longest text that is tried. */
const LONGEST = 50;

/** A piece of a pattern: the ways in which it may be written, or the digits of a day, month or year. */
type Piece = { readonly ways: readonly string[] } | { readonly digits: string; ordinal: boolean };

/**
 * The formats in which a text may be written, the likeliest first; empty where it says no day and no time. Digits alone are none, except of
 * 8, 12, 14 or 17 ("20240131").
 */
export function momentCandidates(text: string): MomentFormat[] {
  if (text.length > LONGEST || !/\d/.test(text)) return [];
  const zone = OFFSET.exec(text);
  const taken = piecesOf(zone ? text.slice(0, zone.index) : text);
  if (!taken) return [];
  const pieces = [...taken.pieces];
  let { offset } = taken;
  if (zone) {
    const [, sign, hours, colon, minutes] = zone;
    offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
    pieces.push({ ways: [colon === ":" ? "xxx" : minutes ? "xx" : "x"] });
  }
  return rolesOf(pieces, taken.monthNamed).flatMap((roles) => {
    let slot = 0;
    const ways = pieces.map((piece) => ("ways" in piece ? piece.ways : (roles[slot++] ?? [])));
    return products(ways).map((pattern) => ({ pattern, weight: 1, offset, ...taken.letters }));
  });
}

function products(ways: readonly (readonly string[])[]): string[] {
  return ways.reduce<string[]>((begun, next) => begun.flatMap((start) => next.map((way) => start + way)), [""]);
}

interface Taken {
  readonly pieces: readonly Piece[];
  readonly offset: number;
  readonly monthNamed: boolean;
  readonly letters: Pick<MomentFormat, "letters">;
}

function piecesOf(text: string): Taken | null {
  const pieces: Piece[] = [];
  const half = /\d\s?[ap]\.?m\.?(?![a-z])/i.test(text);
  let [offset, monthNamed, clock] = [0, false, false];
  let letters: Taken["letters"] = {};
  for (const [token, time, digits, word] of text.matchAll(TOKEN)) {
    const last = pieces.at(-1);
    if (time) {
      if (clock) return null;
      clock = true;
      pieces.push({ ways: clockWays(time, half) });
    } else if (digits) {
      const compact = COMPACT.get(digits.length);
      if (compact && digits.length === 6 && !afterT(last)) return null;
      if (compact) pieces.push({ ways: [compact] });
      else if (digits.length > 4 || digits.length === 3) return null;
      else pieces.push({ digits, ordinal: false });
    } else if (word) {
      const named = nameOf(word);
      if (named) {
        if (named.pattern.startsWith("M")) monthNamed = true;
        letters = { ...letters, ...named.letters };
        pieces.push({ ways: [named.pattern] });
      } else if (last && "digits" in last && ORDINAL.test(word)) last.ordinal = true;
      else if (clock && /^[ap]\.?m\.?$/i.test(word)) pieces.push({ ways: [halfWay(word)] });
      else if (word === "T") pieces.push({ ways: ["'T'"] });
      else if (word === "W" && pieces.length === 2) pieces.push({ ways: ["'W'"] });
      else if (word === "Z") pieces.push({ ways: ["XXX"] });
      else {
        const zone = ZONES.get(word);
        if (zone === undefined) return null;
        offset = zone;
        pieces.push({ ways: [`'${word}'`] });
      }
    } else pieces.push({ ways: [token === "'" ? "''" : token] });
  }
  return { pieces, offset, monthNamed, letters };
}

/** Digits without anything between them, by their number. */
const COMPACT = new Map([
  [6, "HHmmss"],
  [8, "yyyyMMdd"],
  [12, "yyyyMMddHHmm"],
  [14, "yyyyMMddHHmmss"],
  [17, "yyyyMMddHHmmssSSS"],
]);

function afterT(piece: Piece | undefined): boolean {
  return piece !== undefined && "ways" in piece && piece.ways[0] === "'T'";
}

function clockWays(time: string, half: boolean): string[] {
  const [hour = "", minute, second = ""] = time.split(":");
  const [seconds, fraction] = second.split(/[.,]/);
  const mark = second[seconds?.length ?? 0] ?? "";
  const rest = `${minute ? ":mm" : ""}${seconds ? ":ss" : ""}${mark}${"S".repeat(fraction?.length ?? 0)}`;
  const letter = half ? "h" : "H";
  return padded(hour, letter).map((way) => way + rest);
}

/** One letter for a number that is written as it is, two for one with a zero before it. */
function padded(digits: string, letter: string): string[] {
  if (digits.length === 1) return [letter];
  return digits.startsWith("0") ? [letter + letter] : [letter + letter, letter];
}

function halfWay(word: string): string {
  return word.includes(".") ? "aaaa" : word === word.toUpperCase() ? "a" : "aaa";
}

function nameOf(word: string): { pattern: string; letters: Taken["letters"] } | undefined {
  const own = word[0]?.toUpperCase() + word.slice(1).toLowerCase();
  const letters: Taken["letters"] =
    word === own ? {} : word === word.toUpperCase() ? { letters: "upper" } : { letters: "lower" };
  for (const [letter, names] of [["M", MONTHS] as const, ["E", WEEKDAYS] as const]) {
    if (names.some((name) => name.slice(0, 3) === own)) return { pattern: letter.repeat(3), letters };
    if (names.includes(own)) return { pattern: letter.repeat(4), letters };
  }
  return undefined;
}

/** What each of the numbers beside the clock may be: year, month or day, written in the ways of its digits. */
function rolesOf(pieces: readonly Piece[], monthNamed: boolean): string[][][] {
  const slots = pieces.flatMap((piece) => ("digits" in piece ? [piece] : []));
  const marks = new Set(pieces.flatMap((piece) => ("ways" in piece ? piece.ways : [])));
  if (slots.length === 0) return [[]];
  return orders(slots.length, monthNamed, marks).flatMap((order) => {
    const ways = slots.map(({ digits, ordinal }, i) => waysOf(order[i] ?? "", digits, ordinal));
    return ways.every((way) => way.length > 0) ? [ways] : [];
  });
}

/** Orders of the numbers of a date, the likeliest first. */
function orders(slots: number, monthNamed: boolean, marks: ReadonlySet<string>): readonly string[] {
  if (marks.has("'W'")) return slots === 2 ? ["Ww"] : [];
  if (monthNamed) return slots === 2 ? ["dy", "yd"] : slots === 1 ? ["Y"] : [];
  if (slots === 2) return marks.has("-") || marks.has("/") ? ["YM", "MY"] : [];
  if (slots !== 3) return [];
  return marks.has("/") ? ["Mdy", "dMy", "yMd"] : marks.has(".") ? ["dMy", "yMd"] : ["yMd", "dMy", "Mdy"];
}

function waysOf(role: string, digits: string, ordinal: boolean): string[] {
  if (ordinal) return role === "d" ? ["do"] : [];
  if (role === "W") return digits.length === 4 ? ["YYYY"] : [];
  if (role === "w") return digits.length === 2 ? ["ww"] : [];
  if (role === "Y" || role === "y")
    return digits.length === 4 ? ["yyyy"] : role === "y" && digits.length === 2 ? ["yy"] : [];
  return digits.length > 2 ? [] : padded(digits, role);
}
