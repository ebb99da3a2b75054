import { type CompileOptions, compile, type Held, type TensorData } from "../engine/index.js";
import type { Game } from "../game/game.js";
import type { StepInputs, StepSize } from "../game/inputs.js";
import type { State, StateLayout } from "../game/state.js";
import { buildStep, type StepResults, stepArguments } from "../game/step.js";

/** Computes steps of one size. */
export interface Stepper {
  step(state: State<Held>, inputs: StepInputs<TensorData>): Promise<SteppedState>;
  release(): Promise<void>;
}

/** What a step gives: its report in memory, and the next state, which stays on its device. */
export type SteppedState = Omit<StepResults<TensorData>, "next"> & { readonly next: State<Held> };

/** What steps are compiled of. */
export interface StepParts {
  readonly game: Game;
  readonly layout: StateLayout;
  /** A state of the shapes that all others have. */
  readonly state: State<{ readonly shape: readonly number[] }>;
  readonly size: StepSize;
}

/** Compiles steps. */
export async function createStepper(
  { game, layout, state, size }: StepParts,
  options: CompileOptions,
): Promise<Stepper> {
  const program = await compile(buildStep(game, layout, size), stepArguments(game, state, size), {
    ...options,
    keep: ["next"],
  });
  return {
    step: (state, inputs) => program.run({ ...inputs, state }),
    release: () => program.release(),
  };
}
