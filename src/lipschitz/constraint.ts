import type { Tensor, TensorData } from "../engine/index.js";
import type { Rng } from "../random.js";

export type ConstraintName = "none" | "clip" | "gp" | "lp" | "sn" | "orth";

/** What a penalty is computed on. */
export interface PenaltyInputs {
  /** From samples `[batch, ...sample]` to raw outputs `[batch, 1]`, under the circumstances of the critic's own loss. */
  readonly critic: (x: Tensor) => Tensor;
  /** `[batch, ...sample]` */
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
export interface LipschitzConstraint {
  readonly name: string;
  /** Its name in reports. */
  readonly title: string;
  /** The critic's first parameters, brought to where the constraint holds. */
  start?(parameters: Readonly<Record<string, TensorData>>): Record<string, TensorData>;
  /** The buffers that it carries from update to update, by name. `parameters` are the critic's first ones. */
  initialise?(parameters: Readonly<Record<string, TensorData>>, rng: Rng): Record<string, TensorData>;
  /**
   * The parameters that the critic is applied with, made of those that are trained, and the next buffers.
   * @param training whether the buffers are to be brought up to date; otherwise they are used as they are
   */
  reparametrise?(
    parameters: Readonly<Record<string, Tensor>>,
    buffers: Readonly<Record<string, Tensor>>,
    training: boolean,
  ): { readonly parameters: Record<string, Tensor>; readonly buffers: Record<string, Tensor> };
  /** A term of the critic's loss, a scalar, its weight included. */
  penalty?(on: PenaltyInputs): Tensor;
  /** The parameters after an update, brought back to where the constraint holds. */
  project?(parameters: Readonly<Record<string, Tensor>>): Record<string, Tensor>;
}
