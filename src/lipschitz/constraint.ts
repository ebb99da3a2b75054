import type { z } from "zod";
import type { Described } from "../catalogue.js";
import type { Tensor, TensorData } from "../engine/index.js";
import type { Rng } from "../random.js";
import type { SettingsShape } from "../settings.js";
import type { PenaltyAmount } from "./penaltyAmount.js";

/** What a penalty is computed on. */
export interface PenaltyInputs {
  /** From samples `[batch, ...sample]` to raw outputs `[batch, 1]`, under the conditions and the noise of the reals in the critic's own loss. */
  readonly critic: (x: Tensor) => Tensor;
  /** As `critic`, under those of the fakes. */
  readonly criticOfFakes: (x: Tensor) => Tensor;
  /** `[batch, ...sample]`, the first `penaltyShare` of the batch. */
  readonly real: Tensor;
  /** As `real`. */
  readonly fake: Tensor;
  /** `[batch, 1]`, uniform in [0, 1): one number a sample. */
  readonly epsilon: Tensor;
}

/**
 * A way to hold the critic 1-Lipschitz, |c(x) - c(y)| <= |x - y|: a penalty in its loss, a projection of its parameters after each
 * update, or a re-parametrisation of its weights. A constraint has the functions that it needs and leaves out the others.
 */
export interface LipschitzConstraint extends PenaltyAmount {
  /** What it goes by in results. */
  readonly name: string;
  /** Its name in reports. */
  readonly title: string;
  /**
   * The critic's first parameters, brought to where the constraint holds.
   * @param parameters the critic's first ones, by name
   */
  start?(parameters: Readonly<Record<string, TensorData>>): Record<string, TensorData>;
  /**
   * The buffers that it carries from update to update, by name. `parameters` are the critic's first ones.
   * @param parameters the critic's first ones, by name
   * @param rng draws them
   */
  initialise?(parameters: Readonly<Record<string, TensorData>>, rng: Rng): Record<string, TensorData>;
  /**
   * The parameters that the critic is applied with, made of those that are trained, and the next buffers.
   * @param parameters those that are trained, by name
   * @param buffers what it carries from update to update, by name
   * @param training whether the buffers are to be brought up to date; otherwise they are used as they are
   */
  reparametrise?(
    parameters: Readonly<Record<string, Tensor>>,
    buffers: Readonly<Record<string, Tensor>>,
    training: boolean,
  ): {
    /** What the critic is applied with, by name. */
    readonly parameters: Record<string, Tensor>;
    /** What it carries to the next update, by name. */
    readonly buffers: Record<string, Tensor>;
  };
  /**
   * A term of the critic's loss, a scalar, its weight included.
   * @param on the critic, and the samples that slopes are taken at
   */
  penalty?(on: PenaltyInputs): Tensor;
  /**
   * The parameters after an update, brought back to where the constraint holds.
   * @param parameters those after the update, by name
   */
  project?(parameters: Readonly<Record<string, Tensor>>): Record<string, Tensor>;
}

/** What the catalogue knows of a Lipschitz constraint. Its title is what reports call it: "gradient penalty". */
export interface ConstraintEntry<Shape extends SettingsShape = SettingsShape> extends Described {
  /**
   * How steep the best critic is under it: "one" where the slope is held near 1 or below, so that a W-loss's scores are distances;
   * "some" where it is bounded by another number; "free" where nothing bounds it.
   */
  readonly slope: "one" | "some" | "free";
  /** Whether it is a penalty in the critic's loss, so that a step differentiates twice. */
  readonly isPenalty: boolean;
  /** Its settings, each with its range and description. */
  readonly settings: z.ZodObject<Shape>;
  /**
   * The constraint with its settings.
   * @param settings a value for each setting
   * @throws InputError where a setting is out of range
   */
  make(settings: z.output<z.ZodObject<Shape>>): LipschitzConstraint;
}

/**
 * An own constraint, for `constraints.add`: the types of its settings are those of its zod object.
 * @param entry what the catalogue is to know of it
 */
export function defineConstraint<Shape extends SettingsShape>(entry: ConstraintEntry<Shape>): ConstraintEntry<Shape> {
  return entry;
}
