import type { z } from "zod";
import type { Described } from "../catalogue.js";
import type { Tensor } from "../engine/index.js";
import type { SettingsShape } from "../settings.js";
import { checkAbove0 } from "./ranges.js";
import type { Schedule } from "./schedules.js";

/**
 * A way to turn gradients into updates of one player's parameters, all of which are one flat vector.
 *
 * What changes from update to update but not from element to element (the learning rate by its schedule, bias corrections) is computed
 * outside the graph in float64 and handed in as scalars, so that the graph of a step stays the same.
 */
export interface Optimizer {
  /** What it goes by in results. */
  readonly name: string;
  /** Names of the vectors that it carries, each of the parameters' size and 0 at the start. */
  readonly slots: readonly string[];
  /**
   * The scalars of one update. `iteration` counts this player's updates from 1.
   * @param iteration from 1
   */
  scalars(iteration: number): readonly number[];
  /**
   * One update.
   * @param parameters `[n]`
   * @param gradient `[n]`, of the loss that is to fall
   * @param slots by name, `[n]` each
   * @param scalars those of `scalars(iteration)`, in order, `[]` each
   */
  update(
    parameters: Tensor,
    gradient: Tensor,
    slots: Readonly<Record<string, Tensor>>,
    scalars: readonly Tensor[],
  ): {
    /** The parameters after the update, `[n]`. */
    readonly parameters: Tensor;
    /** The slots after the update, by name, `[n]` each. */
    readonly slots: Record<string, Tensor>;
  };
}

/** What the catalogue knows of an optimizer. The learning rate and its schedule are settings of every run. */
export interface OptimizerEntry<Shape extends SettingsShape = SettingsShape> extends Described {
  /** Its settings, each with its range and description. */
  readonly settings: z.ZodObject<Shape>;
  /**
   * The optimizer with its settings.
   * @param settings a value for each setting
   * @param learningRate with its schedule
   * @throws InputError where a setting is out of range
   */
  make(settings: z.output<z.ZodObject<Shape>>, learningRate: LearningRate): Optimizer;
}

/**
 * An own optimizer, for `optimizers.add`: the types of its settings are those of its zod object.
 * @param entry what the catalogue is to know of it
 */
export function defineOptimizer<Shape extends SettingsShape>(entry: OptimizerEntry<Shape>): OptimizerEntry<Shape> {
  return entry;
}

/** A learning rate: a number above 0, or one that a schedule multiplies. */
export type LearningRate =
  | number
  | {
      /** What the schedule multiplies, above 0. */
      readonly initial: number;
      /** The factor of each update. */
      readonly schedule: Schedule;
    };

/**
 * The learning rate of each update, counted from 1; the schedule is asked for how many updates were done before.
 * @throws InputError where it is not above 0
 */
export function learningRateOf(rate: LearningRate): (iteration: number) => number {
  const { initial, schedule } = typeof rate === "number" ? { initial: rate, schedule: () => 1 } : rate;
  checkAbove0("learningRate", initial);
  return (iteration) => initial * schedule(iteration - 1);
}
