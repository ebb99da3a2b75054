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
};

/** Everything that a step changes. */
export type State<T> = {
  readonly generator: PlayerState<T>;
  readonly critic: PlayerState<T>;
};

export const PLAYERS = ["generator", "critic"] as const;
export type PlayerName = (typeof PLAYERS)[number];

/** Where each parameter lies in the vectors of a state. */
export type StateLayout = Readonly<Record<PlayerName, Layout>>;
