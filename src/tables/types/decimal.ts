import { naturalDecimals } from "../decimalShares.js";
import { numberFormatter, numberParser } from "../numberText.js";
import type { ColumnOf } from "../schema.js";
import { columnKind } from "./columnKind.js";
import { isLong } from "./isLong.js";
import { styleOf } from "./style.js";

export const decimal = columnKind("decimal", {
  title: "decimal",
  summary: "Numbers with digits after the decimal mark.",
  modelled: "numbers",
  recognise(facts, { chosen }) {
    const reading = facts.numbers();
    if (!reading || facts.personal()) return null;
    const { values, numbers, style, range, decimals, decimalShares, whole, padded } = reading;
    // Whole numbers that are not exact, such as those of twenty digits, are names of something.
    const labels = whole || padded || (numbers.length === 2 && values.present >= 20) || isLong(values.texts);
    if (labels && !chosen) return null;
    const column: ColumnOf<"decimal"> = {
      type: "decimal",
      name: facts.name,
      missing: [...values.missing],
      decimals,
      ...(decimalShares && { decimalShares }),
      range,
      ...styleOf(style),
    };
    return { column, notes: values.notes };
  },
  parse: ({ style }) => numberParser(style),
  format: ({ style, decimals }) => numberFormatter(style, decimals),
  round: ({ decimals }) => (decimals === null ? (value) => value : roundedTo(decimals)),
  natural: ({ decimals, decimalShares }) =>
    decimals !== null && decimalShares?.length === decimals + 1 ? naturalDecimals(decimalShares, roundedTo) : undefined,
  describe: ({ range, style, decimals }) => {
    const write = numberFormatter(style, decimals);
    return `numbers from ${write(range[0])} to ${write(range[1])}`;
  },
});

/** Rounds to so many digits after the point, as the float64 that is nearest to the decimal number. */
function roundedTo(decimals: number): (value: number) => number {
  const perUnit = 10 ** decimals;
  return (value) => {
    const units = Math.round(value * perUnit);
    // A quotient of whole numbers that are exact is rounded once; others are by their digits, which takes longer.
    return decimals <= 15 && Number.isSafeInteger(units) ? units / perUnit : Number(value.toFixed(decimals));
  };
}
