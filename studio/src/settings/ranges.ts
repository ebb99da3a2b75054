import type { Settings } from "./settings.js";

/** The settings that are numbers. */
export type NumberName = {
  [Name in keyof Settings]: Settings[Name] extends number ? Name : never;
}[keyof Settings];

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

const whole = (min: number, max: number): NumberRange => ({ min, max, whole: true });
const real = (min: number, max: number): NumberRange => ({ min, max, whole: false });

/** What each number may be: wide enough to see things fail, and no wider than a page can compute. */
export const RANGES: Readonly<Record<NumberName, NumberRange>> = {
  seed: whole(0, 0x7fffffff),
  generatorWidth: whole(1, 512),
  generatorDepth: whole(1, 8),
  criticWidth: whole(1, 512),
  criticDepth: whole(1, 8),
  batch: whole(2, 1024),
  criticSteps: whole(1, 50),
  generatorRate: real(1e-7, 100),
  criticRate: real(1e-7, 100),
};

export const NUMBER_NAMES = Object.keys(RANGES) as readonly NumberName[];

/** Whether a setting may have this value. */
export function isInRange(name: NumberName, value: number): boolean {
  const { min, max, whole } = RANGES[name];
  return value >= min && value <= max && (!whole || Number.isInteger(value));
}
