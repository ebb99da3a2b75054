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
  /**
   * The losses of an iteration, or the figures of an evaluation.
   * @param iteration generator iterations done
   * @param values the losses or figures by their names
   */
  scalars(iteration: number, values: Scalars): Promise<void>;
  /**
   * Pictures of an evaluation. Default: none are made.
   * @param iteration generator iterations done
   * @param pictures PNG files by their names
   */
  images?(iteration: number, pictures: Readonly<Record<string, Uint8Array>>): Promise<void>;
  /**
   * Many numbers of an evaluation, to show how they are distributed. Default: none are gathered.
   * @param iteration generator iterations done
   * @param values the numbers by their names: the weights of each layer, and the coordinates of points
   */
  histograms?(iteration: number, values: Readonly<Record<string, Float32Array>>): Promise<void>;
  /**
   * Called once, after the last iteration of this process.
   * @param ending how the training ended
   */
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
  readonly target: {
    /** What it is called in help: "FOLDER". */
    readonly placeholder: string;
    /** Whether it must be given. */
    readonly isRequired: boolean;
  };
  /**
   * Whether a file in a run's folder is a log of this kind, which a new run in that folder removes. Default: none is.
   * @param name the name of the file
   */
  isLog?(name: string): boolean;
  /**
   * Prepares to log a run, and writes nothing yet.
   * @param run the run
   * @param target what stands behind the name
   * @throws InputError where it cannot be written there
   */
  open(run: LoggedRun, target: string | undefined): Promise<Logger>;
}
