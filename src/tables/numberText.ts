import type { NumberStyle } from "./schema.js";

/** How numbers are written where nothing is said: plain digits. */
export const PLAIN: NumberStyle = {
  prefix: "",
  suffix: "",
  thousands: "",
  decimalMark: ".",
  leastDecimals: 0,
  plus: false,
};

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

/** Reads the numbers of a style: their value, or NaN for what is none. Signs may stand before or after the prefix. */
export function numberParser(style: NumberStyle = PLAIN): (text: string) => number {
  const bare = bareNumber(style);
  return (text) => {
    const number = bare(text);
    return number === undefined ? NaN : Number(number);
  };
}

/** The digits of a number of a style as plain ones, such as "-1234.50" for "-$1,234.50"; `undefined` for what is no number. */
export function bareNumber(style: NumberStyle = PLAIN): (text: string) => string | undefined {
  const { prefix, suffix, thousands, decimalMark } = style;
  const plain = (text: string) => (NUMBER.test(text) ? text : undefined);
  if (prefix === "" && suffix === "" && thousands === "" && decimalMark === ".") return plain;
  const whole = thousands === "" ? "\\d+" : `[1-9]\\d{0,2}(?:${escaped(thousands)}\\d{3})+|\\d+`;
  const pattern = new RegExp(
    `^\\s*([-+]?)(?:${escaped(prefix.trimStart())})?([-+]?)((?:${whole})?)(?:${escaped(decimalMark)}(\\d*))?((?:[eE][-+]?\\d+)?)(?:${escaped(suffix)})?$`,
  );
  return (text) => {
    const [found, before, after, digits = "", decimals = "", exponent = ""] = pattern.exec(text) ?? [];
    if (found === undefined || (digits === "" && decimals === "") || (before && after)) return undefined;
    const point = decimals === "" ? "" : `.${decimals}`;
    return `${before || after}${thousands === "" ? digits : digits.replaceAll(thousands, "")}${point}${exponent}`;
  };
}

/**
 * Writes numbers in a style.
 * @param decimals the most digits after the mark, `null` for all that a float64 has
 */
export function numberFormatter(style: NumberStyle = PLAIN, decimals: number | null): (value: number) => string {
  const { prefix, suffix, thousands, decimalMark, leastDecimals, plus } = style;
  const symbol = prefix.trimStart();
  const space = prefix.slice(0, prefix.length - symbol.length);
  const isBare = prefix === "" && suffix === "" && thousands === "" && leastDecimals === 0 && !plus;
  return (value) => {
    if (isBare && Number.isSafeInteger(value)) return `${value}`;
    const size = Math.abs(value);
    const [number = "", exponent] = (decimals === null ? `${size}` : size.toFixed(decimals)).split("e");
    const [digits = "", fraction = ""] = number.split(".");
    const whole = thousands === "" ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, thousands);
    const kept = exponent === undefined ? fraction.replace(/0+$/, "").padEnd(leastDecimals, "0") : fraction;
    const written = `${whole}${kept === "" ? "" : decimalMark + kept}${exponent === undefined ? "" : `e${exponent}`}`;
    const zero = !/[1-9]/.test(number);
    const sign = zero ? "" : value < 0 ? "-" : plus ? "+" : "";
    return `${space}${sign}${symbol}${written}${suffix}`;
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
