import { DAY } from "../moments/momentFields.js";
import type { ColumnOf } from "../schema.js";
import { columnKind } from "./columnKind.js";
import { describedMoments, momentsIn, writtenMoments } from "./moments.js";

type Step = ColumnOf<"date">["step"];

export const date = columnKind("date", {
  title: "date",
  summary: "Days, in the formats that the data has them in.",
  modelled: "numbers",
  recognise({ name, moments }) {
    const reading = moments();
    if (!reading || reading.says === "time") return null;
    const { values, formats, notes, range } = reading;
    // Moments that all are midnight are days.
    if (formats.some(({ offset }) => offset !== 0) || !reading.moments.every((moment) => moment % DAY === 0))
      return null;
    const step = stepOf(reading.moments);
    const days: [number, number] = [range[0] / DAY, range[1] / DAY];
    return { column: { type: "date", name, missing: [...values.missing], formats, range: days, step }, notes };
  },
  parse({ formats }) {
    const parse = momentsIn(DAY, formats);
    return (text) => Math.floor(parse(text));
  },
  format: ({ formats }, making) => writtenMoments(DAY, formats, making),
  round({ step }) {
    if (step === "day") return Math.round;
    return (value) => {
      const [before, after] = [firstOf(value, step, 0), firstOf(value, step, 1)];
      return value - before <= after - value ? before : after;
    };
  },
  describe: ({ formats, range }) => describedMoments(DAY, formats, range),
});

/** The first day of the month or year of a day, or so many months or years later. */
function firstOf(days: number, step: Step, later: number): number {
  const day = new Date(days * DAY);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  return (step === "year" ? Date.UTC(year + later, 0) : Date.UTC(year, month + later)) / DAY;
}

/** Whether all days are the first of their year or month. */
function stepOf(moments: Float64Array): Step {
  const isFirst = (step: Step) => moments.every((moment) => firstOf(moment / DAY, step, 0) === moment / DAY);
  if (moments.length < 3 || !isFirst("month")) return "day";
  return isFirst("year") ? "year" : "month";
}
