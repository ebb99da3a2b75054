import { language } from "./index.js";

const formats = new Map<string, Intl.NumberFormat>();

/** A formatter costs far more to make than to use, and the page writes numbers in every frame. */
function format(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${language.value} ${key}`;
  const made = formats.get(name) ?? new Intl.NumberFormat(language.value, options);
  formats.set(name, made);
  return made;
}

/** Several things in one sentence: "data, seed and batch". */
export const list = (items: readonly string[]): string => new Intl.ListFormat(language.value).format(items);

/** 12345 as "12,345". */
export const whole = (value: number): string => format("whole", { maximumFractionDigits: 0 }).format(value);

/** With `digits` significant ones, and never fewer than the whole part has: 0.02513 as "0.025", 12345 as "12,345", 2.5e-7 as "2.5E-7". */
export function number(value: number, digits = 2): string {
  const magnitude = Math.abs(value);
  const scientific = magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6);
  const notation = scientific ? "scientific" : "standard";
  const wholeDigits = magnitude < 1e6 ? Math.ceil(Math.log10(magnitude + 1)) : 0;
  const significant = Math.max(digits, wholeDigits);
  return format(`${notation} ${significant}`, { notation, maximumSignificantDigits: significant }).format(value);
}

/** 0.253 as "25%". */
export const percent = (share: number): string =>
  format("percent", { style: "percent", maximumFractionDigits: 0 }).format(share);
