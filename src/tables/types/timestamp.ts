import type { ColumnFacts } from "../columnFacts.js";
import type { ColumnOf } from "../schema.js";
import { columnKind, type Recognised } from "./columnKind.js";
import { commonStep, describedMoments, momentsIn, multiplesOf, writtenMoments } from "./moments.js";

const STEPS = [3_600_000, 1_800_000, 900_000, 300_000, 60_000, 1000, 1];
/** Columns of numbers that are called like this hold seconds or milliseconds since 1970. */
const NAMED = /time|date|stamp|epoch|created|updated|modified|(?:^|[ _-])(?:ts|at|on)$/i;
const [FIRST, LAST] = [Date.UTC(1990), Date.UTC(2101)];
/** Milliseconds in this time are moments, whatever the column is called: nothing else lies so close together around 1.5e12. */
const [RECENT, SOON] = [Date.UTC(2000), Date.UTC(2040)];

export const timestamp = columnKind("timestamp", {
  title: "timestamp",
  summary: "Days with their time, in the formats that the data has them in, seconds and milliseconds since 1970 too.",
  modelled: "numbers",
  recognise(facts, { chosen }) {
    const reading = facts.moments();
    if (reading && reading.says !== "time") {
      const { values, formats, notes, range } = reading;
      const step = commonStep(reading.moments, STEPS, 0.001);
      return {
        column: { type: "timestamp", name: facts.name, missing: [...values.missing], formats, range, step },
        notes,
      };
    }
    return sinceEpoch(facts, chosen);
  },
  parse: ({ formats }) => momentsIn(1, formats),
  format: ({ formats }, making) => writtenMoments(1, formats, making),
  round: ({ step }) => multiplesOf(step),
  describe: ({ formats, range }) => describedMoments(1, formats, range),
});

/** Numbers that count seconds or milliseconds since 1970. */
function sinceEpoch(facts: ColumnFacts, chosen: boolean): Recognised<ColumnOf<"timestamp">> | null {
  const reading = facts.numbers();
  if (!reading?.whole || reading.padded || reading.numbers.length < 3) return null;
  const { numbers, values, range } = reading;
  const within = (unit: number, first: number, last: number) => range[0] * unit >= first && range[1] * unit < last;
  const named = chosen || NAMED.test(facts.spaced);
  const unit =
    named && within(1000, FIRST, LAST) ? 1000 : within(1, named ? FIRST : RECENT, named ? LAST : SOON) ? 1 : 0;
  if (unit === 0) return null;
  const moments = numbers.map((number) => number * unit);
  const column: ColumnOf<"timestamp"> = {
    type: "timestamp",
    name: facts.name,
    missing: [...values.missing],
    formats: [{ pattern: unit === 1 ? "T" : "t", weight: 1, offset: 0 }],
    range: [range[0] * unit, range[1] * unit],
    step: commonStep(moments, STEPS, 0.001),
  };
  return { column, notes: [...values.notes, `is read as ${unit === 1 ? "milliseconds" : "seconds"} since 1970`] };
}
