import type { Layout } from "../networks/parameters.js";

/** What a step changes of one player. The same shape holds concrete values, symbolic tensors and whatever lives on a device. */
export type PlayerState<T> = {
  /** All parameters of its network as one vector, in the order of its layout. */
  readonly parameters: T;
  /** The vectors of its optimizer, each as long as the parameters. */
  readonly slots: Readonly<Record<string, T>>;
  /** What its network and its constraint carry from step to step without training it. */
  readonly buffers: Readonly<Record<string, T>>;
  /** The moving average of the parameters; absent where none is kept. */
  readonly average?: T;
  /** What its loss is multiplied by for its gradients; absent where it is trained in float32. */
  readonly lossScale?: LossScale<T>;
};

/** What a player's loss is multiplied by so that its gradients fit float16. All are scalars. */
export type LossScale<T> = {
  /** A power of 2. */
  readonly scale: T;
  /** Updates since it was last changed. */
  readonly streak: T;
  /** Updates that were skipped in all. */
  readonly skipped: T;
};

/** Everything that a step changes. */
export type State<T> = {
  readonly generator: PlayerState<T>;
  readonly critic: PlayerState<T>;
};

export const PLAYERS = ["generator", "critic"] as const;
export type PlayerName = (typeof PLAYERS)[number];

/** The loss scales of both players, of those that have one. */
export type LossScales<T> = Readonly<Record<PlayerName, LossScale<T> | undefined>>;

/** Those of a state. */
export function lossScalesOf<T>({ generator, critic }: State<T>): LossScales<T> {
  return { generator: generator.lossScale, critic: critic.lossScale };
}

/** Where each parameter lies in the vectors of a state. */
export type StateLayout = Readonly<Record<PlayerName, Layout>>;
