import { checkAbove0, checkFrom0 } from "./ranges.js";

/** The factor on the initial learning rate after `done` updates: 1 before the first. */
export type Schedule = (done: number) => number;

export interface DecayOptions {
  /** Updates until the end of the decay; the factor stays at `to` from then on. */
  readonly over: number;
  /** The factor at the end; 0 unless told. */
  readonly to?: number;
}

/** The factor 1, always. */
export function constant(): Schedule {
  return () => 1;
}

/**
 * From 1 to `to` along a line: 1 - (1 - to) done / over.
 * @throws InputError where `over` is not above 0 or `to` is negative
 */
export function linearDecay({ over, to = 0 }: DecayOptions): Schedule {
  checkDecay(over, to);
  return (done) => 1 - (1 - to) * Math.min(done / over, 1);
}

/**
 * From 1 to `to` along half a cosine: to + (1 - to) (1 + cos(pi done / over)) / 2 (Loshchilov and Hutter 2017, arXiv:1608.03983,
 * equation 5, without restarts).
 * @throws InputError where `over` is not above 0 or `to` is negative
 */
export function cosine({ over, to = 0 }: DecayOptions): Schedule {
  checkDecay(over, to);
  return (done) => to + ((1 - to) * (1 + Math.cos(Math.PI * Math.min(done / over, 1)))) / 2;
}

function checkDecay(over: number, to: number): void {
  checkAbove0("The number of updates that a learning rate decays over", over);
  checkFrom0("The last factor of a learning rate's decay", to);
}
