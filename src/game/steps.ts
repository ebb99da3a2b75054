import { at } from "../engine/at.js";
import { add, concat, type InputSpec, mapTree, type Tensor, type Tree, type TreeOf } from "../engine/index.js";
import { leafAt } from "../engine/tree.js";
import type { Game } from "./game.js";
import { type StepInputs, type StepSize, stepSpecs } from "./inputs.js";
import type { State, StateLayout } from "./state.js";
import { buildStep, type StepResults } from "./step.js";

/** What several steps compute from, each but the first from the state that the one before it comes to. */
export type StepsArguments<T> = {
  readonly state: State<T>;
  /** By the step's place, from 0. */
  readonly steps: Readonly<Record<string, StepInputs<T>>>;
};

/** The shapes of all that several steps compute from. */
export function stepsArguments(
  game: Game,
  state: State<InputSpec>,
  sizes: readonly StepSize[],
): StepsArguments<InputSpec> {
  return {
    state: mapTree(state, ({ shape }: InputSpec) => ({ shape })),
    steps: byPlace(sizes.map((size) => stepSpecs(game, size))),
  };
}

/** The inputs of steps as `StepsArguments` names them. */
export function byPlace<T>(inputs: readonly StepInputs<T>[]): StepsArguments<T>["steps"] {
  return Object.fromEntries(inputs.entries());
}

/**
 * Several steps, one after the other, as one graph: between them the state does not leave it. Their reports follow each other: the critic's
 * numbers are `[steps * criticSteps]`, the generator's `[steps]`.
 */
export function buildSteps(game: Game, layout: StateLayout, sizes: readonly StepSize[]) {
  return ({ state, steps }: StepsArguments<Tensor>): StepResults<Tensor> => {
    const results: StepResults<Tensor>[] = [];
    for (const [k, inputs] of Object.values(steps).entries()) {
      const before = results.at(-1)?.next ?? state;
      results.push(buildStep(game, layout, at(sizes, k))({ ...inputs, state: before }));
    }
    const critic = results.flatMap(({ critic }) => critic ?? []);
    const generator = results.flatMap(({ generator }) => generator ?? []);
    return {
      ...at(results, -1),
      ...(critic.length > 0 && { critic: joined(critic) }),
      ...(generator.length > 0 && { generator: joined(generator) }),
      finite: results.map(({ finite }) => finite).reduce((all, one) => add(all, one)),
    };
  };
}

/** Reports as one, each number behind that of the report before. */
function joined<Report extends Tree<Tensor>>(reports: readonly Report[]): TreeOf<Report, Tensor> {
  return mapTree(at(reports, 0), (_: Tensor, names) =>
    concat(
      reports.flatMap((report) => leafAt<Tensor>(report, names) ?? []),
      0,
    ),
  );
}
