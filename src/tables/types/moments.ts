import type { Rng } from "../../random.js";
import { DAY } from "../moments/momentFields.js";
import { momentFormatter, saysTime } from "../moments/momentPattern.js";
import { firstParser } from "../moments/momentReading.js";
import type { MomentFormat } from "../schema.js";
import { weightedChoice } from "../weightedChoice.js";
import type { Making } from "./columnKind.js";

/** Reads milliseconds as numbers of a unit. */
export function momentsIn(unit: number, formats: readonly MomentFormat[]): (text: string) => number {
  const parse = firstParser(formats);
  return (text) => parse(text) / unit;
}

/** Writes numbers of a unit of milliseconds in one of the formats, drawn by their weights; a day alone is written only for a midnight. */
export function writtenMoments(
  unit: number,
  formats: readonly MomentFormat[],
  { rng }: Making,
): (value: number) => string {
  const any = drawnWriter(formats, rng);
  const timed = formats.filter(({ pattern }) => saysTime(pattern));
  if (timed.length === 0 || timed.length === formats.length) return (value) => any(value * unit);
  const withTime = drawnWriter(timed, rng);
  return (value) => ((value * unit) % DAY === 0 ? any : withTime)(value * unit);
}

function drawnWriter(formats: readonly MomentFormat[], rng: Rng): (moment: number) => string {
  const writers = formats.map(momentFormatter);
  const choose = weightedChoice(
    formats.map(({ weight }) => weight),
    rng,
  );
  return (moment) => writers[choose()]?.(moment) ?? "";
}

/** From and to, in the first format, and what the formats are. */
export function describedMoments(
  unit: number,
  formats: readonly MomentFormat[],
  range: readonly [number, number],
): string {
  const [first] = formats;
  if (!first) return "";
  const write = momentFormatter(first);
  const others = formats.length > 1 ? ` and ${formats.length - 1} other formats` : "";
  return `${write(range[0] * unit)} to ${write(range[1] * unit)}, as ${first.pattern}${others}`;
}

/** The largest of `steps`, from the largest on, of which all values are multiples; `least` where there is none. */
export function commonStep(values: Float64Array, steps: readonly number[], least: number): number {
  return steps.find((step) => values.every((value) => Number.isInteger(value / step))) ?? least;
}

/** Rounds to the nearest multiple; to that of a fraction by division, which rounds once. */
export function multiplesOf(step: number): (value: number) => number {
  const inverse = Math.round(1 / step);
  return step < 1 ? (value) => Math.round(value * inverse) / inverse : (value) => Math.round(value / step) * step;
}
