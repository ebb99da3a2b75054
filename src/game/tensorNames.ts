import { mapTree, type TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { flattenData, type Layout, unflattenData } from "../networks/parameters.js";
import type { PlayerState, State, StateLayout } from "./state.js";

/**
 * A state with each tensor by itself under a name that says what it is, as a file for other programs wants it: `generator.NAME`,
 * `generator.average.NAME`, `critic.NAME`, `critic.optimizer.m.NAME`, `critic.buffer.NAME`, `critic.lossScale.scale`.
 */
export function namedTensors(
  { generator, critic }: State<TensorData>,
  layout: StateLayout,
): Record<string, TensorData> {
  return {
    ...playerTensors("generator", generator, layout.generator),
    ...playerTensors("critic", critic, layout.critic),
  };
}

/** A player's state as `namedTensors` has it. */
export function playerTensors(
  player: string,
  state: PlayerState<TensorData>,
  layout: Layout,
): Record<string, TensorData> {
  const tensors: Record<string, TensorData> = {};
  changed(player, state, layout, (value, prefix, layout) => {
    if (!layout) tensors[prefix] = value;
    else for (const [name, data] of Object.entries(unflattenData(value, layout))) tensors[`${prefix}.${name}`] = data;
    return value;
  });
  return tensors;
}

/**
 * The state that `namedTensors` took apart.
 * @param like a state of the same run configuration: which tensors there are, and their shapes
 * @throws InputError where a tensor is missing or has another shape
 */
export function stateFromNamed(
  tensors: Readonly<Record<string, TensorData>>,
  like: State<TensorData>,
  layout: StateLayout,
): State<TensorData> {
  return {
    generator: playerFromNamed("generator", tensors, like.generator, layout.generator),
    critic: playerFromNamed("critic", tensors, like.critic, layout.critic),
  };
}

/** The state that `playerTensors` took apart; otherwise as `stateFromNamed`. */
export function playerFromNamed(
  player: string,
  tensors: Readonly<Record<string, TensorData>>,
  like: PlayerState<TensorData>,
  layout: Layout,
): PlayerState<TensorData> {
  const take = (name: string, shape: readonly number[]): TensorData => {
    const found = tensors[name];
    if (!found) throw new InputError(`the checkpoint holds no tensor "${name}": it is of another network or optimizer`);
    if (found.shape.join() !== shape.join()) {
      throw new InputError(
        `the checkpoint's tensor "${name}" has shape [${found.shape}], the network's has [${shape}]`,
      );
    }
    return found;
  };
  return changed(player, like, layout, ({ shape }, prefix, layout) => {
    if (!layout) return take(prefix, shape);
    const parts = layout.map(({ name, shape }) => [name, take(`${prefix}.${name}`, shape)] as const);
    return flattenData(Object.fromEntries(parts), layout);
  });
}

/** What becomes of an entry of a state, given its name in a file and, where it is a vector of parameters, how they lie in it. */
type Change = (value: TensorData, name: string, layout?: Layout) => TensorData;

function changed(
  player: string,
  { parameters, slots, buffers, average, lossScale }: PlayerState<TensorData>,
  layout: Layout,
  change: Change,
): PlayerState<TensorData> {
  return {
    parameters: change(parameters, player, layout),
    slots: mapped(slots, (value, slot) => change(value, `${player}.optimizer.${slot}`, layout)),
    buffers: mapped(buffers, (value, buffer) => change(value, `${player}.buffer.${buffer}`)),
    ...(average && { average: change(average, `${player}.average`, layout) }),
    ...(lossScale && {
      lossScale: mapTree(lossScale, (value: TensorData, [name]) => change(value, `${player}.lossScale.${name}`)),
    }),
  };
}

function mapped<T>(values: Readonly<Record<string, T>>, change: (value: T, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}
