const WITH_POINT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const WITH_THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const WITH_COMMA = /^[+-]?(?:\d+,\d*|,\d+)(?:e[+-]?\d+)?$/i;

/**
 * The decimal number that a cell holds: "12", "-0.5", "1e3"; NaN for anything else, such as "0x10", "1e", "Infinity" and an empty cell.
 * Infinite where it is beyond the range of a float64.
 */
export function numberIn(cell: string): number {
  return WITH_POINT.test(cell) ? Number(cell) : Number.NaN;
}

/** The number in a cell such as "0,5"; NaN for anything else, also for one without a comma. */
export function decimalCommaNumberIn(cell: string): number {
  return WITH_COMMA.test(cell) ? Number(cell.replace(",", ".")) : Number.NaN;
}

/**
 * The finite number in a cell, also with a decimal comma; NaN for anything else. Where commas part cells, one that holds a comma was
 * quoted, and a comma before three digits may part thousands: that is no number either.
 */
export function cellNumber(cell: string, delimiter: string): number {
  const value = numberIn(cell);
  const isDecimal = delimiter !== "," || !WITH_THOUSANDS.test(cell);
  const read = Number.isNaN(value) && isDecimal ? decimalCommaNumberIn(cell) : value;
  return Number.isFinite(read) ? read : Number.NaN;
}

/** Whether a cell is a number or stands for one: a row with a NaN holds data and no names. */
export function isMeantAsNumber(cell: string): boolean {
  return WITH_POINT.test(cell) || WITH_COMMA.test(cell) || /^[+-]?(?:nan|inf|infinity)$/i.test(cell);
}
