import { InputError } from "../errors.js";
import { createRng, type Rng } from "../random.js";
import type { Choice, Range, SettingValue } from "./settingChoice.js";

/** A value for each setting that varies. */
export type Combination = Readonly<Record<string, SettingValue>>;

/** What varies, by setting. */
export type Choices = Readonly<Record<string, Choice>>;

/** How far a range goes before it is drawn from by its logarithm. */
const DECADE = 10;
/** Digits of a number that is drawn: more would fill tables and tell nothing. */
const DIGITS = 4;

/** How many combinations a grid has, before it is made. */
export function gridSize(choices: Choices): number {
  return Object.values(choices).reduce(
    (product, choice) => product * ("values" in choice ? choice.values.length : 1),
    1,
  );
}

/**
 * Every combination of the values, those of the last setting changing first.
 * @throws InputError where a setting has a range, of which there are no all values
 */
export function gridOf(choices: Choices): Combination[] {
  let combinations: Combination[] = [{}];
  for (const [name, choice] of Object.entries(choices)) {
    if ("range" in choice)
      throw new InputError(`${name} has a range, which values are drawn from: give --random N, or a list of values.`);
    combinations = combinations.flatMap((one) => choice.values.map((value) => ({ ...one, [name]: value })));
  }
  return combinations;
}

/**
 * `count` combinations, each value drawn by itself: from a list with equal chances; from a range by its logarithm where it is above 0 and
 * spans more than a factor of 10, else uniformly. The first ones are the same whatever `count` is.
 */
export function drawnOf(choices: Choices, count: number, seed: number): Combination[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () =>
    Object.fromEntries(Object.entries(choices).map(([name, choice]) => [name, drawn(choice, rng)])),
  );
}

function drawn(choice: Choice, rng: Rng): SettingValue {
  if ("values" in choice) return choice.values[rng.integer(choice.values.length)] ?? null;
  return numberIn(choice.range, rng);
}

function numberIn({ from, to, isWhole }: Range, rng: Rng): number {
  const byLogarithm = from > 0 && to / from > DECADE;
  // Each whole number has the room up to the next one.
  const end = isWhole ? to + 1 : to;
  const u = rng.uniform();
  const value = byLogarithm ? from * (end / from) ** u : from + (end - from) * u;
  const rounded = isWhole ? Math.floor(value) : Number(value.toPrecision(DIGITS));
  return Math.min(to, Math.max(from, rounded));
}
