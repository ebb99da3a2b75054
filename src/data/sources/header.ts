import { isMeantAsNumber } from "./numberText.js";

/** What the first row of a table holds. */
export interface Header {
  /** The names of the columns, not numbers of its own. */
  readonly named: boolean;
  /** Whether all its cells are numbers, so that it may be the other. */
  readonly isGuess: boolean;
}

/** Rows below the first that are looked at. */
export const SAMPLED_ROWS = 20;

/**
 * Tells whether the first row holds names: where a cell is no number, and where it counts 0, 1, 2, ... as pandas names columns and a
 * number below has decimals.
 */
export function headerOf(first: readonly string[], below: readonly (readonly string[])[]): Header {
  if (!first.every(isMeantAsNumber)) return { named: true, isGuess: false };
  const countsUp = first.length > 1 && first.every((cell, column) => cell === String(column));
  const hasDecimals = below.slice(0, SAMPLED_ROWS).some((cells) => cells.some((cell) => !/^[+-]?\d+$/.test(cell)));
  return { named: countsUp && hasDecimals, isGuess: true };
}
