import type { ColumnSchema } from "../../tables/schema.js";
import { formatTick } from "../drawing/scale.js";
import { formatNumber } from "../format.js";

/** How the numbers of a column are shown, see `NumberColumn`. */
export interface ValueStyle {
  /** A value as it is. */
  readonly text: (value: number) => string;
  /** A mean difference of two values. */
  readonly difference: (value: number) => string;
  /** A value beside an axis. */
  readonly tick: (value: number) => string;
  /** Places of an axis that are whole hours and the like. Default: round numbers. */
  readonly ticks?: (low: number, high: number) => number[];
  /** The milliseconds that one unit stands for, of dates and moments; `null` of what is no place in time. */
  readonly milliseconds: number | null;
}

const DAY = 86_400_000;
const DAY_SECONDS = 86_400;
/** From a tick of a clock to the next, in seconds. */
const CLOCK_STEPS = [1, 5, 15, 60, 300, 900, 3600, 7200, 3 * 3600, 6 * 3600];
/** Larger numbers are shortened beside an axis. */
const LONG = 10_000;
/** Of a number as it is. */
const DIGITS = 7;
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

const plain: ValueStyle = {
  text: (value) => String(Number(value.toPrecision(DIGITS))).replace("-", "−"),
  difference: formatNumber,
  tick: (value) => {
    if (Math.abs(value) >= LONG && Math.abs(value) < 1e15) return compact.format(value).replace("-", "−");
    // Years are whole numbers too: no separators.
    return Number.isInteger(value) && Math.abs(value) < LONG ? plain.text(value) : formatTick(value);
  },
  milliseconds: null,
};

const date: ValueStyle = {
  text: (value) => moment(value * DAY).slice(0, 10),
  difference: (value) => `${formatNumber(value)} days`,
  tick: (value) => moment(value * DAY).slice(0, 10),
  milliseconds: DAY,
};

const timestamp: ValueStyle = {
  text: (value) => moment(value).slice(0, 19),
  difference: (value) => spanText(value / 1000),
  tick: (value) => moment(value).slice(0, 10),
  milliseconds: 1,
};

const time: ValueStyle = {
  text: (value) => clock(value),
  difference: spanText,
  tick: (value) => clock(value).slice(0, 5),
  ticks(low, high) {
    const step = CLOCK_STEPS.find((seconds) => (high - low) / seconds <= 5) ?? DAY_SECONDS / 4;
    const first = Math.ceil(low / step);
    return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, i) => (first + i) * step);
  },
  milliseconds: null,
};

/** How a column's numbers are shown; as plain numbers where nothing is known of it. */
export function valueStyleOf(column: ColumnSchema | undefined): ValueStyle {
  switch (column?.type) {
    case "date":
      return date;
    case "timestamp":
      return timestamp;
    case "time":
      return time;
    default:
      return plain;
  }
}

/** "2024-05-01 12:30:00" */
function moment(milliseconds: number): string {
  const at = new Date(milliseconds);
  return Number.isNaN(at.getTime()) ? String(milliseconds) : at.toISOString().replace("T", " ");
}

/** "12:30:05", and its fractions. */
function clock(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const fraction = seconds % 1 === 0 ? "" : (seconds % 1).toFixed(3).slice(1);
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`;
}

function spanText(seconds: number): string {
  const [size, unit] =
    seconds >= 86_400
      ? [86_400, "days"]
      : seconds >= 3600
        ? [3600, "hours"]
        : seconds >= 60
          ? [60, "minutes"]
          : [1, "seconds"];
  return `${formatNumber(seconds / size)} ${unit}`;
}
