import { firstNotFinite } from "../engine/finite.js";
import {
  add,
  cast,
  type FloatType,
  mapTree,
  mul,
  stopGradient,
  sub,
  type Tensor,
  type TensorData,
} from "../engine/index.js";
import { InputError } from "../errors.js";
import type { LipschitzConstraint } from "../lipschitz/index.js";
import type { InitialValues, Network } from "../networks/index.js";
import type { SharedRows } from "../networks/network.js";
import { flatten, flattenData, type Layout, layoutOf, layoutSize, unflatten } from "../networks/parameters.js";
import type { Optimizer } from "../optimizers/index.js";
import type { Rng } from "../random.js";
import { firstLossScale, unlessOverflown } from "./lossScale.js";
import type { PlayerState } from "./state.js";

/** A network with what trains it. */
export interface Player {
  /** What is trained. */
  readonly network: Network;
  /** What turns its gradients into updates. */
  readonly optimizer: Optimizer;
  /** What holds it 1-Lipschitz; for critics. Default: nothing. */
  readonly constraint?: LipschitzConstraint | undefined;
  /**
   * Decay of the exponential moving average of its parameters, in [0, 1), which then makes the samples; for generators. After t updates it is
   * (1 + t) / (10 + t) as long as that is less. Default: `null`, no average.
   */
  readonly average?: number | null | undefined;
  /**
   * What its network computes in while it is trained. "float16" is mixed precision: parameters and what goes in are rounded to float16 and
   * what comes out is float32 again, so that losses, norms of gradients, the optimizer and all of the state stay in float32, and gradients
   * are taken of a scaled loss. In use it computes in float32. Default: "float32".
   */
  readonly precision?: FloatType | undefined;
}

/** What a player starts from: its network's values, and the moving average of its parameters as one vector. */
export interface FirstValues extends InitialValues {
  /** Default: the parameters. */
  readonly average?: TensorData | undefined;
}

/**
 * A player's first state, and where each parameter lies in its vectors.
 * @param rng draws the network's first values where none are given, and what the constraint starts from
 * @throws InputError where the network or the constraint starts from numbers that are not finite, or both call a buffer the same
 */
export function startPlayer(
  { network, optimizer, constraint, average, precision }: Player,
  rng: Rng,
  first: FirstValues = network.init(rng),
): { readonly state: PlayerState<TensorData>; readonly layout: Layout } {
  const parameters = constraint?.start?.(first.parameters) ?? first.parameters;
  const layout = layoutOf(parameters);
  const vector = flattenData(parameters, layout);
  const zeros = () => ({ shape: vector.shape, data: new Float32Array(layoutSize(layout)) });
  const own = first.buffers ?? {};
  const ofConstraint = constraint?.initialise?.(parameters, rng) ?? {};
  const taken = Object.keys(own).find((name) => Object.hasOwn(ofConstraint, name));
  if (taken) throw new InputError(`The network and its constraint both have a buffer called "${taken}".`);
  const state: PlayerState<TensorData> = {
    parameters: vector,
    slots: Object.fromEntries(optimizer.slots.map((slot) => [slot, zeros()])),
    buffers: { ...own, ...ofConstraint },
    ...(average != null && {
      average: first.average ?? { shape: vector.shape, data: Float32Array.from(vector.data) },
    }),
    ...(precision === "float16" && { lossScale: firstLossScale() }),
  };
  const bad = firstNotFinite({ ...parameters, ...state.buffers });
  if (bad)
    throw new InputError(`Training cannot start: numbers of "${bad}", which the network begins with, are not finite.`);
  return { state, layout };
}

/** What a network is applied under, beside its state. */
export interface Circumstances {
  readonly condition?: Tensor | undefined;
  readonly noise?: Readonly<Record<string, Tensor>> | undefined;
}

/** A player's network as a function of what goes in, with the parameters and buffers of a state. */
export interface Applied {
  readonly apply: (x: Tensor, circumstances?: Circumstances) => Tensor;
  /** The trained tensors, by name: what gradients are taken of. */
  readonly parameters: Readonly<Record<string, Tensor>>;
  /** The buffers, brought up to date by each application in training. */
  buffers(): Readonly<Record<string, Tensor>>;
}

export interface ApplyOptions {
  readonly training: boolean;
  /** Whether the constraint brings its buffers up to date. Default: as `training`. */
  readonly renew?: boolean;
  /** Of rows of a batch that several ranks share. Default: they are the whole batch. */
  readonly rows?: SharedRows | undefined;
}

/** What of a player its network is applied by. */
type UsedPlayer = Pick<Player, "network" | "constraint" | "precision">;

/** A player's network, applied with the parameters of `state`. */
export function applied(
  player: UsedPlayer,
  layout: Layout,
  { parameters, buffers }: Pick<PlayerState<Tensor>, "parameters" | "buffers">,
  options: ApplyOptions,
): Applied {
  return appliedWith(player, unflatten(parameters, layout), buffers, options);
}

/** A player's network, applied with named parameters. */
export function appliedWith(
  { network, constraint, precision }: UsedPlayer,
  parameters: Readonly<Record<string, Tensor>>,
  buffers: Readonly<Record<string, Tensor>>,
  { training, renew = training, rows }: ApplyOptions,
): Applied {
  const held = constraint?.reparametrise?.(parameters, buffers, renew);
  let current: Readonly<Record<string, Tensor>> = { ...buffers, ...held?.buffers };
  const typed = (x: Tensor) => cast(x, (training && precision) || "float32");
  const weights = mapTree(held?.parameters ?? parameters, typed);
  return {
    parameters,
    buffers: () => current,
    apply(x, { condition, noise = {} } = {}) {
      const result = network.apply(weights, typed(x), {
        training,
        rows,
        condition: condition && typed(condition),
        noise,
        buffers: current,
        update: (name, value) => {
          current = { ...current, [name]: value };
        },
      });
      return cast(result, "float32");
    },
  };
}

/**
 * The player's state after its optimizer has used a gradient. Where its loss is scaled and the gradient is not finite, only the scale changes.
 * @param gradient `[parameters]`
 * @param buffers after the applications that the gradient comes from
 * @param scalars the optimizer's, for this update, and the decay of the moving average where there is one
 */
export function updated(
  { optimizer, constraint, average }: Player,
  layout: Layout,
  state: PlayerState<Tensor>,
  { gradient, buffers }: { readonly gradient: Tensor; readonly buffers: PlayerState<Tensor>["buffers"] },
  scalars: readonly Tensor[],
): PlayerState<Tensor> {
  const { parameters: vector, slots } = optimizer.update(state.parameters, gradient, state.slots, scalars);
  const project = constraint?.project;
  const parameters = project ? flatten(project(unflatten(vector, layout)), layout) : vector;
  const decay = average == null ? undefined : scalars.at(-1);
  const next: PlayerState<Tensor> = {
    parameters,
    slots,
    buffers,
    ...(decay && state.average && { average: add(mul(state.average, decay), mul(parameters, sub(1, decay))) }),
  };
  // What comes after must not be differentiated through this update.
  const kept = state.lossScale ? unlessOverflown(gradient, state.lossScale, state, next) : next;
  return mapTree(kept, (tensor: Tensor) => stopGradient(tensor));
}
