import type { MomentFormat } from "../schema.js";
import { type Values, withoutWords } from "../values.js";
import { momentCandidates } from "./momentCandidates.js";
import { momentFormatter, momentParser, saysDay, saysTime } from "./momentPattern.js";

/** A column's texts as days, times of day or moments. */
export interface MomentReading {
  readonly values: Values;
  /** Milliseconds since 1970 UTC of each of `values.texts`; of a time alone, since midnight. */
  readonly moments: Float64Array;
  readonly range: [number, number];
  /** The formats, each with the rows that are written in it. */
  readonly formats: MomentFormat[];
  readonly says: "date" | "time" | "both";
  /** What else the formats might mean. */
  readonly notes: readonly string[];
}

/** Texts from which formats are learned at a time, and how often those that no format reads are looked at again. */
const LEARNED = 500;
const ROUNDS = 4;
/** Texts of which half have to say a moment for more to be looked at. */
const FEW = 20;
const MOST_FORMATS = 40;
/** Texts of which it is counted how many are written in each format. */
const COUNTED = 20_000;
/** Years in which digits alone, such as "20240131", are taken for a day. */
const [FIRST, LAST] = [Date.UTC(1900), Date.UTC(2101)];

/** The moments that texts say, and the formats they are written in; `null` where they say none. */
export function readMoments(given: Values): MomentReading | null {
  const learned = learnedFormats(given.texts);
  if (!learned) return null;
  const { formats, other, read } = learned;
  const values = withoutWords(given, (_, i) => !Number.isNaN(read[i]));
  if (!values || values.texts.length === 0) return null;
  const moments = read.filter((moment) => !Number.isNaN(moment));
  const range: [number, number] = [moments.reduce((a, b) => Math.min(a, b)), moments.reduce((a, b) => Math.max(a, b))];
  if (formats.some(({ pattern }) => /^\w+$/.test(pattern)) && (range[0] < FIRST || range[1] >= LAST)) return null;
  const dated = formats.some(({ pattern }) => saysDay(pattern));
  const timed = formats.some(({ pattern }) => saysTime(pattern));
  // A time alone beside days would be one of 1970.
  if (dated && !formats.every(({ pattern }) => saysDay(pattern))) return null;
  return {
    values,
    moments,
    range,
    formats: weighted(formats, values, moments),
    says: dated && timed ? "both" : dated ? "date" : "time",
    notes: [...values.notes, ...other],
  };
}

/** Reads a text by the first of the formats that takes it. */
export function firstParser(formats: readonly MomentFormat[]): (text: string) => number {
  const parsers = [
    ...new Map(formats.map((format) => [`${format.pattern} ${format.offset}`, momentParser(format)])).values(),
  ];
  return (text) => {
    for (const parse of parsers) {
      const moment = parse(text);
      if (!Number.isNaN(moment)) return moment;
    }
    return NaN;
  };
}

interface Covered {
  readonly formats: MomentFormat[];
  /** What is to be said of them. */
  readonly other: string[];
}

/** The formats of texts, and what they read of each: few texts are looked at, then those that were not understood, a few times. */
function learnedFormats(texts: readonly string[]): (Covered & { readonly read: Float64Array }) | null {
  const stride = Math.max(1, Math.floor(texts.length / LEARNED));
  const first = texts.filter((_, i) => i % stride === 0).slice(0, LEARNED);
  const few = first.slice(0, FEW);
  if (few.filter((text) => momentCandidates(text).length > 0).length < few.length / 2) return null;
  let sample = first;
  for (let round = 0; ; round++) {
    const covered = coveringFormats(sample);
    if (covered.formats.length === 0 || covered.formats.length > MOST_FORMATS) return null;
    const read = Float64Array.from(texts, firstParser(covered.formats));
    const left: string[] = [];
    for (let i = 0; i < texts.length && left.length < LEARNED; i++) {
      const text = texts[i] ?? "";
      if (Number.isNaN(read[i]) && momentCandidates(text).length > 0) left.push(text);
    }
    if (left.length === 0) return { ...covered, read };
    if (round === ROUNDS) return null;
    sample = [...sample, ...left];
  }
}

/** The formats that write most of the texts exactly as they are, one after the other until all are written. */
function coveringFormats(texts: readonly string[]): Covered {
  const candidates = new Map<string, MomentFormat>();
  for (const text of texts) for (const format of momentCandidates(text)) candidates.set(JSON.stringify(format), format);
  let covers = [...candidates.values()].map((format) => ({ format, written: writtenBy(format, texts) }));
  const formats: MomentFormat[] = [];
  const other: string[] = [];
  while (formats.length <= MOST_FORMATS) {
    covers = covers.filter(({ written }) => written.size > 0);
    const [first, ...others] = covers;
    if (!first) break;
    const { format, written } = others.reduce((a, b) => (b.written.size > a.written.size ? b : a), first);
    const twin = covers.find(
      (one) => !format.pattern.includes("MMM") && one.written.size === written.size && isSwapped(one.format, format),
    );
    if (twin && formats.length === 0)
      other.push(`is read as ${format.pattern}, though it might be ${twin.format.pattern}`);
    formats.push(format);
    const done = [...written];
    for (const cover of covers) for (const text of done) cover.written.delete(text);
  }
  return { formats, other };
}

/** Whether two formats differ by which number is which: not only by zeros before them, or by how a zone is written. */
function isSwapped(a: MomentFormat, b: MomentFormat): boolean {
  const roles = (format: MomentFormat) => format.pattern.replace(/([a-zA-Z])\1+/g, "$1").replace("X", "x");
  return roles(a) !== roles(b);
}

function writtenBy(format: MomentFormat, texts: readonly string[]): Set<string> {
  const [parse, write] = [momentParser(format), momentFormatter(format)];
  return new Set(
    texts.filter((text) => {
      const moment = parse(text);
      return !Number.isNaN(moment) && write(moment) === text;
    }),
  );
}

/** The formats with the rows that each writes exactly, of many texts of some; those that write none are left out. */
function weighted(formats: readonly MomentFormat[], { texts, counts }: Values, moments: Float64Array): MomentFormat[] {
  const rows = new Float64Array(formats.length);
  const writers = formats.map(momentFormatter);
  for (let i = 0; i < texts.length; i += Math.ceil(texts.length / COUNTED)) {
    const place = writers.findIndex((write) => write(moments[i] ?? 0) === texts[i]);
    if (place >= 0) rows[place] = (rows[place] ?? 0) + (counts[i] ?? 0);
  }
  const used = formats.flatMap((format, i) => ((rows[i] ?? 0) > 0 ? [{ ...format, weight: rows[i] ?? 0 }] : []));
  return used.length > 0 ? used.sort((a, b) => b.weight - a.weight) : formats.slice(0, 1);
}
