/** A string, which is left as it is, or a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
/** Only such numbers can be others in a float64. */
const SUSPECT = /\d{16}|[eE]\+?\d{3}/;

/**
 * The value of a JSON text in which whole numbers that no float64 holds, such as ids of 19 digits, and those that are too large for one are
 * texts: `JSON.parse` would give others.
 * @throws SyntaxError as `JSON.parse` does
 */
export function parseExactly(text: string): unknown {
  if (!SUSPECT.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(STRING_OR_NUMBER, (token) => (isLost(token) ? `"${token}"` : token)));
}

function isLost(token: string): boolean {
  const number = Number(token);
  if (token.startsWith('"') || Number.isNaN(number)) return false;
  return Math.abs(number) === Infinity || (/^-?\d+$/.test(token) && BigInt(number) !== BigInt(token));
}
