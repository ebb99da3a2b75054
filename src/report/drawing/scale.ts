import type { ScaleOptions } from "@observablehq/plot";
import { formatCount, formatNumber, powerOfTen } from "../format.js";

/** What a y axis needs: its kind, where it begins and ends, and its ticks. */
export type Axis = Pick<ScaleOptions, "type" | "domain" | "ticks" | "tickFormat" | "constant">;

const TICKS = 6;

/** A linear axis around the finite values, and around those of `include` in any case. */
export function linearAxis(values: readonly number[], include: readonly number[] = []): Axis {
  const [low, high] = extent([...values, ...include]);
  const margin = high > low ? (high - low) / 20 : Math.abs(high) / 2 || 1;
  const inside = (value: number) => include.includes(value);
  return {
    type: "linear",
    domain: [inside(low) ? low : low - margin, inside(high) ? high : high + margin],
    ticks: TICKS,
    tickFormat: formatTick,
  };
}

/** A logarithmic axis over whole powers of ten. Zeros, which have no logarithm, belong on its lower edge: see `floorOf`. */
export function logAxis(values: readonly number[]): Axis {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const [low, high] = positive.length > 0 ? extent(positive) : [0.1, 1];
  const first = Math.floor(Math.log10(low)) - (values.some((value) => value === 0) ? 1 : 0);
  const last = Math.max(first + 1, Math.ceil(Math.log10(high)));
  const step = Math.ceil((last - first) / TICKS);
  const powers = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => last - i * step);
  return {
    type: "log",
    domain: [10 ** first, 10 ** last],
    ticks: powers.map((power) => 10 ** power),
    tickFormat: (value: number) => power(value),
  };
}

/** The lowest value of an axis. */
export function floorOf(axis: Axis): number {
  const [low = 0] = axis.domain as readonly number[];
  return low;
}

/**
 * A linear axis, or where `values` run beyond `limit` one that is linear near zero and logarithmic far from it, so that what explodes
 * does not flatten all else.
 */
export function robustAxis(values: readonly number[], limit: number, include: readonly number[] = []): Axis {
  const [low, high] = extent([...values, ...include]);
  if (Math.max(-low, high) <= limit) return linearAxis(values, include);
  const lastPower = Math.ceil(Math.log10(Math.max(-low, high)));
  const step = Math.max(1, Math.ceil(lastPower / 3));
  const positive = Array.from({ length: Math.floor(lastPower / step) + 1 }, (_, i) => 10 ** (i * step));
  const ticks = [...positive.map((value) => -value), 0, ...positive];
  return {
    type: "symlog",
    constant: 1,
    domain: [low * 1.3, high * 1.3],
    ticks: ticks.filter((value) => value >= low * 1.3 && value <= high * 1.3),
    tickFormat: (value: number) =>
      Math.abs(value) < 10 ? signed(value) : `${value < 0 ? "−" : ""}${power(Math.abs(value))}`,
  };
}

/** A few round numbers, evenly spread, from the first of two to the second: steps of 1, 2 or 5 times a power of ten. */
export function evenTicks([low, high]: readonly [number, number]): number[] {
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  // Of whole numbers times the step: a sum of steps would drift from the round numbers.
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** A number of a linear axis. */
export function formatTick(value: number): string {
  return Number.isInteger(value) ? signed(value) : formatShort(value);
}

/** The smallest and the largest of the finite numbers among `values`; 0 and 0 where there is none. */
export function extent(values: Iterable<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

function power(value: number): string {
  return powerOfTen(Math.round(Math.log10(value)));
}

function signed(value: number): string {
  return Math.abs(value) < 1e5 ? formatCount(value) : formatNumber(value);
}

function formatShort(value: number): string {
  return Math.abs(value) < 1e-3 ? formatNumber(value) : String(Number(value.toPrecision(3))).replace("-", "−");
}
