import type { Dataset } from "../../data/dataset.js";
import type { Evaluation } from "../../metrics/metric.js";
import type { RunConfig } from "../../runs/config.js";
import type { Trial } from "./results.js";

/** How a part of the work stands: iterations of training, or samples that were judged. */
export interface ModesProgress {
  readonly name: string;
  readonly iteration: number;
  readonly iterations: number;
  /** The latest evaluation, when it is new. */
  readonly evaluation?: Evaluation;
}

/** What interrupts long work, and hears of it. */
export interface WorkControl {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ModesProgress) => void) | undefined;
}

/** Trials to be trained and judged. */
export interface TrialWork extends WorkControl {
  readonly configs: readonly RunConfig[];
  readonly data: Dataset;
  /** The folder that keeps what they leave. */
  readonly out: string;
  /** Generated samples of each that are judged. */
  readonly samples: number;
  /** Trials at a time, where they run in threads. */
  readonly workers?: number | undefined;
  /** As in `compare`. */
  readonly modules?: readonly string[] | undefined;
  /** Writes a finished trial down. */
  readonly keep: (trial: Trial) => Promise<void>;
}
