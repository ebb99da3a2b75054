import type { TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { flattenData, type Layout, unflattenData } from "../networks/parameters.js";
import type { State, StateLayout } from "./step.js";

/**
 * A state with each tensor by itself under a name that says what it is, as a file for other programs wants it:
 * `generator.NAME`, `average.NAME`, `critic.NAME`, `generator.optimizer.m.NAME`, `critic.buffer.NAME`, `constraint.buffer.NAME`.
 */
export function namedTensors(state: State, layout: StateLayout): Record<string, TensorData> {
  return Object.fromEntries(
    Object.entries(state).flatMap(([key, value]) => {
      const place = placeOf(key, layout);
      if (!place.layout) return [[place.prefix, value]];
      return Object.entries(unflattenData(value, place.layout)).map(([name, data]) => [
        `${place.prefix}.${name}`,
        data,
      ]);
    }),
  );
}

/**
 * The state that `namedTensors` took apart.
 * @param like a state of the same run configuration: which tensors there are, and their shapes
 * @throws InputError where a tensor is missing or has another shape
 */
export function stateFromNamed(tensors: Readonly<Record<string, TensorData>>, like: State, layout: StateLayout): State {
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
  return Object.fromEntries(
    Object.entries(like).map(([key, { shape }]) => {
      const place = placeOf(key, layout);
      if (!place.layout) return [key, take(place.prefix, shape)];
      const parts = place.layout.map(({ name, shape }) => [name, take(`${place.prefix}.${name}`, shape)] as const);
      return [key, flattenData(Object.fromEntries(parts), place.layout)];
    }),
  );
}

/** The prefix of a state entry's tensors, and the layout of the vector that it is, if it is one. */
function placeOf(key: string, layout: StateLayout): { readonly prefix: string; readonly layout?: Layout } {
  const buffer = /^(\w+)\/(.+)$/.exec(key);
  if (buffer) return { prefix: `${buffer[1]}.buffer.${buffer[2]}` };
  const [owner, slot] = key.split(".") as [string, string?];
  const prefix = slot ? `${owner}.optimizer.${slot}` : owner;
  return { prefix, layout: owner === "critic" ? layout.critic : layout.generator };
}
