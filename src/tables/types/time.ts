import { columnKind } from "./columnKind.js";
import { commonStep, describedMoments, momentsIn, multiplesOf, writtenMoments } from "./moments.js";

const SECOND = 1000;
const STEPS = [3600, 1800, 900, 300, 60, 1, 0.001];

export const time = columnKind("time", {
  title: "time",
  summary: "Times of the day, in the formats that the data has them in.",
  modelled: "numbers",
  recognise({ name, moments }) {
    const reading = moments();
    if (reading?.says !== "time") return null;
    const { values, formats, notes, range } = reading;
    const step = commonStep(
      reading.moments.map((moment) => moment / SECOND),
      STEPS,
      0.000_001,
    );
    const seconds: [number, number] = [range[0] / SECOND, range[1] / SECOND];
    return { column: { type: "time", name, missing: [...values.missing], formats, range: seconds, step }, notes };
  },
  parse: ({ formats }) => momentsIn(SECOND, formats),
  format: ({ formats }, making) => writtenMoments(SECOND, formats, making),
  round: ({ step }) => multiplesOf(step),
  describe: ({ formats, range }) => describedMoments(SECOND, formats, range),
});
