import type { Values } from "./values.js";

/** A text that so many rows have counts for none: it comes back as it is. */
const OFTEN = 0.02;
/** Shares that differ by no more from those of chance are these. */
const BY_CHANCE = 0.02;
/** A number that is so close to one with all decimals, as a part of itself, is that one. */
const SAME = 1e-9;

/**
 * How many of a column's rows need 0, 1, ... `most` decimals; `undefined` where it is as chance has it, nine in ten with all of them.
 * @param bare the digits of each of the values
 */
export function decimalSharesOf(
  bare: readonly string[],
  { counts, present }: Values,
  most: number,
): number[] | undefined {
  const rows = new Float64Array(most + 1);
  for (const [i, text] of bare.entries()) {
    const count = counts[i] ?? 0;
    if (count > OFTEN * present) continue;
    const needed = neededIn(text);
    rows[needed] = (rows[needed] ?? 0) + count;
  }
  const total = rows.reduce((sum, count) => sum + count, 0);
  if (most === 0 || total === 0) return undefined;
  const shares = Array.from(rows, (count) => Number((count / total).toFixed(4)));
  const apart = shares.reduce((sum, share, k) => sum + Math.abs(share - exactly(k, most)), 0) / 2;
  return apart > BY_CHANCE ? shares : undefined;
}

function neededIn(bare: string): number {
  return /\.(\d*?)0*\s*$/.exec(bare)?.[1]?.length ?? 0;
}

/** The share of numbers rounded to `decimals` that need exactly `needed`. */
function exactly(needed: number, decimals: number): number {
  return needed === 0 ? 10 ** -decimals : 0.9 * 10 ** (needed - decimals);
}

/**
 * Rounds numbers so that they need as many decimals as shares say. A number that has no more than all decimals stays as it is; of any other
 * a hash of its bits decides. Twice gives what once gives.
 * @param rounded rounds to so many decimals
 */
export function naturalDecimals(
  shares: readonly number[],
  rounded: (decimals: number) => (value: number) => number,
): (value: number) => number {
  const roundings = shares.map((_, decimals) => rounded(decimals));
  const finest = rounded(shares.length - 1);
  const ends = cumulative(partsRoundedTo(shares));
  return (value) => {
    const nearest = finest(value);
    if (Math.abs(nearest - value) <= SAME * Math.abs(value)) return nearest;
    const drawn = hashOf(value);
    return roundings[ends.findIndex((end) => drawn < end)]?.(value) ?? nearest;
  };
}

/** How many numbers are to be rounded to 0, 1, ... decimals: of those with more, some need as few by chance. */
function partsRoundedTo(shares: readonly number[]): number[] {
  const parts = shares.map(() => 0);
  for (let k = shares.length - 1; k >= 0; k--) {
    const byChance = parts.reduce((sum, part, j) => (j > k ? sum + part * exactly(k, j) : sum), 0);
    parts[k] = Math.max(0, (shares[k] ?? 0) - byChance) / exactly(k, k);
  }
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

function cumulative(parts: readonly number[]): number[] {
  let sum = 0;
  return parts.map((part) => {
    sum += part;
    return sum;
  });
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** A number from 0 to 1 that looks like chance and is always the same of the same number. */
function hashOf(value: number): number {
  float[0] = value;
  let hash = Math.imul((words[0] ?? 0) ^ 0x9e3779b9, 0x85ebca6b) ^ (words[1] ?? 0);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
