import type { Described } from "../catalogue.js";

/** Numbers by their names, such as "training/criticLoss" and "evaluation/emd". They may be NaN or infinite. */
export type Scalars = Readonly<Record<string, number>>;

/** How the training of a run ended. */
export type LogEnding = "finished" | "stopped" | "diverged";

/**
 * Writes what happens in a run where other programs show it. What fails is told once, and training goes on without what was to be written.
 */
export interface Logger {
  /**
   * Called once, before the first iteration, when the run's folder is this process's alone.
   * @throws InputError where it cannot write; nothing is trained then
   */
  begin(): Promise<void>;
  /** The losses of an iteration, or the figures of an evaluation. */
  scalars(iteration: number, values: Scalars): Promise<void>;
  /** Pictures by their names, as PNG files. Default: there are none. */
  images?(iteration: number, pictures: Readonly<Record<string, Uint8Array>>): Promise<void>;
  /** Many numbers by their names, to show how they are distributed. Default: there are none. */
  histograms?(iteration: number, values: Readonly<Record<string, Float32Array>>): Promise<void>;
  /** Called once, after the last iteration of this process. */
  end(ending: LogEnding): Promise<void>;
}

/** The run that a log is of. */
export interface LoggedRun {
  /** The folder that keeps it. */
  readonly directory: string;
  /** Tells it from others. */
  readonly id: string;
  /** Its configuration. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whether it begins: what its folder holds of an earlier run's logs is replaced. */
  readonly isNew: boolean;
  /** The iteration that it goes on from: what a log has of later ones is taken back. */
  readonly iteration: number;
  /** Whether what follows may differ from what a log has of it: it goes on with other settings, or from an earlier checkpoint. */
  readonly isChanged: boolean;
}

/** Where runs can be logged to, by name. */
export interface LoggerEntry extends Described {
  /** What may stand behind its name: "tensorboard=FOLDER". */
  readonly target: { readonly placeholder: string; readonly isRequired: boolean };
  /** Whether a file in a run's folder is a log of this kind. Default: none is. */
  isLog?(name: string): boolean;
  /**
   * Prepares to log a run, and writes nothing yet.
   * @param target what stands behind the name
   * @throws InputError where it cannot be written there
   */
  open(run: LoggedRun, target: string | undefined): Promise<Logger>;
}
