import type { z } from "zod";
import type { Described } from "../catalogue.js";
import { noSettings, type SettingsShape } from "../settings.js";
import { checkAbove0, checkFrom0 } from "./ranges.js";

/** The factor on the initial learning rate after `done` updates: 1 before the first. */
export type Schedule = (done: number) => number;

/** How long a learning rate falls, and how far. */
export interface DecayOptions {
  /** Updates until the end of the decay; the factor stays at `to` from then on. */
  readonly over: number;
  /** The factor at the end. Default: 0. */
  readonly to?: number;
}

/** The factor 1, always. */
export function constant(): Schedule {
  return () => 1;
}

/**
 * From 1 to `to` along a line: 1 - (1 - to) done / over.
 * @param options over how many updates, and down to what
 * @throws InputError where `over` is not above 0 or `to` is negative
 */
export function linearDecay({ over, to = 0 }: DecayOptions): Schedule {
  checkDecay(over, to);
  return (done) => 1 - (1 - to) * Math.min(done / over, 1);
}

/**
 * From 1 to `to` along half a cosine: to + (1 - to) (1 + cos(pi done / over)) / 2 (Loshchilov and Hutter 2017, arXiv:1608.03983,
 * equation 5, without restarts).
 * @param options over how many updates, and down to what
 * @throws InputError where `over` is not above 0 or `to` is negative
 */
export function cosine({ over, to = 0 }: DecayOptions): Schedule {
  checkDecay(over, to);
  return (done) => to + ((1 - to) * (1 + Math.cos(Math.PI * Math.min(done / over, 1)))) / 2;
}

/** How a learning rate rises, and how far it falls. */
export interface FlatCosineOptions extends DecayOptions {
  /** First updates, over which the factor rises along a line. Default: 50. */
  readonly warmUp?: number;
}

/**
 * 1 for the first half, after a rise over `warmUp` updates, and then from 1 to `to` along half a cosine.
 * @param options Default of `to`: 0.05
 * @throws InputError where `over` is not above 0, or `to` or `warmUp` is negative
 */
export function flatCosine({ over, to = 0.05, warmUp = 50 }: FlatCosineOptions): Schedule {
  checkFrom0("The number of updates that a learning rate rises over", warmUp);
  const fall = cosine({ over: over / 2, to });
  return (done) => Math.min(1, (done + 1) / Math.max(warmUp, 1)) * fall(Math.max(0, done - over / 2));
}

function checkDecay(over: number, to: number): void {
  checkAbove0("The number of updates that a learning rate decays over", over);
  checkFrom0("The last factor of a learning rate's decay", to);
}

/** What the catalogue knows of a schedule. */
export interface ScheduleEntry<Shape extends SettingsShape = SettingsShape> extends Described {
  /** Its settings, each with its range and description. */
  readonly settings: z.ZodObject<Shape>;
  /**
   * The schedule with its settings.
   * @param settings a value for each setting
   * @param updates of a player until the end of its run
   */
  make(settings: z.output<z.ZodObject<Shape>>, updates: number): Schedule;
}

/**
 * An own schedule, for `schedules.add`: the types of its settings are those of its zod object.
 * @param entry what the catalogue is to know of it
 */
export function defineSchedule<Shape extends SettingsShape>(entry: ScheduleEntry<Shape>): ScheduleEntry<Shape> {
  return entry;
}

export const constantEntry = defineSchedule({
  name: "constant",
  title: "constant",
  summary: "The learning rate stays as it is.",
  formula: "1",
  settings: noSettings,
  make: constant,
});

export const linearEntry = defineSchedule({
  name: "linear",
  title: "linear",
  summary: "The learning rate falls along a line, to 0 at the end of the run.",
  formula: "1 - t / T",
  settings: noSettings,
  make: (_, updates) => linearDecay({ over: updates }),
});

export const cosineEntry = defineSchedule({
  name: "cosine",
  title: "cosine",
  summary: "The learning rate falls along half a cosine, to 0 at the end of the run.",
  formula: String.raw`\tfrac12 \bigl(1 + \cos(\pi t / T)\bigr)`,
  source: "Loshchilov and Hutter 2017, arXiv:1608.03983, equation 5",
  settings: noSettings,
  make: (_, updates) => cosine({ over: updates }),
});

export const flatCosineEntry = defineSchedule({
  name: "flat-cosine",
  title: "flat, then cosine",
  summary:
    "The learning rate stays until half of the run, and falls then along half a cosine to a twentieth; over the first 50 updates it rises.",
  formula: String.raw`\tfrac{1}{20} + \tfrac{19}{40} \bigl(1 + \cos(\pi \max(0, 2 t / T - 1))\bigr)`,
  settings: noSettings,
  make: (_, updates) => flatCosine({ over: updates }),
});
