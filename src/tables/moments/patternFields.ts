import type { MomentFormat } from "../schema.js";
import { DAY, MONTHS, type MomentFields, WEEKDAYS, weekAt, weekdayAt } from "./momentFields.js";

/** A field of a pattern: the texts that it takes, as a regular expression, how they are read, and how they are written. */
export interface Field {
  readonly takes: string;
  read(fields: MomentFields, text: string): void;
  write(fields: MomentFields, format: MomentFormat): string;
}

/** The field that letters stand for; `undefined` where they stand for none. */
export function fieldOf(letters: string): Field | undefined {
  return letters.startsWith("S") ? fractionOf(letters.length) : FIELDS.get(letters);
}

/** A text that is always the same. */
export function literal(text: string): Field {
  return { takes: text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), read: () => {}, write: () => text };
}

type Numeric = "year" | "month" | "day" | "hour" | "minute" | "second";

/** A number of at least `least` digits, and as many as `most` where no digit follows at once. */
function number(name: Numeric, least: number, most = least): Field {
  return {
    takes: least === most ? `\\d{${least}}` : `\\d{${least},${most}}`,
    read(fields, text) {
      fields[name] = Number(text);
    },
    write: (fields) => `${fields[name]}`.padStart(least, "0"),
  };
}

/** An hour of the clock of twelve hours, beside "AM" or "PM". */
function hourOfTwelve(least: number): Field {
  return {
    takes: least === 1 ? "1[0-2]|0?[1-9]" : "1[0-2]|0[1-9]",
    read(fields, text) {
      fields.hour = (Number(text) % 12) + (fields.afternoon ? 12 : 0);
    },
    write: ({ hour }) => `${hour % 12 || 12}`.padStart(least, "0"),
  };
}

function halfOfDay(morning: string, afternoon: string): Field {
  return {
    takes: "[ap]\\.?m\\.?",
    read(fields, text) {
      fields.afternoon = /^p/i.test(text);
      fields.hour = (fields.hour % 12) + (fields.afternoon ? 12 : 0);
    },
    write: (fields) => (fields.afternoon ? afternoon : morning),
  };
}

function fractionOf(digits: number): Field {
  return {
    takes: "\\d{1,9}",
    read(fields, text) {
      fields.fraction = Number(`0.${text}`);
    },
    // What is nearest to the next second stays in its own.
    write: ({ fraction }) =>
      Math.min(fraction, 1 - 10 ** -digits)
        .toFixed(digits)
        .slice(2),
  };
}

function named(names: readonly string[], place: (fields: MomentFields) => number, read: Field["read"]): Field {
  return {
    takes: names.join("|"),
    read,
    write(fields, { letters }) {
      const name = names[place(fields)] ?? "";
      return letters === "upper" ? name.toUpperCase() : letters === "lower" ? name.toLowerCase() : name;
    },
  };
}

function monthNames(names: readonly string[]): Field {
  const places = new Map(names.map((name, month) => [name.toLowerCase(), month + 1]));
  return named(
    names,
    ({ month }) => month - 1,
    (fields, text) => {
      fields.month = places.get(text.toLowerCase()) ?? 0;
    },
  );
}

function offsetField(zero: string, colon: string, shortest = false): Field {
  return {
    takes: "Z|[-+]\\d{2}:?\\d{2}|[-+]\\d{2}",
    read(fields, text) {
      const [, sign, hours = "0", minutes = "0"] = /^([-+])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
      fields.offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    },
    write(_fields, { offset }) {
      if (offset === 0 && zero !== "") return zero;
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
      const rest = minutes === 0 && shortest ? "" : colon + two(minutes);
      return `${offset < 0 ? "-" : "+"}${two(hours)}${rest}`;
    },
  };
}

function epochOf(milliseconds: number): Field {
  return {
    takes: "-?\\d{1,16}",
    read(fields, text) {
      fields.epoch = Number(text) * milliseconds;
    },
    write: ({ epoch = 0 }) => `${Math.round(epoch / milliseconds)}`,
  };
}

const SHORT = 3;
const two = (value: number) => `${value}`.padStart(2, "0");
const short = (names: readonly string[]) => names.map((name) => name.slice(0, SHORT));
const weekday = ({ epoch = 0, offset = 0 }: MomentFields) => weekdayAt(Math.floor((epoch + offset * 60_000) / DAY));
const ordinals = ["th", "st", "nd", "rd"];

/** The letters of Unicode's date patterns (TR35) that are known here, and "do" for "1st". */
const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ["yyyy", number("year", 4)],
  [
    "yy",
    {
      takes: "\\d{2}",
      // As POSIX has it: 69 is 1969, 68 is 2068.
      read(fields, text) {
        fields.year = Number(text) + (Number(text) < 69 ? 2000 : 1900);
      },
      write: ({ year }) => two(year % 100),
    },
  ],
  ["M", number("month", 1, 2)],
  ["MM", number("month", 2)],
  ["MMM", monthNames(short(MONTHS))],
  ["MMMM", monthNames(MONTHS)],
  ["d", number("day", 1, 2)],
  ["dd", number("day", 2)],
  [
    "do",
    {
      takes: "\\d{1,2}(?:st|nd|rd|th)",
      read(fields, text) {
        fields.day = Number.parseInt(text, 10);
      },
      write: ({ day }) => `${day}${(day % 100 > 10 && day % 100 < 14 ? undefined : ordinals[day % 10]) ?? "th"}`,
    },
  ],
  ["EEE", named(short(WEEKDAYS), weekday, () => {})],
  ["EEEE", named(WEEKDAYS, weekday, () => {})],
  [
    "YYYY",
    {
      takes: "\\d{4}",
      read(fields, text) {
        fields.year = Number(text);
      },
      write: ({ epoch = 0 }) => `${weekAt(Math.floor(epoch / DAY)).year}`,
    },
  ],
  [
    "ww",
    {
      takes: "\\d{2}",
      read(fields, text) {
        fields.week = Number(text) || NaN;
      },
      write: ({ epoch = 0 }) => two(weekAt(Math.floor(epoch / DAY)).week),
    },
  ],
  ["H", number("hour", 1, 2)],
  ["HH", number("hour", 2)],
  ["h", hourOfTwelve(1)],
  ["hh", hourOfTwelve(2)],
  ["mm", number("minute", 2)],
  ["ss", number("second", 2)],
  ["a", halfOfDay("AM", "PM")],
  ["aaa", halfOfDay("am", "pm")],
  ["aaaa", halfOfDay("a.m.", "p.m.")],
  ["XXX", offsetField("Z", ":")],
  ["xxx", offsetField("", ":")],
  ["xx", offsetField("", "")],
  ["x", offsetField("", "", true)],
  ["t", epochOf(1000)],
  ["T", epochOf(1)],
]);
