import { InputError } from "../../errors.js";

/** A pair of distributions to verify critics on: how many dimensions, and how many funnels its potential has. */
export interface Cell {
  /** How many dimensions there are. */
  readonly dimension: number;
  /** How many funnels the potential has; more make it rougher. */
  readonly funnels: number;
}

/** "D16N64". */
export function cellName({ dimension, funnels }: Cell): string {
  return `D${dimension}N${funnels}`;
}

/**
 * The cell of a name such as "D16N64".
 * @throws InputError where it is none
 */
export function cellByName(name: string): Cell {
  const [, dimension, funnels] = /^D([1-9]\d{0,3})N([1-9]\d{0,3})$/i.exec(name) ?? [];
  if (dimension === undefined || funnels === undefined) {
    throw new InputError(
      `"${name}" is not a pair of distributions: write D and its dimensions, N and its funnels, such as D16N64.`,
    );
  }
  return { dimension: Number(dimension), funnels: Number(funnels) };
}
