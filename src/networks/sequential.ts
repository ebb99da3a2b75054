import type { Tensor, TensorData } from "../engine/index.js";
import type { ApplyContext, Network } from "./network.js";

/** A stage of a network: a layer with the name that its parameters go by, or a function without parameters. */
export type Stage = readonly [name: string, layer: Network] | ((x: Tensor, context: ApplyContext) => Tensor);

/**
 * A network that applies its stages one after the other. The parameters, buffers and noise of a layer are called `LAYER.NAME`.
 *
 * ```ts
 * sequential(["hidden", dense(2, 64)], relu, ["output", dense(64, 1)])
 * ```
 * @param stages functions of a tensor, and layers with their names, in order
 */
export function sequential(...stages: readonly Stage[]): Network {
  const layers = stages.filter((stage) => typeof stage !== "function");
  return {
    noise: Object.assign({}, ...layers.map(([name, layer]) => prefixed(name, layer.noise ?? {}))),
    usesBatchStatistics: layers.some(([, layer]) => layer.usesBatchStatistics),
    init(rng) {
      const parameters: Record<string, TensorData> = {};
      const buffers: Record<string, TensorData> = {};
      for (const [name, layer] of layers) {
        const initial = layer.init(rng);
        Object.assign(parameters, prefixed(name, initial.parameters));
        Object.assign(buffers, prefixed(name, initial.buffers ?? {}));
      }
      return { parameters, buffers };
    },
    apply(parameters, x, context) {
      return stages.reduce((value, stage) => {
        if (typeof stage === "function") return stage(value, context);
        const [name, layer] = stage;
        return layer.apply(within(name, parameters), value, contextWithin(name, context));
      }, x);
    },
  };
}

function prefixed<T>(name: string, tensors: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(tensors).map(([key, value]) => [`${name}.${key}`, value]));
}

function within<T>(name: string, tensors: Readonly<Record<string, T>>): Record<string, T> {
  const prefix = `${name}.`;
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

function contextWithin(name: string, context: ApplyContext): ApplyContext {
  const { noise, buffers, update } = context;
  return {
    ...context,
    noise: within(name, noise),
    buffers: within(name, buffers),
    update: (key, value) => update(`${name}.${key}`, value),
  };
}
