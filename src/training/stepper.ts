import { type CompileOptions, compile, type Held, type TensorData } from "../engine/index.js";
import type { Game } from "../game/game.js";
import type { StepInputs, StepSize } from "../game/inputs.js";
import type { State, StateLayout } from "../game/state.js";
import type { StepResults } from "../game/step.js";
import { buildSteps, byPlace, stepsArguments } from "../game/steps.js";

/** Computes so many steps of given sizes at a time. */
export interface Stepper {
  /** @param inputs of each of them */
  step(state: State<Held>, inputs: readonly StepInputs<TensorData>[]): Promise<SteppedState>;
  release(): Promise<void>;
}

/** What steps give: their reports in memory, and the next state, which stays on its device. */
export type SteppedState = Omit<StepResults<TensorData>, "next"> & { readonly next: State<Held> };

/** What steps are compiled of. */
export interface StepParts {
  readonly game: Game;
  readonly layout: StateLayout;
  /** A state of the shapes that all others have. */
  readonly state: State<{ readonly shape: readonly number[] }>;
  /** Of the steps that are computed at a time, one after the other. */
  readonly sizes: readonly StepSize[];
}

/** Compiles steps. */
export async function createStepper(
  { game, layout, state, sizes }: StepParts,
  options: CompileOptions,
): Promise<Stepper> {
  const program = await compile(buildSteps(game, layout, sizes), stepsArguments(game, state, sizes), {
    ...options,
    keep: ["next"],
  });
  return {
    step: (state, inputs) => program.run({ state, steps: byPlace(inputs) }),
    release: () => program.release(),
  };
}
