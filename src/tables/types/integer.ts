import { greatestCommonDivisor } from "../greatestCommonDivisor.js";
import { numberFormatter, numberParser } from "../numberText.js";
import type { ColumnOf } from "../schema.js";
import { columnKind } from "./columnKind.js";
import { styleOf } from "./style.js";

/** Different numbers from which a step that they share is no chance. */
const STEPS_SURE = 10;

export const integer = columnKind("integer", {
  title: "integer",
  summary: "Whole numbers.",
  modelled: "numbers",
  recognise(facts, { chosen }) {
    const reading = facts.numbers();
    if (!reading?.whole || facts.personal()) return null;
    const { numbers, values, style, range, padded } = reading;
    // Codes such as "007" are no numbers, and two numbers that mean something else are labels.
    if (!chosen && (padded || (numbers.length === 2 && values.present >= 20))) return null;
    const step = numbers.length < STEPS_SURE ? 1 : numbers.reduce(greatestCommonDivisor, 0) || 1;
    const column: ColumnOf<"integer"> = {
      type: "integer",
      name: facts.name,
      missing: [...values.missing],
      range,
      step,
      ...styleOf(style),
    };
    return { column, notes: values.notes };
  },
  parse: ({ style }) => numberParser(style),
  format: ({ style }) => numberFormatter(style, 0),
  round:
    ({ step }) =>
    (value) =>
      Math.round(value / step) * step,
  describe: ({ range, style }) => {
    const write = numberFormatter(style, 0);
    return `whole numbers from ${write(range[0])} to ${write(range[1])}`;
  },
});
