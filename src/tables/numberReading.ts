import { decimalSharesOf } from "./decimalShares.js";
import { bareNumber, PLAIN } from "./numberText.js";
import type { NumberStyle } from "./schema.js";
import { type Values, withoutWords } from "./values.js";

/** A column's texts as numbers. */
export interface NumberReading {
  readonly values: Values;
  /** The number that each of `values.texts` is. */
  readonly numbers: Float64Array;
  readonly range: [number, number];
  readonly style: NumberStyle;
  /** The most digits after the mark that are needed, `null` where they differ by powers of ten. */
  readonly decimals: number | null;
  /** How often they need how many of these (`decimalSharesOf`). */
  readonly decimalShares: number[] | undefined;
  /** Whether all are whole numbers without an exponent, and safe ones. */
  readonly whole: boolean;
  /** Whether some begin with zeros, as codes do: "007". */
  readonly padded: boolean;
}

/** What stands before the first and after the last digit of a number. */
const AROUND = /^[-+]?(\s?[^\d.,+-]*)(?:[-+]?[.,]?\d)(?:.*\d)?[.,]?(\D*)$/u;
const CURRENCIES = "USD|EUR|GBP|JPY|CHF|CNY|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|KRW|TRY|Rs\\.?";
const PREFIX = new RegExp(`^\\s?(?:(?:[A-Z]{0,3}\\p{Sc}|${CURRENCIES})\\s?)?$`, "u");
const SUFFIX = /^\s?(?:%|‰|°|°?[CF]|\p{Sc}|[A-Za-zµ]{1,6}[²³]?(?:\/[A-Za-z]{1,3}[²³]?)?)?$/u;

/** Separators of thousands and decimal marks, the likely ones first. */
const MARKS: readonly Pick<NumberStyle, "thousands" | "decimalMark">[] = [
  { thousands: "", decimalMark: "." },
  { thousands: ",", decimalMark: "." },
  { thousands: ".", decimalMark: "," },
  { thousands: "", decimalMark: "," },
  { thousands: " ", decimalMark: "," },
  { thousands: " ", decimalMark: "." },
  { thousands: "\u00a0", decimalMark: "," },
  { thousands: "\u202f", decimalMark: "," },
  { thousands: "'", decimalMark: "." },
];

/** The numbers that texts are, and how they are written; `null` where they are none. */
export function readNumbers(given: Values): NumberReading | null {
  for (const style of styles(given.texts)) {
    const bare = bareNumber(style);
    const values = withoutWords(given, (text) => bare(text) !== undefined);
    if (!values || values.texts.length === 0) continue;
    if (!values.texts.every((text) => text.includes(style.prefix) && text.endsWith(style.suffix))) continue;
    return reading(
      values,
      values.texts.map((text) => bare(text) ?? ""),
      style,
    );
  }
  return null;
}

/** Of so many texts it is counted how many a style fits. */
const COUNTED = 200;

/** Whether a text is a number, written in the style of most of `texts`, as far as the first, the middle or the last has it. */
export function isNumberIn(texts: readonly string[]): (text: string) => boolean {
  const all = [0, Math.floor(texts.length / 2), texts.length - 1].flatMap((start) =>
    styles(texts.slice(start)).map((style) => bareNumber(style)),
  );
  const stride = Math.max(1, Math.floor(texts.length / COUNTED));
  const some = texts.filter((_, i) => i % stride === 0);
  const fitting = (bare: (text: string) => string | undefined) =>
    some.reduce((sum, text) => sum + (bare(text) === undefined ? 0 : 1), 0);
  const best = all.reduce((a, b) => (fitting(b) > fitting(a) ? b : a));
  return (text) => best(text) !== undefined;
}

/** The styles in which the first text with a digit may be written. */
function styles(texts: readonly string[]): NumberStyle[] {
  const [, prefix = "", suffix = ""] = AROUND.exec(texts.find((text) => /\d/.test(text)) ?? "") ?? [];
  if (!PREFIX.test(prefix) || !SUFFIX.test(suffix)) return [PLAIN];
  return MARKS.map((marks) => ({ ...PLAIN, prefix, suffix, ...marks }));
}

function reading(values: Values, bare: readonly string[], style: NumberStyle): NumberReading | null {
  const numbers = Float64Array.from(bare, Number);
  const [low, high] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!Number.isFinite(size)) return null;
  const exponents = bare.some((text) => /e/i.test(text));
  let [least, most] = [Infinity, 0];
  for (const text of bare) {
    const point = text.indexOf(".");
    const written = point < 0 ? 0 : text.trimEnd().length - point - 1;
    if (written < least) least = written;
    if (written > most) most = written;
  }
  const whole = numbers.every(Number.isSafeInteger);
  const decimals = exponents || size * 10 ** most >= 2 ** 53 ? null : whole ? 0 : most;
  return {
    values,
    numbers,
    range: [low, high],
    decimals,
    decimalShares: decimals === null ? undefined : decimalSharesOf(bare, values, decimals),
    style: {
      ...style,
      leastDecimals: exponents ? 0 : least,
      plus: high > 0 && values.texts.every((text, i) => (numbers[i] ?? 0) <= 0 || text.startsWith("+")),
    },
    whole: whole && !exponents,
    padded: bare.some((text) => /^\s*[-+]?0\d/.test(text)),
  };
}
