import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import type { Evaluation, RunPictures, RunResult } from "../results.js";
import { type RunConfig, trainOptions } from "./config.js";
import { runResult } from "./runResult.js";
import { surfacesOf } from "./surfaces.js";
import { train } from "./train.js";

/** How many fakes of one evaluation a picture keeps, and how many evaluations. */
const POINTS_KEPT = 1000;
const IMAGES_KEPT = 64;
const MOMENTS_KEPT = 8;

export interface PairingProgress {
  readonly iteration: number;
  readonly iterations: number;
  /** The latest evaluation, when it is new. */
  readonly evaluation?: Evaluation;
}

/** A finished run of a comparison: its figures, and what its pictures are drawn from. */
export interface PairingOutcome {
  readonly result: RunResult;
  readonly pictures: RunPictures;
  /** All fakes of the last evaluation, `[n, ...sample]`: 2,500 where modes are counted. */
  readonly samples: Float32Array;
}

/** Trains one pairing of loss and constraint to the end. */
export async function runPairing(
  config: RunConfig,
  data: Dataset,
  options: {
    readonly threads?: number;
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: PairingProgress) => void;
  },
): Promise<PairingOutcome> {
  const { threads, signal, onProgress } = options;
  const { iterations } = config;
  const kept = keptPerMoment(data.shape);
  const moments: { iteration: number; values: Float32Array }[] = [];
  let samples: Float32Array = new Float32Array();
  for await (const event of train({ ...trainOptions(config, data), checkpointEvery: 0, threads, signal })) {
    if (event.type === "step") onProgress?.({ iteration: event.iteration, iterations });
    if (event.type === "evaluation") {
      const { iteration } = event.evaluation;
      samples = event.samples;
      moments.push({ iteration, values: samples.slice(0, kept * sizeOf(data.shape)) });
      onProgress?.({ iteration, iterations, evaluation: event.evaluation });
    }
    if (event.type === "end" || event.type === "diverged") {
      const { progress, model } = event;
      const stopped = event.type === "diverged" ? event.message : null;
      const { loss, seed } = config;
      const result = runResult(
        { loss, seed, iterations: progress.iteration, seconds: progress.seconds, stopped },
        progress.history,
        data.modes?.centers.length ?? null,
      );
      const surfaces = await surfacesOf(model, data, samples, seed);
      return { result, pictures: { loss, seed, samples: spread(moments, MOMENTS_KEPT), ...surfaces }, samples };
    }
    if (event.type === "stopped") throw new DOMException("the comparison was stopped", "AbortError");
  }
  throw new Error("a run ended without saying how");
}

/** How many samples of a moment a picture shows. */
export function keptPerMoment(shape: readonly number[]): number {
  return shape.length === 1 ? POINTS_KEPT : IMAGES_KEPT;
}

/** `count` items evenly spread over a list, the first and the last among them. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!);
}
