import type { Program, TensorData } from "../engine/index.js";
import type { Game } from "./game.js";
import type { State, StateLayout } from "./state.js";

/** Networks with their trained values: what a run leaves. */
export interface Model {
  /** The networks, and the loss that they were trained for. */
  readonly game: Game;
  /** What parameters, slots and buffers are called, and their shapes. */
  readonly layout: StateLayout;
  /** The trained values. */
  readonly state: State<TensorData>;
}

/** A program over the values of a model: the state goes in beside the other inputs, so that one program serves a whole run. */
export interface ModelProgram<Used, Inputs, Result extends string> {
  run(state: Used, inputs: Inputs): Promise<Record<Result, Float32Array>>;
  release(): Promise<void>;
}

/** A compiled function of a state and other inputs as a program over the values of a model. */
export function modelProgram<Used, Inputs, Result extends string>(
  program: Program<{ readonly state: Used; readonly inputs: Inputs }, Readonly<Record<Result, TensorData>>>,
): ModelProgram<Used, Inputs, Result> {
  return {
    async run(state, inputs) {
      const results = await program.run({ state, inputs });
      const floats = Object.entries<TensorData>(results).map(([name, { data }]) => [name, data]);
      return Object.fromEntries(floats) as Record<Result, Float32Array>;
    },
    release: () => program.release(),
  };
}
