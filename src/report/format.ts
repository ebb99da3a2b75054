import type { Notation } from "../metrics/metric.js";
import type { Spread } from "./summary.js";

/** Between no-break spaces. */
const TIMES = "\u00a0×\u00a0";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** Numbers of other powers of ten are written with the power. */
const SMALLEST_POWER = -3;
const LARGEST_POWER = 4;

/** A number for a reader: three significant digits, a true minus sign, "–" for `null`, a power of ten where it is very small or large. */
export function formatNumber(value: number | null): string {
  if (value === null) return "–";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : `${value < 0 ? "−" : ""}∞`;
  if (value === 0) return "0";
  if (isPlain(value)) return grouped(value, Math.max(0, 2 - exponentOf(value)));
  const rounded = Number(value.toPrecision(2));
  const power = exponentOf(rounded);
  return `${grouped(rounded / 10 ** power, 1)}${TIMES}${powerOfTen(power)}`;
}

/** A whole number with separators between thousands. */
export function formatCount(value: number): string {
  return grouped(value, 0);
}

/** A mean over seeds with its standard error, as many digits as the error bears; the number alone where there is one seed. */
export function formatSpread(spread: Spread | null): string {
  if (spread === null) return "–";
  const { mean, error } = spread;
  if (error === null || !Number.isFinite(mean)) return formatNumber(mean);
  if (error === 0) return `${formatNumber(mean)} ± 0`;
  const power = isPlain(mean) || mean === 0 ? 0 : exponentOf(mean);
  const decimals = Math.min(8, Math.max(0, 1 - exponentOf(error / 10 ** power)));
  const both = `${grouped(mean / 10 ** power, decimals)} ± ${grouped(error / 10 ** power, decimals)}`;
  return power === 0 ? both : `(${both})${TIMES}${powerOfTen(power)}`;
}

/** A share of one as a percentage. */
export function formatPercent(spread: Spread | null): string {
  if (spread === null) return "–";
  const { mean, error } = spread;
  const percent = (value: number) => grouped(100 * value, 1);
  return error === null ? `${percent(mean)} %` : `${percent(mean)} ± ${percent(error)} %`;
}

/** A correlation, of which two decimals say enough. */
export function formatCorrelation({ mean, error }: Spread): string {
  return error === null ? grouped(mean, 2) : `${grouped(mean, 2)} ± ${grouped(error, 2)}`;
}

/** How many of `total` modes: "25 of 25", "8.7 ± 0.3 of 25". */
export function formatModes(spread: Spread, total: number): string {
  const { mean, error } = spread;
  const decimals = Number.isInteger(mean) && !error ? 0 : 1;
  return `${grouped(mean, decimals)}${error ? ` ± ${grouped(error, decimals)}` : ""} of ${formatCount(total)}`;
}

/** A figure in its notation; `total` is what it is a part of. */
export function formatFigure(spread: Spread, { style }: Notation, total: number | null = null): string {
  if (style === "share") return formatPercent(spread);
  if (style === "correlation") return formatCorrelation(spread);
  return total === null ? formatSpread(spread) : formatModes(spread, total);
}

/** From the smallest to the largest of several. */
export function formatRange([low, high]: readonly [number, number]): string {
  return `${formatNumber(low)} to ${formatNumber(high)}`;
}

/** 10 to a whole power, as "10⁻³". */
export function powerOfTen(power: number): string {
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return `10${power < 0 ? "⁻" : ""}${digits}`;
}

function isPlain(value: number): boolean {
  const power = exponentOf(value);
  return power >= SMALLEST_POWER && power <= LARGEST_POWER;
}

function exponentOf(value: number): number {
  // Of the number as it is written: 0.9999 is written as 1.00.
  return Math.floor(Math.log10(Math.abs(Number(value.toPrecision(3)))));
}

function grouped(value: number, decimals: number): string {
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const text = Math.abs(value).toLocaleString("en-US", options);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
