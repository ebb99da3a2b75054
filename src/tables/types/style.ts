import { PLAIN } from "../numberText.js";
import type { NumberStyle } from "../schema.js";

/** The style of a column of numbers, as a schema says it: nothing where numbers are plain. */
export function styleOf(style: NumberStyle): { style?: NumberStyle } {
  return JSON.stringify(style) === JSON.stringify(PLAIN) ? {} : { style };
}
