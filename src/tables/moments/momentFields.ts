/** What a text says of a moment; a field that it does not say has its first value, and years begin in 1970. */
export interface MomentFields {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  /** 0 to 23, or 0 to 11 beside `afternoon`. */
  hour: number;
  minute: number;
  second: number;
  /** Below 1. */
  fraction: number;
  afternoon: boolean;
  /** Week of the year by ISO 8601, 0 where the text has none; `year` is then the week's. */
  week: number;
  /** Minutes ahead of UTC; `undefined` where the text has no offset. */
  offset: number | undefined;
  /** Milliseconds since 1970, where the text says them. */
  epoch: number | undefined;
}

export const DAY = 86_400_000;
export const MONTHS: readonly string[] =
  "January February March April May June July August September October November December".split(" ");
export const WEEKDAYS: readonly string[] = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

export function unsaid(): MomentFields {
  return {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: 0,
    afternoon: false,
    week: 0,
    offset: undefined,
    epoch: undefined,
  };
}

/** The milliseconds since 1970 in the fields' own clock, or NaN where there is no such day or time. */
export function clockOf(fields: MomentFields): number {
  const { year, month, day, hour, minute, second, fraction, week, epoch } = fields;
  if (epoch !== undefined) return epoch;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return NaN;
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  const days = week > 0 ? mondayOf(year, week) : Date.UTC(year, month - 1, day) / DAY;
  return days * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + fraction * 1000;
}

/** What the clock shows at so many milliseconds since 1970. */
export function fieldsAt(clock: number): MomentFields {
  const date = new Date(Math.floor(clock));
  const hour = date.getUTCHours();
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour,
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: (((clock % 1000) + 1000) % 1000) / 1000,
    afternoon: hour >= 12,
    week: 0,
    offset: undefined,
    epoch: clock,
  };
}

/** The weekday of a day since 1970-01-01, 0 for Sunday. */
export function weekdayAt(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

/** Year and week, by ISO 8601, of a day since 1970-01-01: the week belongs to the year of its Thursday. */
export function weekAt(days: number): { year: number; week: number } {
  const thursday = days + 4 - (weekdayAt(days) || 7);
  const year = new Date(thursday * DAY).getUTCFullYear();
  return { year, week: 1 + Math.floor((thursday - Date.UTC(year, 0, 1) / DAY) / 7) };
}

function mondayOf(year: number, week: number): number {
  const fourth = Date.UTC(year, 0, 4) / DAY;
  const monday = fourth - ((weekdayAt(fourth) || 7) - 1) + 7 * (week - 1);
  return weekAt(monday).year === year ? monday : NaN;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
